//! What a value is made of: words, digits, signs, and what joins them.

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

impl Parts {
    pub(super) fn of(value: &str) -> Self {
        let bytes = value.as_bytes();
        let mut parts = Self::default();
        let mut at = 0;
        while at < bytes.len() {
            let from = at;
            let byte = bytes[at];
            if byte.is_ascii_alphabetic() {
                at = hump_end(bytes, at);
                let follows = from > 0 && bytes[from - 1].is_ascii_alphabetic();
                parts.has_humps |= follows;
                parts.add_word(&value[from..at]);
            } else if byte.is_ascii_digit() {
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    at += 1;
                }
                parts.digits += at - from;
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
        let lower = value.to_ascii_lowercase();
        let letters: &str = lower.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let stem = lower.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        parts.is_technical = TECHNICAL
            .iter()
            .any(|term| stem.starts_with(term) && stem.len() <= term.len() + 10);
        parts.is_about_secrets = is_about_secrets(letters);
        parts
    }

    fn add_word(&mut self, word: &str) {
        let bytes = word.as_bytes();
        let pairs = bytes
            .windows(2)
            .filter(|pair| is_common(pair[0], pair[1]))
            .count();
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
                || self.joints + 1 >= self.words && self.digits * 3 <= self.letters())
    }

    /// Whether nothing but words and few digits is in it, and more than one of them.
    pub(super) fn is_name(&self) -> bool {
        if self.signs > 0 || self.others > 0 {
            return false;
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
        let is_joined =
            self.joints > 0 || self.has_humps && (self.words > 2 || self.is_about_secrets);
        let has_few_digits = self.longest_digits <= 4
            && self.digits <= 8
            && self.digits * 2 <= self.letters()
            && self.digit_runs <= self.words + self.joints;
        self.digits == 0 || is_joined && has_few_digits || self.is_about_secrets && has_few_digits
    }

    /// Whether it is one word, or a few, with digits and signs.
    pub(super) fn is_chosen(&self) -> bool {
        self.reads() && self.digit_runs <= 2 && self.digits <= 8
    }
}

/// Whether a word names a secret, and so does not make one.
pub(super) fn is_about_secrets(word: &str) -> bool {
    ABOUT_SECRETS.iter().any(|about| word.contains(about))
}

/// Whether the letters of a value make words.
pub(super) fn reads(value: &str) -> bool {
    Parts::of(value).reads()
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

/// Algorithms, standards and hosts whose names end with digits.
const TECHNICAL: &[&str] = &[
    "aes", "argon", "base", "bcrypt", "blake", "chacha", "curve", "ec2", "ecdsa", "ed25519",
    "es256", "h264", "hs256", "hs384", "hs512", "http", "i18n", "ipv4", "ipv6", "iso8", "k8s",
    "log4j", "md4", "md5", "mysql5", "mysql8", "neo4j", "oauth", "pbkdf", "pkcs", "ps256",
    "python", "ripemd", "route53", "rs256", "rs384", "rs512", "rsa", "s3", "saml", "sha1", "sha2",
    "sha3", "sha5", "sha-", "sha_", "scram", "scrypt", "tls1", "totp", "utf8", "utf1", "utf-",
    "uuid", "win32", "x509", "x86", "xxh", "secp", "p256", "int32", "int64", "uint", "float",
    "ipsec",
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

fn is_common(first: u8, second: u8) -> bool {
    let row = usize::from(first.to_ascii_lowercase() - b'a');
    COMMON[row]
        .as_bytes()
        .contains(&second.to_ascii_lowercase())
}
