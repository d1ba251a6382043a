//! What a piece of source code names besides definitions: identifiers, comments,
//! headings, and which lines of it changed.

/// Words of languages, and words that say nothing.
const KEYWORDS: [&str; 86] = [
    "create",
    "integer",
    "primary",
    "select",
    "table",
    "varchar",
    "timestamp",
    "insert",
    "abstract",
    "assert",
    "async",
    "await",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "double",
    "else",
    "elif",
    "enum",
    "except",
    "export",
    "extends",
    "extern",
    "false",
    "final",
    "finally",
    "float",
    "from",
    "func",
    "function",
    "global",
    "goto",
    "impl",
    "implements",
    "import",
    "instanceof",
    "interface",
    "into",
    "lambda",
    "length",
    "match",
    "move",
    "mut",
    "namespace",
    "none",
    "null",
    "number",
    "object",
    "package",
    "pass",
    "print",
    "private",
    "protected",
    "public",
    "raise",
    "return",
    "self",
    "signed",
    "sizeof",
    "static",
    "string",
    "struct",
    "super",
    "switch",
    "then",
    "this",
    "throw",
    "throws",
    "trait",
    "true",
    "type",
    "typeof",
    "undefined",
    "unsigned",
    "using",
    "void",
    "where",
    "while",
    "with",
];

/// Most names that are taken from one text.
pub(super) const MAX_NAMES: usize = 40;
/// Most bytes of a line that is looked at, and of a name.
pub(super) const MAX_LINE_BYTES: usize = 400;
pub(super) const MAX_NAME_BYTES: usize = 80;

pub(super) fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// The identifiers that tell most of some lines: names of several parts first,
/// else long words.
pub(super) fn identifiers<'a>(lines: &[&'a str], most: usize) -> Vec<&'a str> {
    let mut compound = Vec::new();
    let mut plain = Vec::new();
    for line in lines.iter().filter(|line| line.len() <= MAX_LINE_BYTES) {
        if comment(line).is_some() {
            continue;
        }
        for word in line.split(|c| !is_part(c)) {
            let body = word.trim_matches('_');
            let is_word = body.len() > 2
                && word.len() <= MAX_NAME_BYTES
                && !word.starts_with(|c: char| c.is_numeric())
                && !KEYWORDS.contains(&body.to_ascii_lowercase().as_str())
                && body != "redacted";
            if !is_word {
                continue;
            }
            let has_parts = body.contains('_')
                || body.chars().skip(1).any(char::is_uppercase)
                    && body.chars().any(char::is_lowercase);
            let found = if has_parts { &mut compound } else { &mut plain };
            if found.len() < most && !found.contains(&word) && (has_parts || body.len() > 3) {
                found.push(word);
            }
        }
    }
    if compound.is_empty() { plain } else { compound }
}

/// The words of a line that is a comment.
pub(super) fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = [
        "///", "//!", "//", "/**", "/*", "<!--", "# ", "* ", "-- ", ";; ",
    ]
    .iter()
    .find_map(|mark| line.strip_prefix(mark))?;
    let rest = rest.trim_end_matches("*/").trim_end_matches("-->");
    Some(rest.trim())
}

/// The sentences of the comments among some lines, as one text.
pub(super) fn comments(lines: &[&str]) -> String {
    let mut text = String::new();
    for said in lines.iter().filter_map(|line| comment(line)) {
        // `@param`, `eslint-disable` and code that was commented out say no reason.
        let is_prose = said.contains(' ')
            && !said.starts_with(['@', '#'])
            && !said.ends_with([';', '{', '}'])
            && !said.contains("existing code")
            && !said.contains("eslint-")
            && !said.contains("istanbul");
        if is_prose {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(said);
        }
    }
    if text.split(' ').count() < 4 {
        String::new()
    } else {
        text
    }
}

/// Lines of two texts that only one of them has, trimmed and without blank ones:
/// those added and those removed.
pub(super) fn changed<'a>(old: &'a str, new: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let lines = |text: &'a str| -> Vec<&'a str> {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect()
    };
    let sorted = |lines: &[&'a str]| {
        let mut sorted = lines.to_vec();
        crate::order::sort(&mut sorted, Ord::cmp);
        sorted
    };
    let (old, new) = (lines(old), lines(new));
    let (in_old, in_new) = (sorted(&old), sorted(&new));
    let only = |lines: Vec<&'a str>, others: &[&str]| {
        lines
            .into_iter()
            .filter(|line| others.binary_search(line).is_err())
            .collect()
    };
    (only(new, &in_old), only(old, &in_new))
}

/// The headings of a Markdown text.
pub(super) fn headings(text: &str) -> Vec<&str> {
    let mut is_code = false;
    let mut headings = Vec::new();
    for line in text.lines().map(unnumbered) {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        }
        let heading = line.trim_start_matches('#');
        let is_heading = !is_code && heading.len() < line.len() && heading.starts_with(' ');
        if is_heading && headings.len() < MAX_NAMES && heading.len() <= MAX_LINE_BYTES {
            headings.push(heading.trim());
        }
    }
    headings
}

/// A line without the number that a reading tool puts before it: `  12→` or a
/// number and a tab.
pub(super) fn unnumbered(line: &str) -> &str {
    let rest = line.trim_start();
    let unnumbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if unnumbered.len() == rest.len() {
        return line;
    }
    unnumbered
        .strip_prefix('→')
        .or_else(|| unnumbered.strip_prefix('\t'))
        .unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_one_side_are_changed() {
        let (added, removed) = changed("a\n  b\nc", "a\n b\nd\n\n");
        assert_eq!((added, removed), (vec!["d"], vec!["c"]));
    }

    #[test]
    fn names_of_several_parts_tell_more() {
        assert_eq!(
            identifiers(&["const retryLimit = config.max_retries;"], 6),
            ["retryLimit", "max_retries"]
        );
        assert_eq!(identifiers(&["timeout: 30"], 6), ["timeout"]);
    }
}
