//! Texts on one line: every preview of a found memory passes through here.

/// `text` with every run of white space, line ends included, as one space.
#[must_use]
#[inline(never)]
pub fn one_line(text: &str) -> String {
    if is_one_line(text.as_bytes()) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether words of ASCII are parted by single spaces, and none is at either end.
fn is_one_line(text: &[u8]) -> bool {
    let mut before = b' ';
    for &byte in text {
        if !(b' '..=b'~').contains(&byte) || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_parted_by_one_space(text in "[a-c é\u{a0}\u{b}\n\t]{0,12}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(one_line(&text), words.join(" "));
        }
    }
}
