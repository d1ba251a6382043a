//! The stem of an English word, so that `dropped` is found by `drop`.
//!
//! After M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980:
//! rules on the end of a word, each of which applies only if enough of the word
//! is left. The stem need not be a word.
//!
//! Endings are compared letter by letter: several at once cannot be read soon after
//! they were written one by one.

/// Cuts `word` to its stem. It must be of lower-case ASCII letters; of anything
/// else nothing sensible comes, but no harm either.
pub(super) fn stem(word: &mut Vec<u8>) {
    if word.len() < 3 {
        return;
    }
    cut(word);
    if super::spelling::to_one(word) {
        cut(word);
    }
}

/// Cuts the endings that rules know.
fn cut(word: &mut Vec<u8>) {
    plurals(word);
    past_and_gerund(word);
    if word.last() == Some(&b'y') && has_vowel(word, word.len() - 1) {
        set_last(word, b'i');
    }
    if may_have_suffix(word) {
        replace_longest(word, double_suffixes, 0);
        replace_longest(word, simple_suffixes, 0);
        replace_longest(word, dropped_suffixes, 1);
    }
    final_e(word);
}

/// Suffixes, the longer of two that match first, and what stands for them.
type Rules = &'static [(&'static str, &'static str)];

/// Whether a word ends in two letters in which one of the suffixes ends: most do
/// not, and need no comparison.
fn may_have_suffix(word: &[u8]) -> bool {
    matches!(
        word,
        [.., b'c' | b'l' | b't', b'i']
            | [.., b'a' | b'u', b'l']
            | [.., b'c' | b'l' | b't' | b'v' | b'z', b'e']
            | [.., b'e' | b'o', b'r']
            | [.., b's' | b'u', b's']
            | [.., b's', b'm']
            | [.., b'o', b'n' | b'u']
            | [.., b'i', b'c']
            | [.., b'n', b't']
    )
}

/// Suffixes of several, by the last letter.
fn double_suffixes(last: u8) -> Rules {
    match last {
        b'i' => &[
            ("biliti", "ble"),
            ("entli", "ent"),
            ("ousli", "ous"),
            ("aliti", "al"),
            ("iviti", "ive"),
            ("enci", "ence"),
            ("anci", "ance"),
            ("abli", "able"),
            ("alli", "al"),
            ("eli", "e"),
        ],
        b'l' => &[("ational", "ate"), ("tional", "tion")],
        b'm' => &[("alism", "al")],
        b'n' => &[("ization", "ize"), ("ation", "ate")],
        b'r' => &[("izer", "ize"), ("ator", "ate")],
        b's' => &[("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous")],
        _ => &[],
    }
}

fn simple_suffixes(last: u8) -> Rules {
    match last {
        b'e' => &[("icate", "ic"), ("ative", ""), ("alize", "al")],
        b'i' => &[("iciti", "ic")],
        b'l' => &[("ical", "ic"), ("ful", "")],
        b's' => &[("ness", "")],
        _ => &[],
    }
}

fn dropped_suffixes(last: u8) -> Rules {
    match last {
        b'c' => &[("ic", "")],
        b'e' => &[
            ("ance", ""),
            ("ence", ""),
            ("able", ""),
            ("ible", ""),
            ("ate", ""),
            ("ive", ""),
            ("ize", ""),
        ],
        b'i' => &[("iti", "")],
        b'l' => &[("al", "")],
        b'm' => &[("ism", "")],
        b'n' => &[("ion", "")],
        b'r' => &[("er", "")],
        b's' => &[("ous", "")],
        b't' => &[("ement", ""), ("ment", ""), ("ant", ""), ("ent", "")],
        b'u' => &[("ou", "")],
        _ => &[],
    }
}

fn is_consonant(word: &[u8], at: usize) -> bool {
    match word[at] {
        b'a' | b'e' | b'i' | b'o' | b'u' => false,
        b'y' => at == 0 || !is_consonant(word, at - 1),
        _ => true,
    }
}

/// How often a run of vowels is followed by one of consonants in the first
/// `length` letters: Porter's *m*.
fn measure(word: &[u8], length: usize) -> usize {
    let mut count = 0;
    let mut was_vowel = false;
    for at in 0..length {
        let is_vowel = !is_consonant(word, at);
        count += usize::from(was_vowel && !is_vowel);
        was_vowel = is_vowel;
    }
    count
}

fn has_vowel(word: &[u8], length: usize) -> bool {
    (0..length).any(|at| !is_consonant(word, at))
}

fn ends_in_double_consonant(word: &[u8]) -> bool {
    let length = word.len();
    length >= 2 && word[length - 1] == word[length - 2] && is_consonant(word, length - 1)
}

/// Consonant, vowel, consonant, and the last is none of `w`, `x`, `y`: then an
/// `e` was dropped, as in `hop(e)ing`.
fn ends_short(word: &[u8], length: usize) -> bool {
    length >= 3
        && is_consonant(word, length - 1)
        && !is_consonant(word, length - 2)
        && is_consonant(word, length - 3)
        && !matches!(word[length - 1], b'w' | b'x' | b'y')
}

fn set_last(word: &mut [u8], letter: u8) {
    if let Some(last) = word.last_mut() {
        *last = letter;
    }
}

