//! A form of texts that is equal for those that say the same.

use crate::line::is_one_line;

/// Adds the words of `text` in lower case to `form`, each with a space behind it.
#[inline(never)]
pub fn add_words(text: &str, form: &mut Vec<u8>) {
    if !text.is_ascii() {
        for word in text.split_whitespace() {
            form.extend_from_slice(word.to_lowercase().as_bytes());
            form.push(b' ');
        }
        return;
    }
    form.reserve(text.len() + 1);
    if is_one_line(text.as_bytes()) {
        let start = form.len();
        form.extend_from_slice(text.as_bytes());
        form[start..].make_ascii_lowercase();
        form.push(b' ');
        return;
    }
    let mut is_inside = false;
    for byte in text.bytes() {
        // White space as Unicode has it; `is_ascii_whitespace` leaves the vertical tab out.
        if !matches!(byte, b'\t'..=b'\r' | b' ') {
            form.push(byte.to_ascii_lowercase());
            is_inside = true;
        } else if std::mem::take(&mut is_inside) {
            form.push(b' ');
        }
    }
    if is_inside {
        form.push(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(text: &str) -> String {
        let mut form = Vec::new();
        add_words(text, &mut form);
        String::from_utf8(form).unwrap()
    }

    #[test]
    fn case_and_white_space_do_not_count() {
        assert_eq!(form(" Drop\n\tthe  RETRY queue"), "drop the retry queue ");
        assert_eq!(form("Größe\u{a0}ÄNDERN"), "größe ändern ");
        assert_eq!(form(" \u{b} "), "");
    }

    proptest! {
        #[test]
        fn plain_texts_take_no_other_way(text in "[ -~\t-\r]{0,40}") {
            let mut with_other = form(&format!("{text} é"));
            with_other.truncate(with_other.len() - "é ".len());
            prop_assert_eq!(form(&text), with_other);
        }
    }
}
