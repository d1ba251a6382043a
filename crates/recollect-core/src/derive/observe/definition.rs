//! What a piece of source code defines.
//!
//! No language is parsed. Lines are looked at one by one for the words with which
//! the usual languages define something.

use super::code::{MAX_LINE_BYTES, MAX_NAME_BYTES, MAX_NAMES, comment, is_part, unnumbered};

/// Words behind which the name of a definition stands.
const DEFINERS: [&str; 29] = [
    "fn",
    "function",
    "class",
    "interface",
    "type",
    "struct",
    "enum",
    "trait",
    "def",
    "func",
    "fun",
    "module",
    "namespace",
    "mod",
    "object",
    "protocol",
    "record",
    "extension",
    "union",
    "message",
    "service",
    "TABLE",
    "VIEW",
    "INDEX",
    "table",
    "view",
    "index",
    "function*",
    "macro_rules!",
];

/// Words that may stand before a definition.
const MODIFIERS: [&str; 34] = [
    "pub",
    "export",
    "default",
    "async",
    "static",
    "public",
    "private",
    "protected",
    "abstract",
    "final",
    "unsafe",
    "extern",
    "override",
    "internal",
    "sealed",
    "data",
    "open",
    "inline",
    "virtual",
    "declare",
    "readonly",
    "get",
    "set",
    "const",
    "suspend",
    "partial",
    "CREATE",
    "create",
    "OR",
    "REPLACE",
    "UNIQUE",
    "IF",
    "NOT",
    "EXISTS",
];

/// Words before a `(` that begin no method.
const CONTROL: [&str; 12] = [
    "if", "for", "while", "switch", "catch", "match", "return", "function", "else", "await",
    "with", "super",
];

/// The names that a text defines, in order, each once; a test's name may be a
/// sentence.
pub(super) fn definitions(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for line in text.lines() {
        if let Some(name) = definition(unnumbered(line))
            && names.len() < MAX_NAMES
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// The name that a line defines.
pub(super) fn definition(line: &str) -> Option<&str> {
    let mut rest = line.trim();
    if rest.len() > MAX_LINE_BYTES || comment(rest).is_some() {
        return None;
    }
    let line = rest;
    let mut is_modified = false;
    loop {
        let end = rest
            .find(|c: char| !is_part(c) && !matches!(c, '!' | '*'))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if DEFINERS.contains(&word) && after.starts_with(char::is_whitespace) {
            let after = after.trim_start().trim_start_matches("IF NOT EXISTS ");
            // A method of Go has its receiver before its name.
            let after = match after.strip_prefix('(') {
                Some(receiver) => receiver.split_once(')')?.1.trim_start(),
                None => after,
            };
            let name = identifier(after)?;
            let next = after.get(name.len()..)?.trim_start();
            let is_defined = next.is_empty()
                || next.starts_with(['(', '<', ':', '{', '=', '[', ';', '!'])
                || [
                    "extends",
                    "implements",
                    "where",
                    "is",
                    "as",
                    "ON",
                    "struct",
                    "interface",
                    "func",
                ]
                .iter()
                .any(|word| next.starts_with(word));
            return is_defined.then_some(name);
        }
        if matches!(word, "const" | "let" | "var" | "val") {
            return variable(word, after, line);
        }
        if matches!(word, "it" | "test" | "describe" | "Deno.test") {
            return test_name(after);
        }
        if MODIFIERS.contains(&word) {
            is_modified = true;
            rest = after.strip_prefix("(crate)").unwrap_or(after);
            rest = rest.strip_prefix("(super)").unwrap_or(rest).trim_start();
            if rest.is_empty() {
                return None;
            }
            continue;
        }
        return method(rest, is_modified);
    }
}

/// `NAME = …`, if it is a function, a constant or exported.
fn variable<'a>(word: &str, after: &'a str, line: &str) -> Option<&'a str> {
    let after = after.trim_start().trim_start_matches("mut ");
    let name = identifier(after)?;
    if word == "const" && matches!(name, "fn" | "unsafe") {
        return definition(after);
    }
    let is_function = line.contains("=>") || line.contains("function");
    let is_constant = name.len() > 2
        && name
            .chars()
            .all(|c| c.is_uppercase() || c.is_numeric() || c == '_');
    (is_function || is_constant || line.starts_with("export")).then_some(name)
}

/// `name(…) {`, and with a type before the name if a modifier stands before it.
fn method(line: &str, is_modified: bool) -> Option<&str> {
    let (head, inside) = line.split_once('(')?;
    if !line.ends_with('{') || line.contains("=>") || inside.starts_with(['"', '\'', '`']) {
        return None;
    }
    let name = match head.rsplit_once(' ') {
        Some((before, name)) if is_modified && !before.contains(['=', '.', ',']) => name,
        Some(_) => return None,
        None => head,
    };
    let is_name = identifier(name) == Some(name) && !CONTROL.contains(&name);
    is_name.then_some(name)
}

/// The sentence behind `it(`.
fn test_name(after: &str) -> Option<&str> {
    let quoted = after.trim_start_matches(|c: char| c == '.' || c.is_alphanumeric());
    let quoted = quoted.strip_prefix('(')?.trim_start();
    let quote = quoted
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let (name, _) = quoted.get(1..)?.split_once(quote)?;
    (!name.is_empty() && name.len() <= MAX_NAME_BYTES && !name.contains('`')).then_some(name)
}

/// The identifier that a text begins with.
fn identifier(text: &str) -> Option<&str> {
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let name = text.get(..end)?;
    let is_name = !name.is_empty()
        && name.len() <= MAX_NAME_BYTES
        && !name.starts_with(|c: char| c.is_numeric());
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::definitions;

    #[test]
    fn a_definition_is_found_in_the_usual_languages() {
        for (line, name) in [
            (
                "pub(crate) fn observe_with(use: ToolUse) {",
                Some("observe_with"),
            ),
            (
                "export async function refresh(token: string) {",
                Some("refresh"),
            ),
            ("export default class Store extends Base {", Some("Store")),
            ("const retry = async () => {", Some("retry")),
            ("const MAX_BYTES: usize = 3;", Some("MAX_BYTES")),
            ("pub const fn zero() -> Self {", Some("zero")),
            ("export const handler = wrap(inner);", Some("handler")),
            (
                "  async refreshToken(id: string): Promise<Token> {",
                Some("refreshToken"),
            ),
            ("    public static int count(String a) {", Some("count")),
            ("def parse_range(text):", Some("parse_range")),
            (
                "func (s *Server) Start(ctx context.Context) error {",
                Some("Start"),
            ),
            ("CREATE TABLE IF NOT EXISTS users (", Some("users")),
            ("type Id = string;", Some("Id")),
            (
                "it(\"rejects an expired token\", () => {",
                Some("rejects an expired token"),
            ),
            ("  12→fn numbered() {", Some("numbered")),
            ("if (ready(x)) {", None),
            ("useEffect(() => {", None),
            ("const x = 3;", None),
            ("// function of time", None),
            ("return build(x) {", None),
            ("type of the error", None),
            ("", None),
        ] {
            let found = definitions(line);
            assert_eq!(found.first().copied(), name, "of {line}");
        }
    }
}
