//! What a value is made of: words, digits, signs, and what joins them.

use std::sync::LazyLock;

use super::keywords::Keywords;

/// What a value is made of.
#[derive(Default)]
pub(super) struct Parts {
    /// Runs of letters that can be a word or a part of one.
    words: usize,
    /// Letters in them, and in those that cannot.
    word_letters: usize,
    odd_letters: usize,
    digits: usize,
    digit_runs: usize,
    longest_digits: usize,
    has_year: bool,
    /// Whether `V2` is its end, and its only digit.
    has_version: bool,
    /// Runs of digits that a letter follows at once, as in `p5uho`.
    inner_digits: usize,
    joints: usize,
    signs: usize,
    /// Neighbours among the letters that words often have, and all.
    common: usize,
    pairs: usize,
    /// Whether a capital stands within a word.
    has_humps: bool,
    is_technical: bool,
    is_about_secrets: bool,
    others: usize,
}

/// Longest name of a field or an error.
const LONGEST_NAME: usize = 64;
/// Longest of [`TECHNICAL`].
const LONGEST_TERM: usize = 8;

impl Parts {
    pub(super) fn of(value: &str) -> Self {
        let bytes = value.as_bytes();
        let mut parts = Self::default();
        let mut at = 0;
        while at < bytes.len() {
            let from = at;
            let byte = bytes[at];
            if byte.is_ascii_alphabetic() {
                let begins = from == 0 || !bytes[from - 1].is_ascii_alphanumeric();
                let length = bytes[at..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric())
                    .count();
                if begins && is_known(&value[from..from + length]) {
                    at += length;
                    parts.words += 1;
                    let letters = value[from..at]
                        .bytes()
                        .filter(u8::is_ascii_alphabetic)
                        .count();
                    parts.word_letters += letters.max(4);
                    continue;
                }
                at = hump_end(bytes, at);
                let follows = from > 0 && bytes[from - 1].is_ascii_alphabetic();
                parts.has_humps |= follows;
                parts.add_word(&value[from..at]);
            } else if byte.is_ascii_digit() {
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    at += 1;
                }
                parts.digits += at - from;
                parts.has_year |= is_year(bytes, from, at);
                let leads = bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
                parts.inner_digits += usize::from(leads);
                parts.digit_runs += 1;
                parts.longest_digits = parts.longest_digits.max(at - from);
            } else {
                at += 1;
                match byte {
                    b'-' | b'_' | b'.' | b'/' | b':' | b'\\' | b' ' => parts.joints += 1,
                    b'#' | b'@' | b'[' | b']' | b'(' | b')' | b',' if from == 0 => {
                        parts.joints += 1
                    }
                    128.. => parts.others += 1,
                    _ => parts.signs += 1,
                }
            }
        }
        let letters = value.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        if letters.len() <= LONGEST_NAME {
            parts.is_about_secrets = is_about_secrets(letters);
        }
        let stem = value.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if stem.len() <= LONGEST_TERM + 10 {
            let stem = stem.to_ascii_lowercase();
            let is_it = |term: &&str| stem.len() <= term.len() + 10 && stem.starts_with(*term);
            parts.is_technical = TECHNICAL.iter().any(is_it);
        }
        // One capital and one digit behind a small letter.
        parts.has_version = parts.digits == 1
            && parts.odd_letters == 1
            && matches!(bytes, [.., before, b'V', b'0'..=b'9'] if before.is_ascii_lowercase());
        parts
    }

    fn add_word(&mut self, word: &str) {
        let bytes = word.as_bytes();
        let mut pairs = 0;
        for at in 1..bytes.len() {
            pairs += usize::from(is_common(bytes[at - 1], bytes[at]));
        }
        let is_word = match bytes.len() {
            1 => false,
            2 | 3 => pairs > 0,
            length => pairs * 4 >= (length - 1) * 3 - 1,
        };
        self.pairs += bytes.len() - 1;
        self.common += pairs;
        if is_word {
            self.words += 1;
            self.word_letters += bytes.len();
        } else {
            self.odd_letters += bytes.len();
        }
    }

    fn letters(&self) -> usize {
        self.word_letters + self.odd_letters
    }

    /// Whether its letters make words: few stand alone, and their neighbours are common.
    fn reads(&self) -> bool {
        self.words > 0
            && self.odd_letters * if self.letters() < 24 { 4 } else { 8 } <= self.letters()
            && self.common * 10 >= self.pairs * 7
            && self.inner_digits <= 1
            // Random letters make many short words; those that joints part are meant.
            && (self.word_letters * 2 >= self.words * if self.letters() < 24 { 7 } else { 9 }
                || self.joints + 1 >= self.words
                    && (self.digits - if self.has_year { 3 } else { 0 }) * 3 <= self.letters())
    }

    /// Whether nothing but words and few digits is in it, and more than one of them.
    pub(super) fn is_name(&self) -> bool {
        if self.signs > 0 || self.others > 0 {
            return false;
        }
        // Names of programs, whose words capitals part: `SyntaxKind.EndOfFileToken`, `StateV2`.
        let are_words = self.words > 1 && self.common * 10 >= self.pairs * 8;
        if self.has_humps
            && are_words
            && (self.digits == 0 && self.odd_letters == 0 || self.has_version)
        {
            return true;
        }
        if self.letters() == 0 {
            // A version, a date, an address.
            return self.joints > 0 && self.longest_digits <= 6;
        }
        if self.is_technical && self.digits <= 6 {
            return true;
        }
        if !self.reads() {
            return false;
        }
        // A year is no more than the number of a version.
        let digits = if self.has_year {
            self.digits - 3
        } else {
            self.digits
        };
        let is_joined =
            self.joints > 0 || self.has_humps && (self.words > 2 || self.is_about_secrets);
        let has_few_digits = self.longest_digits <= 4
            && digits <= 8
            && digits * 2 <= self.letters()
            && self.digit_runs <= self.words + self.joints;
        self.digits == 0 || is_joined && has_few_digits || self.is_about_secrets && has_few_digits
    }

    /// Whether it is one word, or a few, with digits and signs.
    pub(super) fn is_chosen(&self) -> bool {
        self.reads() && self.digit_runs <= 2 && self.digits <= 8
    }
}

