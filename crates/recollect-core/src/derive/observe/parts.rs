//! The parts and words of a command line, by the quotes of shells.

/// Parts of a command line between `&&`, `||`, `;`, `|` and line ends, outside
/// quotes; and the first here-document, which belongs to none of them.
pub(super) fn split(text: &str) -> (Vec<String>, Option<String>) {
    let mut parts = vec![String::new()];
    let mut document = None;
    let mut quote = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let part = parts.last_mut().expect("there is always a part");
        match (quote, c) {
            (Some(open), c) if c == open => {
                quote = None;
                part.push(c);
            }
            // A here-document may stand inside `"$(cat <<'EOF' … )"`.
            (_, '<') if after.starts_with('<') && !after.starts_with("<<") => {
                let (body, left) = here_document(&after[1..]);
                document = document.or(body);
                rest = left;
                continue;
            }
            (Some(_), c) => part.push(c),
            (None, '\\') if after.starts_with('\n') => {
                rest = &after[1..];
                continue;
            }
            (None, '\'' | '"') => {
                quote = Some(c);
                part.push(c);
            }
            (None, '&') if part.ends_with('>') || after.starts_with('>') => part.push(c),
            (None, '\n' | ';' | '|' | '&') => parts.push(String::new()),
            (None, c) => part.push(c),
        }
        rest = after;
    }
    parts.retain(|part| !part.trim().is_empty());
    (parts, document)
}

/// The text of a here-document, and what follows its last line.
fn here_document(text: &str) -> (Option<String>, &str) {
    let text = text.trim_start_matches(['-', ' ']);
    let quoted = text.trim_start_matches(['\'', '"', '\\']);
    let end = quoted
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(quoted.len());
    let (mark, after) = quoted.split_at(end);
    let Some((_, body)) = after.split_once('\n') else {
        return (None, "");
    };
    let mut document = String::new();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        at += line.len();
        if line.trim() == mark {
            return (Some(document), &body[at..]);
        }
        document.push_str(line);
    }
    (Some(document), "")
}

/// The words of a command, without their quotes.
pub(super) fn words(part: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut has_word = false;
    for c in part.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                has_word = true;
            }
            (None, c) if c.is_whitespace() => {
                if has_word {
                    words.push(std::mem::take(&mut word));
                }
                has_word = false;
            }
            (_, c) => {
                word.push(c);
                has_word = true;
            }
        }
    }
    if has_word {
        words.push(word);
    }
    words
}
