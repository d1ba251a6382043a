//! Secrets that a fixed part gives away, as `formats.txt` lists them.

use super::letters::{ALNUM, BASE64, Class, DIGIT, HEX, UPPER, URL_SAFE, WORD, entropy, says};
use super::scan::Scan;
use super::value::{self, Look};

/// The table of published formats; its head says what a line does.
const FORMATS: &str = include_str!("formats.txt");

/// One published format of a secret.
pub(super) struct Format {
    /// Name in the marker.
    pub rule: &'static str,
    /// The longest fixed part, which is looked for.
    pub keyword: &'static str,
    parts: Vec<Part>,
    /// How many parts stand before the keyword.
    before: usize,
    /// Whether it must be a word of its own, for beginnings that words have.
    is_word: bool,
}

enum Part {
    Fixed(&'static str),
    Drawn(Run),
}

/// Random characters.
struct Run {
    class: Class,
    /// Fewest and most of them.
    min: usize,
    max: usize,
}

/// Bits per character below which it is a placeholder such as `ghp_xxxx…`.
const MIN_ENTROPY: f64 = 2.5;
/// Characters after which it is known what something is.
const LOOK: usize = 128;

/// The lines of the table that say something, with what stands in their columns.
fn lines() -> impl Iterator<Item = [&'static str; 4]> {
    FORMATS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.splitn(4, " | ");
            Some([
                columns.next()?,
                columns.next()?,
                columns.next()?,
                columns.next()?,
            ])
        })
}

/// All formats; a line that cannot be read is left out, and a test says so.
pub(super) fn all() -> Vec<Format> {
    lines()
        .filter_map(|[_, rule, shape, _]| Format::read(rule, shape))
        .collect()
}

impl Format {
    fn read(rule: &'static str, shape: &'static str) -> Option<Self> {
        let (is_word, shape) = match shape.strip_prefix("word ") {
            Some(rest) => (true, rest),
            None => (false, shape),
        };
        let mut parts = Vec::new();
        let mut rest = shape;
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('{') {
                let (run, behind) = inner.split_once('}')?;
                parts.push(Part::Drawn(Run::read(run)?));
                rest = behind;
            } else {
                let (fixed, behind) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
                parts.push(Part::Fixed(fixed));
                rest = behind;
            }
        }
        let fixed = parts
            .iter()
            .enumerate()
            .filter_map(|(at, part)| match part {
                Part::Fixed(text) => Some((at, *text)),
                Part::Drawn(_) => None,
            });
        // The first of the longest: what stands before it is then short.
        let (before, keyword) = fixed.reduce(|best, next| {
            if next.1.len() > best.1.len() {
                next
            } else {
                best
            }
        })?;
        Some(Self {
            rule,
            keyword,
            parts,
            before,
            is_word,
        })
    }

    /// Where the secret stands whose keyword stands at a place, if there is one.
    pub fn find(&self, scan: &Scan<'_>, keyword_at: usize) -> Option<(usize, usize)> {
        let start = self.start(scan, keyword_at)?;
        if self.is_word && !scan.is_word_start(start) {
            return None;
        }
        let mut at = start;
        let mut drawn = Vec::new();
        let mut drawn_from = usize::MAX;
        let mut last = None;
        for (number, part) in self.parts.iter().enumerate() {
            let run = match part {
                Part::Fixed(text) => {
                    if scan.slice(at, at + text.len()) != *text {
                        return None;
                    }
                    at += text.len();
                    last = None;
                    continue;
                }
                Part::Drawn(run) => run,
            };
            drawn_from = drawn_from.min(at);
            let is_last = number + 1 == self.parts.len();
            let (length, behind) = match self.parts.get(number + 1) {
                // The class may hold what comes behind it.
                Some(Part::Fixed(next)) => until(scan, at, run, next)?,
                _ => scan.run(
                    at,
                    run.class,
                    LOOK.max(run.min).min(run.max.saturating_add(1)),
                ),
            };
            if length < run.min || length > run.max {
                return None;
            }
            drawn.push((scan.slice(at, behind), run.min == run.max));
            at = behind;
            last = is_last.then_some(run);
        }
        if entropy(scan.slice(drawn_from, at)) < MIN_ENTROPY {
            return None;
        }
        let mut is_name = true;
        for (said, is_exact) in drawn {
            if says(said, "example") || says(said, "xxxxxx") {
                return None;
            }
            // Of a length that is told exactly there are no names.
            is_name &= !is_exact
                && (said.len() < 12
                    || value::is_in_one_case(said) && scan.look(said) == Look::Name);
        }
        if is_name {
            return None;
        }
        // What else hangs on to it is taken for a part of it.
        let end = match last {
            Some(run) if run.max == usize::MAX => scan.end_of(at, run.class),
            Some(_) => scan.end_of(at, WORD),
            None => at,
        };
        let text = scan.slice(start, end);
        // The full stop of a sentence is no part of it.
        let end = start + text.trim_end_matches('.').len();
        Some((start, end))
    }

    /// Where the first part begins.
    fn start(&self, scan: &Scan<'_>, keyword_at: usize) -> Option<usize> {
        let mut start = keyword_at;
        for part in self.parts[..self.before].iter().rev() {
            start = match part {
                Part::Fixed(text) => start.checked_sub(text.len())?,
                Part::Drawn(run) => {
                    let begin = scan.start_of(start, run.class, run.max.min(LOOK));
                    (start - begin >= run.min).then_some(begin)?
                }
            };
        }
        Some(start)
    }
}

