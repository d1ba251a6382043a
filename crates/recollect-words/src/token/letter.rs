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
        'ѐ' => 'е',
        'й' | 'ѝ' => 'и',
        'ї' => 'і',
        'ѓ' => 'г',
        'ќ' => 'к',
        'ў' => 'у',
        _ => return None,
    })
}

/// Whether words of this script are written without spaces between them.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}'       // Thai, Lao
        | '\u{1100}'..='\u{11FF}'     // letters of Hangul
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

/// Whether a character is no part of a word with those beside it.
pub(super) fn stands_alone(c: char) -> bool {
    is_unspaced(c) || is_symbol(c)
}

/// The combining key around the sign before it.
pub(super) const KEYCAP: char = '\u{20E3}';

/// Signs that people search for: emoji, and the marks and dingbats beside them. Signs
/// of mathematics, boxes and plain arrows are not: they stand in every second text.
pub(super) fn is_symbol(c: char) -> bool {
    matches!(c,
        KEYCAP
        | '\u{2194}'..='\u{2199}'
        | '\u{21A9}'..='\u{21AA}'
        | '\u{231A}'..='\u{231B}'
        | '\u{2328}'
        | '\u{23CF}'
        | '\u{23E9}'..='\u{23FA}'
        | '\u{25AA}'..='\u{25AB}'
        | '\u{25B6}'
        | '\u{25C0}'
        | '\u{25FB}'..='\u{25FE}'
        | '\u{2600}'..='\u{27BF}'
        | '\u{2934}'..='\u{2935}'
        | '\u{2B05}'..='\u{2B07}'
        | '\u{2B1B}'..='\u{2B1C}'
        | '\u{2B50}'
        | '\u{2B55}'
        | '\u{3030}'
        | '\u{303D}'
        | '\u{1F000}'..='\u{1F0FF}'
        | '\u{1F170}'..='\u{1F1FF}'
        | '\u{1F300}'..='\u{1F3FA}'
        | '\u{1F400}'..='\u{1F64F}'
        | '\u{1F680}'..='\u{1F7FF}'
        | '\u{1F900}'..='\u{1FAFF}'
    )
}

/// Whether a flag is made of two of these.
pub(super) fn is_regional(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
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
