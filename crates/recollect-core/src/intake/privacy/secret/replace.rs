//! Markers in place of what was found.

use std::borrow::Cow;
use std::ops::Range;

use super::Span;

/// What [`redact`](super::redact) leaves of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted<'a> {
    /// The text with `[redacted:<rule>]` in place of each secret; borrowed when
    /// there was none.
    pub text: Cow<'a, str>,
    /// Whether there was one.
    pub had_secret: bool,
}

/// Where markers stand in a text.
pub(in crate::intake::privacy) fn markers(text: &str) -> Vec<Range<usize>> {
    const BEGIN: &str = "[redacted:";
    text.match_indices(BEGIN)
        .filter_map(|(start, _)| {
            let rule = text.get(start + BEGIN.len()..)?;
            let (length, _) = rule.char_indices().find(|&(_, c)| !is_of_rule(c))?;
            let end = start + BEGIN.len() + length;
            (text.as_bytes().get(end) == Some(&b']')).then_some(start..end + 1)
        })
        .collect()
}

fn is_of_rule(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

/// What a marker may do to the text beside it is over after one more pass, so
/// more than these are the work of somebody who tries.
const MAX_PASSES: usize = 6;

/// Replaces what `find` finds until it finds nothing, so that a second time
/// changes nothing.
pub(in crate::intake::privacy) fn redact_with<'a>(
    text: &'a str,
    find: &dyn Fn(usize, &str, &mut Vec<Span>),
) -> Redacted<'a> {
    let mut kept = Cow::Borrowed(text);
    let mut found = Vec::new();
    for pass in 0.. {
        found.clear();
        find(pass, &kept, &mut found);
        found.retain(|span| span.start < span.end);
        let Some(first) = found.iter().map(|span| span.start).min() else {
            break;
        };
        if pass == MAX_PASSES {
            let mut cut = kept.into_owned();
            cut.truncate(first);
            cut.push_str("[redacted:secret]");
            kept = Cow::Owned(cut);
            break;
        }
        kept = Cow::Owned(replaced(&kept, &mut found));
    }
    Redacted {
        had_secret: matches!(kept, Cow::Owned(_)),
        text: kept,
    }
}

/// The text with a marker for each secret; those that overlap become one.
fn replaced(text: &str, found: &mut [Span]) -> String {
    crate::order::sort_by_key(found, |span| (span.start, span.end));
    let mut kept = String::with_capacity(text.len());
    let mut behind = 0;
    let mut spans = found.iter().copied().peekable();
    while let Some(mut span) = spans.next() {
        while let Some(next) = spans.next_if(|next| next.start < span.end) {
            span.end = span.end.max(next.end);
            // What a format says is more telling than the place it stands in.
            if is_general(span.rule) {
                span.rule = next.rule;
            }
        }
        kept.push_str(text.get(behind..span.start).unwrap_or(""));
        kept.push_str("[redacted:");
        kept.push_str(span.rule);
        kept.push(']');
        behind = span.end;
    }
    kept.push_str(text.get(behind..).unwrap_or(""));
    kept
}

fn is_general(rule: &str) -> bool {
    matches!(
        rule,
        "secret" | "sk-key" | "authorization" | "cookie" | "command-password" | "url-password"
    )
}