/// [`SHORT`] and [`TECHNICAL`] by their first letter, as this is asked of every part.
static KNOWN: LazyLock<[[Vec<&str>; 2]; 26]> = LazyLock::new(|| {
    let mut known = std::array::from_fn(|_| [Vec::new(), Vec::new()]);
    for (list, names) in [SHORT, TECHNICAL].into_iter().enumerate() {
        for name in names {
            known[usize::from(name.as_bytes()[0] - b'a')][list].push(*name);
        }
    }
    known
});

/// Whether what joints part is known as a whole: `tls`, `pg`, `ed25519`, `sha256`.
fn is_known(part: &str) -> bool {
    const LONGEST: usize = 10;
    let first = part.as_bytes()[0].to_ascii_lowercase();
    if part.len() > LONGEST || !first.is_ascii_lowercase() {
        return false;
    }
    // `u8` to `i64`
    let is_integer = || {
        part.len() <= 3
            && matches!(
                part,
                "u8" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64"
            )
    };
    let [short, terms] = &KNOWN[usize::from(first - b'a')];
    let is_number = |text: &str| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let second = part.as_bytes().get(1).map(u8::to_ascii_lowercase);
    let begins = |name: &str| {
        // Most of those that begin alike differ here, and a comparison is a call.
        name.as_bytes()
            .get(1)
            .copied()
            .is_none_or(|byte| Some(byte) == second)
            && part
                .as_bytes()
                .get(..name.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(name.as_bytes()))
    };
    let rest = |name: &str| part.get(name.len()..).unwrap_or_default();
    is_integer()
        // `pg14`, with the number of a version.
        || short.iter().any(|name| begins(name) && rest(name).len() <= 2 && is_number(rest(name)))
        || terms.iter().any(|name| {
            begins(name) && is_number(rest(name).strip_suffix("id").unwrap_or(rest(name)))
        })
}

static ABOUT_FINDER: LazyLock<Keywords> = LazyLock::new(|| Keywords::new(ABOUT_SECRETS));

/// Whether a word names a secret, and so does not make one.
pub(super) fn is_about_secrets(word: &str) -> bool {
    ABOUT_FINDER.is_in(word)
}

/// Whether the letters of a value make words.
pub(super) fn reads(value: &str) -> bool {
    Parts::of(value).reads()
}

/// Whether four digits that joints part are a year.
fn is_year(bytes: &[u8], from: usize, to: usize) -> bool {
    let is_parted = from > 0 && b"-_./".contains(&bytes[from - 1]);
    to - from == 4
        && is_parted
        && (bytes[from..].starts_with(b"19") || bytes[from..].starts_with(b"20"))
}

