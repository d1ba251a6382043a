//! Passwords that a script types where it is asked for one: `expect "assword:"`, `send "…\r"`.

use super::Span;
use super::letters::{BLANK, QUOTE, holds};
use super::scan::Scan;
use super::shape::{Shape, push};
use super::stand_in::is_placeholder;

pub(super) const SENDS: &[(&str, Shape)] = &[("send", sent), ("sendline", sent)];

/// What the prompt for a secret says.
const PROMPTS: &[&str] = &["assword", "assphrase", "asscode", "passwd", "kennwort"];

/// Finds what is typed after the prompt that was waited for.
fn sent(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    /// Longest text in front in which the prompt stands.
    const BEFORE: usize = 160;
    const LONGEST: usize = 128;
    let mut at = scan.run(end, const { BLANK.and("(") }, 4).1;
    if scan.slice(at, at + 3) == "-- " {
        at += 3;
    }
    let quote = scan.byte(at);
    if at == end || !scan.is_word_start(start) || !QUOTE.has(quote) {
        return 0;
    }
    let mut low = start.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(low) {
        low += 1;
    }
    let before = scan.slice(low, start);
    // What was sent before answered another prompt.
    let prompt = before.rsplit("send").next().unwrap_or(before);
    let asks = PROMPTS.iter().any(|word| holds(prompt, word));
    if !asks
        || !["expect", "exp_continue"]
            .iter()
            .any(|word| holds(before, word))
    {
        return 0;
    }
    let from = at + 1;
    // The key that ends the line is an escape.
    let ends = |at: &usize| matches!(scan.byte(*at), 0 | b'\n') || scan.byte(*at) == quote;
    let Some(to) = (from..from + LONGEST).find(ends) else {
        return 0;
    };
    let said = scan.slice(from, to);
    if said.len() < 3 || scan.byte(to) == 0 || is_placeholder(said) {
        return 0;
    }
    push(found, "secret", from, to)
}