/// The characters of a run up to a fixed part.
fn until(scan: &Scan<'_>, from: usize, run: &Run, next: &str) -> Option<(usize, usize)> {
    let (_, limit) = scan.run(from, run.class, run.max.min(LOOK));
    let end = (limit + next.len()).min(scan.text.len());
    let reach = scan.slice(from, scan.text.floor_char_boundary(end));
    let length = reach
        .match_indices(next)
        .map(|(length, _)| length)
        .find(|&length| length >= run.min)?;
    Some((length, from + length))
}

impl Run {
    fn read(text: &str) -> Option<Self> {
        let (count, class) = text.split_once(' ')?;
        let class = match class {
            "digit" => DIGIT,
            "hex" => HEX,
            "upper" => UPPER,
            "alnum" => ALNUM,
            "word" => WORD,
            "url" => URL_SAFE,
            "dotted" => const { URL_SAFE.and(".") },
            "base64" => BASE64,
            "any64" => const { BASE64.and("-_") },
            _ => return None,
        };
        let (min, max) = match (count.strip_suffix('+'), count.split_once('-')) {
            (Some(min), _) => (min.parse().ok()?, usize::MAX),
            (None, Some((min, max))) => (min.parse().ok()?, max.parse().ok()?),
            (None, None) => {
                let exact = count.parse().ok()?;
                (exact, exact)
            }
        };
        Some(Self { class, min, max })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::privacy::secret::redact;

    /// Texts of each line; the short ones look like words once in a thousand.
    const DRAWN: u64 = 400;

    /// A text like an example of the table, drawn from the line's number.
    fn drawn(example: &str, seed: u64) -> String {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut text = String::new();
        for piece in example.split_inclusive('}') {
            let (fixed, run) = piece.split_once('{').unwrap_or((piece, ""));
            text.push_str(fixed);
            let run = run.trim_end_matches('}');
            let Some((count, class)) = run.split_once(' ') else {
                continue;
            };
            let alphabet = match class {
                "digit" => "0123456789",
                "hex" => "0123456789abcdef",
                "upper" => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
                _ => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            };
            for _ in 0..count.parse().unwrap_or(0) {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = (state >> 32) as usize % alphabet.len();
                text.push(char::from(alphabet.as_bytes()[at]));
            }
        }
        text
    }

    #[test]
    fn what_is_drawn_is_not_taken_for_a_name() {
        let mut missed = Vec::new();
        for [service, _, shape, example] in lines() {
            for seed in 1..DRAWN {
                let text = drawn(example, seed * 7919);
                if redact(&text).text.ends_with(&text[text.len() - 8..]) {
                    missed.push((service, shape, text));
                }
            }
        }
        assert!(missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn words_behind_a_mark_are_a_name() {
        for name in [
            "sk_test_webhook_signature_is_verified",
            "glpat-name-of-the-personal-token",
            "npm_config_registry_of_the_company_is_set_here",
            "SK_TEST_WEBHOOK_SIGNATURE_IS_VERIFIED",
        ] {
            assert_eq!(redact(name).text, name);
        }
    }

    #[test]
    fn every_line_of_the_table_is_read_and_finds_its_example() {
        let written = FORMATS.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(written.filter(|line| !line.is_empty()).count(), all().len());
        for (seed, [service, rule, shape, example]) in (1..).zip(lines()) {
            assert!(!service.is_empty());
            let text = drawn(example, seed);
            let kept = redact(&text).text.into_owned();
            assert_eq!(kept, format!("[redacted:{rule}]"), "{shape} in {text}");
            let marker = Format::read(rule, shape).map(|format| format.keyword.len());
            assert!(
                marker.is_some_and(|length| length >= 2),
                "{shape} has no mark"
            );
        }
    }
}
