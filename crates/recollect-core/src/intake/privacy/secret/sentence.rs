//! Secrets that a sentence tells: `my password is …`, `mit dem Passwort …`.

use super::Span;
use super::before::before;
use super::judge::is_alone;
use super::letters::{BLANK, Class, is_one_of};
use super::name::{Promise, is_about};
use super::scan::Scan;
use super::spoken::{is_told, word, word_end, words_before};
use super::value::{self, Look};
use super::written::{Place, Value, push};

/// Nouns that are no single words of ASCII letters.
pub(super) const NOUNS: &[&str] = &[
    "mot de passe",
    "contraseña",
    "密码",
    "密碼",
    "口令",
    "パスワード",
    "暗証番号",
    "비밀번호",
    "пароль",
    "Пароль",
    "hasło",
    "şifre",
    "palavra-passe",
    "palavra passe",
    "clave de acceso",
    "lösenord",
    "jelszó",
    "slaptažodis",
    "mật khẩu",
    "kata sandi",
    "κωδικός",
    "סיסמה",
    "كلمة المرور",
    "كلمة السر",
    "رمز عبور",
    "पासवर्ड",
    "รหัสผ่าน",
    "암호",
    "WLAN-Schlüssel",
    "PIN码",
    "PIN 码",
    "PINコード",
];

/// Nouns of what a machine draws.
pub(super) const KEY_NOUNS: &[&str] = &[
    "API-Schlüssel",
    "clé API",
    "clé d'API",
    "clave de API",
    "chave de API",
    "chave da API",
    "密钥",
    "密鑰",
    "令牌",
    "APIキー",
    "シークレット",
    "トークン",
    "jeton",
];

/// What links the noun and its value.
const VERBS: &[&str] = &[
    "is",
    "was",
    "are",
    "were",
    "be",
    "being",
    "becomes",
    "became",
    "to",
    "as",
    "equals",
    "reads",
    "ist",
    "lautet",
    "war",
    "heißt",
    "heisst",
    "auf",
    "est",
    "était",
    "es",
    "era",
    "é",
    "foi",
    "sera",
    "será",
    "para",
    "è",
    "=",
    "→",
    "–",
    "-",
    "—",
    "->",
    "=>",
    "-->",
    "är",
    "jest",
    "là",
    "adalah",
    "είναι",
    "זה",
    "هي",
    "هو",
    "है",
    "คือ",
];

/// What may stand between a link and the value.
const FILLERS: &[&str] = &[
    "now",
    "still",
    "just",
    "set",
    "to",
    "currently",
    "called",
    "actually",
    "always",
    "probably",
    "jetzt",
    "nun",
    "immer",
    "noch",
    "simply",
    "changed",
    "reset",
    "likely",
    "maintenant",
    "ahora",
    "agora",
    ":",
    "this",
    "be",
    "literally",
    "definitely",
    "temporarily",
    "set:",
    "this:",
    "following:",
];

/// What links of CJK sentences, which part no words, look like.
const CJK_LINKS: &[&str] = &[
    "是",
    "为",
    "為",
    "は",
    "が",
    "은",
    "는",
    "：",
    ":",
    "，",
    "คือ",
    "改成",
    "改为",
    "設為",
    "设为",
    "了",
    "を",
];

/// Most words between a noun and its link: `the password for the staging box is`.
const WORDS_BETWEEN: usize = 7;
/// Longest text in which the value is looked for.
const REACH: usize = 96;
/// What no word of a sentence holds.
const OPENS: Class = Class::of("\"{};[(<");

/// Finds the value of a noun that stands between two places.
pub(super) fn said(
    scan: &Scan<'_>,
    first: usize,
    behind: usize,
    promise: Promise,
    found: &mut Vec<Span>,
) {
    if promise == Promise::Perhaps {
        return;
    }
    if let Some(value) = before(scan, first, behind, promise) {
        push(scan, value, found);
        return;
    }
    let noun = scan.slice(first, behind);
    let noun_end = scan.run(behind, const { Class::of("\"'`*") }, 2).1;
    // `the password's …`
    if scan.slice(behind, behind + 3) == "'s "
        && let Some(value) = word(scan, behind + 3)
        && is_told(scan, first, value, promise, false)
    {
        push(scan, value, found);
        return;
    }
    // `the password, which is …`
    let comma = scan.byte(noun_end) == b',';
    let noun_end = noun_end + usize::from(comma);
    if scan.byte(noun_end) != b' ' {
        return;
    }
    let limit = noun_end + REACH;
    let mut at = noun_end;
    // Directly behind the noun: `with password …`.
    if let Some(value) = word(scan, at + 1)
        && is_told(scan, first, value, promise, true)
        && (has_use_before(scan, first) || is_plain(scan, first, value, promise))
    {
        push(scan, value, found);
        return;
    }
    if comma
        && !["which ", "that ", "it ", "with: "]
            .iter()
            .any(|word| scan.slice(at + 1, at + 1 + word.len()) == *word)
    {
        return;
    }
    for _ in 0..WORDS_BETWEEN {
        at = scan.skip_blanks(at);
        let end = word_end(scan, at);
        if end == at || at > limit {
            return;
        }
        let said = scan.slice(at, end);
        at = end;
        // The noun itself is looked at where it comes again.
        if said.eq_ignore_ascii_case(noun) {
            return;
        }
        // What stands in quotes or brackets is no part of the sentence.
        if said.bytes().any(|byte| OPENS.has(byte)) && !said.starts_with('(') {
            return;
        }
        let bare = said.trim_end_matches([':', ',']);
        // `the password policy is …` tells of another thing.
        if promise != Promise::Pin && is_about(bare) && is_linked(scan, at, said) {
            return;
        }
        // `cambié la contraseña a …`; in English the article is no link.
        let is_to = bare == "a" && !noun.is_ascii();
        let is_link = is_one_of(bare, VERBS) || is_to || said.ends_with(':');
        if is_link {
            // In a program the next thing is an expression.
            let is_sign = matches!(bare, "=" | "->" | "=>");
            if let Some(value) = behind_link(scan, at)
                && (!is_sign || matches!(scan.byte(value.to), 0 | b'\n'))
                && is_told(scan, first, value, promise, false)
            {
                push(scan, value, found);
                return;
            }
            continue;
        }
        if said.ends_with(['.', ',', ';', '!', '?']) {
            return;
        }
    }
}