fn plurals(word: &mut Vec<u8>) {
    let length = word.len();
    match word.as_slice() {
        [.., b's', b's', b'e', b's'] | [.., b'i', b'e', b's'] => word.truncate(length - 2),
        [.., b's', b's'] => {}
        [.., b's'] => word.truncate(length - 1),
        _ => {}
    }
}

fn past_and_gerund(word: &mut Vec<u8>) {
    let length = word.len();
    let rest = match word.as_slice() {
        [.., b'e', b'e', b'd'] => {
            if measure(word, length - 3) > 0 {
                word.truncate(length - 1);
            }
            return;
        }
        [.., b'e', b'd'] => length - 2,
        [.., b'i', b'n', b'g'] => length - 3,
        _ => return,
    };
    if !has_vowel(word, rest) {
        return;
    }
    word.truncate(rest);
    if matches!(
        word.as_slice(),
        [.., b'a', b't'] | [.., b'b', b'l'] | [.., b'i', b'z']
    ) {
        word.push(b'e');
    } else if ends_in_double_consonant(word) && !matches!(word[rest - 1], b'l' | b's' | b'z') {
        word.truncate(rest - 1);
    } else if measure(word, rest) == 1 && ends_short(word, rest) {
        word.push(b'e');
    }
}

/// Puts the longest suffix that matches into its other form, if more than
/// `least` measures stand before it; `ion` only goes behind `s` and `t`.
fn replace_longest(word: &mut Vec<u8>, rules: fn(u8) -> Rules, least: usize) {
    let rules = word.last().map_or(&[][..], |last| rules(*last));
    let matching = |(suffix, _): &&(&str, &str)| word.ends_with(suffix.as_bytes());
    let Some((suffix, other)) = rules.iter().find(matching) else {
        return;
    };
    let rest = word.len() - suffix.len();
    let fits = *suffix != "ion" || rest > 0 && matches!(word[rest - 1], b's' | b't');
    if fits && measure(word, rest) > least {
        word.truncate(rest);
        word.extend_from_slice(other.as_bytes());
    }
}

fn final_e(word: &mut Vec<u8>) {
    let rest = word.len() - 1;
    if word.last() == Some(&b'e') {
        let count = measure(word, rest);
        if count > 1 || count == 1 && !ends_short(word, rest) {
            word.truncate(rest);
        }
    }
    if matches!(word.as_slice(), [.., b'l', b'l']) && measure(word, word.len()) > 1 {
        word.truncate(word.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        for word in words.split(' ') {
            let mut stemmed = word.as_bytes().to_vec();
            stem(&mut stemmed);
            assert_eq!(String::from_utf8(stemmed).unwrap(), expected, "{word}");
        }
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        check("drop drops dropped dropping", "drop");
        check("cache caches cached caching", "cach");
        check("query queries queried querying", "queri");
        check(
            "connect connected connection connections connecting",
            "connect",
        );
        check("retry retries retried retrying", "retri");
        check("fix fixes fixed fixing", "fix");
        check("index indexes indexed indexing", "index");
        check("hope hopes hoped hoping", "hope");
        check("hop hops hopped hopping", "hop");
    }

    #[test]
    fn no_suffix_is_left_out_for_its_last_letters() {
        for rules in [double_suffixes, simple_suffixes, dropped_suffixes] {
            for (suffix, _) in (b'a'..=b'z').flat_map(rules) {
                assert!(may_have_suffix(suffix.as_bytes()), "{suffix}");
            }
        }
    }

    /// The examples of the published rules.
    #[test]
    fn the_published_examples_come_out() {
        for (word, expected) in [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("agreed", "agre"),
            ("feed", "feed"),
            ("plastered", "plaster"),
            ("motoring", "motor"),
            ("sing", "sing"),
            ("conflated", "conflat"),
            ("troubled", "troubl"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("sky", "sky"),
            ("relational", "relat"),
            ("conditional", "condit"),
            ("rational", "ration"),
            ("digitizer", "digit"),
            ("vietnamization", "vietnam"),
            ("operator", "oper"),
            ("feudalism", "feudal"),
            ("decisiveness", "decis"),
            ("sensibiliti", "sensibl"),
            ("triplicate", "triplic"),
            ("formative", "form"),
            ("electrical", "electr"),
            ("goodness", "good"),
            ("revival", "reviv"),
            ("replacement", "replac"),
            ("adoption", "adopt"),
            ("probate", "probat"),
            ("rate", "rate"),
            ("controll", "control"),
            ("roll", "roll"),
            ("at", "at"),
        ] {
            check(word, expected);
        }
    }

    #[track_caller]
    fn one_stem(word: &str) -> String {
        let mut word = word.as_bytes().to_vec();
        stem(&mut word);
        String::from_utf8(word).unwrap()
    }

    #[test]
    fn both_spellings_are_one_word() {
        for (one, other) in [
            ("colour", "color"),
            ("colours", "coloring"),
            ("behaviour", "behaviors"),
            ("licence", "licensed"),
            ("analysed", "analyze"),
            ("centred", "centers"),
            ("normalised", "normalize"),
            ("initialising", "initializes"),
            ("serialisation", "serialization"),
            ("synchronised", "synchronize"),
            ("prioritises", "prioritize"),
        ] {
            assert_eq!(one_stem(one), one_stem(other), "{one}");
        }
        assert_ne!(one_stem("promise"), one_stem("prom"));
    }
}
