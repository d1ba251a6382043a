//! Letters without case and diacritics.

/// Base letters of U+00C0 to U+017F; a space where there is none, or not one.
const LATIN: &str = "aaaaaa ceeeeiiiidnooooo ouuuuy  aaaaaa ceeeeiiiidnooooo ouuuuy yaaaaaaccccccccddddeeeeeeeeeegggg\
    gggghhhhiiiiiiiiii  jjkkkllllllllllnnnnnnnnnoooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Base letters of U+1EA0 to U+1EF9, which Vietnamese uses.
const VIETNAMESE: &str =
    "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";

/// Puts a character into lower case and drops its diacritics: `É` becomes `e`,
/// `ß` becomes `ss`, a combining mark becomes nothing.
pub(super) fn fold(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        match base(lower) {
            Some(base) => folded.push(base),
            None => match lower {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'þ' => folded.push_str("th"),
                '\u{0300}'..='\u{036F}' => {}
                _ => folded.push(lower),
            },
        }
    }
}

fn base(c: char) -> Option<char> {
    let code = c as usize;
    let letter = match c {
        '\u{00C0}'..='\u{017F}' => LATIN.as_bytes().get(code - 0xC0),
        '\u{1EA0}'..='\u{1EF9}' => VIETNAMESE.as_bytes().get(code - 0x1EA0),
        _ => return other_base(c),
    };
    letter
        .filter(|letter| **letter != b' ')
        .map(|letter| char::from(*letter))
}

fn other_base(c: char) -> Option<char> {
    Some(match c {
        'ơ' => 'o',
        'ư' => 'u',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        'й' => 'и',
        'ї' => 'і',
        _ => return None,
    })
}

/// Whether words of this script are written without spaces between them.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}'       // Thai, Lao
        | '\u{1000}'..='\u{109F}'     // Myanmar
        | '\u{1780}'..='\u{17FF}'     // Khmer
        | '\u{3005}'..='\u{3007}'     // Chinese iteration mark, zero
        | '\u{3040}'..='\u{30FF}'     // Hiragana, Katakana
        | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'     // Han
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}'     // Hangul: particles follow the noun without a space
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut folded = String::new();
        text.chars().for_each(|c| fold(c, &mut folded));
        assert_eq!(folded, expected);
    }

    #[test]
    fn tables_have_one_letter_for_each_character() {
        assert_eq!(LATIN.len(), 0x180 - 0xC0);
        assert_eq!(VIETNAMESE.len(), 0x1EFA - 0x1EA0);
    }

    #[test]
    fn case_and_diacritics_do_not_count() {
        check(
            "Größe ÉCLAIR señor Łódź İstanbul",
            "grosse eclair senor lodz istanbul",
        );
        check("e\u{301}", "e");
        check("Đường ẨN Ỹ", "duong an y");
        check("Straße Ærø Œuvre Þing", "strasse aero oeuvre thing");
        check("Ёлка Йод Ποιότητα ΣΟΦΌΣ", "елка иод ποιοτητα σοφοσ");
        check("čšž őű ÿ ñ ĳ ŉ ſ", "csz ou y n ĳ n s");
        check("数据库", "数据库");
    }
}