/// Whether it is a path of an interface: words and numbers that slashes part.
pub(super) fn is_route(value: &str) -> bool {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_part = |part: &str| part.len() < 4 || is_number(part) || Parts::of(part).is_name();
    value.split('/').count() >= 3 && value.split('/').all(is_part)
}

/// Behind the letters that capitals part from the next.
fn hump_end(bytes: &[u8], from: usize) -> usize {
    let mut end = from + 1;
    while end < bytes.len() && bytes[end].is_ascii_alphabetic() {
        let is_upper = bytes[end].is_ascii_uppercase();
        let follows_lower = bytes[end - 1].is_ascii_lowercase();
        let leads_lower = bytes.get(end + 1).is_some_and(u8::is_ascii_lowercase);
        if is_upper && (follows_lower || leads_lower) {
            break;
        }
        end += 1;
    }
    end
}

/// Short names in names of services, files and keys, whose letters make no word.
#[rustfmt::skip]
const SHORT: &[&str] = &[
    "aks", "api", "aws", "cd", "cdn", "cfg", "ci", "crt", "css", "db", "dev", "dns", "eks", "env", "gcp", "gh",
    "gke", "html", "http", "https", "id", "io", "js", "json", "jwt", "k", "kv", "ldap", "mfa", "mq", "mysql",
    "my", "nginx", "npm", "ns", "pg", "pgsql", "php", "prd", "prod", "psql", "qa", "rds", "rpc", "sftp", "sms",
    "smtp", "sns", "sql", "sqs", "srv", "ssh", "ssl", "sso", "stg", "svc", "tls", "tsx", "ui", "uk", "us",
    "vm", "vpc", "vpn", "vue", "xml", "yml",
];

/// Algorithms, standards and hosts whose names end with digits.
const TECHNICAL: &[&str] = &[
    "aes", "argon", "base", "bcrypt", "blake", "chacha", "curve", "ec2", "ecdsa", "ed25519",
    "es256", "h264", "hs256", "hs384", "hs512", "http", "i18n", "ipv4", "ipv6", "iso8", "k8s",
    "log4j", "md4", "md5", "mysql5", "mysql8", "neo4j", "oauth", "pbkdf", "pkcs", "ps256",
    "python", "ripemd", "route53", "rs256", "rs384", "rs512", "rsa", "s3", "saml", "sha1", "sha2",
    "sha3", "sha5", "sha-", "sha_", "scram", "scrypt", "tls1", "totp", "utf8", "utf1", "utf-",
    "uuid", "win32", "x509", "x86", "xxh", "secp", "p256", "int32", "int64", "uint", "float",
    "ipsec", "varchar", "nvarchar", "bigint", "string",
];

/// Words that name a secret, and so do not make one.
const ABOUT_SECRETS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "credential",
    "apikey",
    "auth",
    "login",
    "user",
    "field",
    "input",
    "error",
    "value",
    "param",
    "config",
    "handler",
    "label",
    "hash",
    "path",
    "history",
    "policy",
    "reset",
    "length",
];

/// Pairs of letters that are common in words of English and of programs: for each
/// first letter what follows it. From the words of sources and of commit messages.
const COMMON: [&str; 26] = [
    "abcdfgiklmnprstuvwy",
    "abcdeilorstuy",
    "acehiklorstuy",
    "abdegilnorsuy",
    "abcdefgilmnopqrstuvwxy",
    "aefilortuy",
    "aeghilnorsu",
    "aeiortu",
    "abcdefglmnoprstvxz",
    "eos",
    "adeis",
    "adeilopstuvy",
    "abeilmopsu",
    "acdefghiklmnoprstuvy",
    "abcdfgiklmnoprstuvwx",
    "aehiloprstuy",
    "u",
    "abcdefgiklmnoprstuvwy",
    "acehiklmnopstuwy",
    "acdefhiloprstuwy",
    "abcdefgilmnprst",
    "aeio",
    "aehinors",
    "ceipt",
    "ceilnopst",
    "ae",
];

/// [`COMMON`] with a bit for each letter, as this is asked of every pair.
const COMMON_BITS: [u32; 26] = {
    let mut rows = [0; 26];
    let mut row = 0;
    while row < rows.len() {
        let letters = COMMON[row].as_bytes();
        let mut at = 0;
        while at < letters.len() {
            rows[row] |= 1 << (letters[at] - b'a');
            at += 1;
        }
        row += 1;
    }
    rows
};

fn is_common(first: u8, second: u8) -> bool {
    let row = COMMON_BITS[usize::from((first | 0x20) - b'a')];
    row >> ((second | 0x20) - b'a') & 1 == 1
}