/// Finds the value of a noun that a keyword is as a whole.
pub(super) fn noun(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let promise = match KEY_NOUNS.contains(&scan.slice(start, end)) {
        true => Promise::Key,
        false => Promise::Password,
    };
    // Endings of its cases: `şifrem`, `пароля`.
    let suffix = scan
        .slice(end, (end + 16).min(scan.text.len()))
        .char_indices()
        .find(|(_, c)| !c.is_alphabetic() || u32::from(*c) >= 0x0e00);
    let end = suffix.map_or(end, |(length, _)| end + length);
    let mut at = scan.run(end, const { Class::of(" *`\"'") }, 4).1;
    for _ in 0..2 {
        for link in CJK_LINKS {
            if scan.slice(at, at + link.len()) == *link {
                at = scan.run(at + link.len(), const { Class::of(" *`") }, 4).1;
            }
        }
    }
    let before = found.len();
    if at > end
        && let Some(value) = word(scan, at)
        && !counts(scan.slice(value.from, value.to))
        && is_told(scan, start, value, promise, false)
    {
        push(scan, value, found);
    } else {
        said(scan, start, end, promise, found);
    }
    found[before..].last().map_or(end, |span| span.end)
}

/// Whether a text begins with a number of something: `8文字以上`.
fn counts(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..4).contains(&(text.len() - rest.len())) && rest.starts_with(|c: char| !c.is_ascii())
}

/// Whether a link follows a word.
fn is_linked(scan: &Scan<'_>, at: usize, said: &str) -> bool {
    let next = scan.skip_blanks(at);
    let word = scan.slice(next, word_end(scan, next));
    said.ends_with(':') || is_one_of(word, VERBS)
}

/// The word behind a link and what fills the sentence.
fn behind_link(scan: &Scan<'_>, from: usize) -> Option<Value> {
    let mut at = from;
    for _ in 0..3 {
        at = scan.skip_blanks(at);
        let end = word_end(scan, at);
        let said = scan.slice(at, end);
        if !is_one_of(said, FILLERS) {
            break;
        }
        at = end;
    }
    word(scan, scan.skip_blanks(at))
}

/// Whether a value cannot be a word of the sentence, whatever stands before its noun: it is
/// between signs, or drawn.
fn is_plain(scan: &Scan<'_>, first: usize, value: Value, promise: Promise) -> bool {
    // The scheme of a header, whose value has a rule of its own.
    if words_before(scan, first).any(|word| word.eq_ignore_ascii_case("authorization")) {
        return false;
    }
    let text = scan.slice(value.from, value.to);
    let has_sign = text.bytes().any(|byte| b"!@#$%^&".contains(&byte));
    let is_apart = value.place == Place::Quoted
        || scan.back(value.from, 1) == b'('
        || is_alone(scan, value.to);
    let is_drawn = |least| scan.look(text) == Look::Drawn && value::entropy_of(text) >= least;
    match promise {
        Promise::Key => text.len() >= 20 && is_drawn(3.5),
        Promise::Password => {
            is_apart && (text.len() >= 10 && is_drawn(3.0) || has_sign && text.len() >= 8)
        }
        _ => false,
    }
}

/// Whether a word stands before the noun that says the secret comes right after it.
fn has_use_before(scan: &Scan<'_>, first: usize) -> bool {
    const USES: &[&str] = &[
        "with",
        "use",
        "using",
        "used",
        "user",
        "benutzer",
        "nimm",
        "utilise",
        "usuário",
        "usuario",
        "utilisateur",
        "and",
        "enter",
        "type",
        "try",
        "mit",
        "und",
        "avec",
        "con",
        "com",
        "by",
        "username",
        "login",
        "has",
        "my",
        "wifi",
        "root",
        "admin",
        "default",
        "temporary",
        "old",
        "new",
        "initial",
        "current",
    ];
    scan.byte(first.saturating_sub(1)) == b'('
        || first == 0
        || BLANK.has(scan.back(first, 1))
            && words_before(scan, first).any(|word| is_one_of(word, USES))
}
