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
///
/// Without a way out on the way: so it looks at many bytes at once.
pub(crate) fn is_one_line(text: &[u8]) -> bool {
    let Some((first, rest)) = text.split_first() else {
        return false;
    };
    let is_shown = |byte: &u8| (b' '..=b'~').contains(byte);
    let pairs = text.iter().zip(rest);
    let parts = pairs.fold(true, |all, (one, next)| {
        all & is_shown(next) & !(*one == b' ' && *next == b' ')
    });
    parts && is_shown(first) && *first != b' ' && rest.last() != Some(&b' ')
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
