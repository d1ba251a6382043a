//! What a word of a command line gives: a secret, or a user and a secret.

use super::Span;
use super::letters::{BLANK, QUOTE};
use super::scan::Scan;
use super::value::Look;
use super::words::Item;

/// Longest beginning of a secret that decides.
const LOOK: usize = 256;

/// What stands between quotes before the `|` in front of a place.
pub(super) fn piped(scan: &Scan<'_>, start: usize, found: &mut Vec<Span>) {
    let sign = scan.start_of(start, BLANK, 4);
    let to = scan
        .start_of(sign.saturating_sub(1), BLANK, 4)
        .saturating_sub(1);
    let quote = scan.byte(to);
    if scan.back(sign, 1) != b'|' || !QUOTE.has(quote) {
        return;
    }
    let low = to.saturating_sub(LOOK);
    let ends = |at: &usize| scan.byte(*at) == quote || scan.byte(*at) == b'\n';
    if let Some(open) = (low..to).rev().find(ends)
        && scan.byte(open) == quote
    {
        let item = Item {
            from: open + 1,
            to,
            is_quoted: true,
        };
        secret(scan, item, found);
    }
}

/// What was printed to a command: a secret, or a user and a secret.
pub(super) fn printed(scan: &Scan<'_>, item: Item, found: &mut Vec<Span>) {
    if scan.slice(item.from, item.to).contains(':') {
        login(scan, item, ':', found);
    } else {
        secret(scan, item, found);
    }
}

pub(super) fn login(scan: &Scan<'_>, item: Item, sign: char, found: &mut Vec<Span>) {
    let text = scan.slice(item.from, item.to);
    let Some((user, rest)) = text.split_once(sign) else {
        return;
    };
    // A marker is no login.
    if user == "redacted" || user.is_empty() || user.contains(['/', '.']) && sign == '/' {
        return;
    }
    // The database behind `scott/tiger@`.
    let length = match sign {
        '/' => rest.rfind('@').unwrap_or(rest.len()),
        _ => rest.len(),
    };
    let from = item.from + user.len() + sign.len_utf8();
    secret(
        scan,
        Item {
            from,
            to: from + length,
            ..item
        },
        found,
    );
}

pub(super) fn secret(scan: &Scan<'_>, item: Item, found: &mut Vec<Span>) {
    let mut item = item;
    let is_in_quotes = item.to > item.from + 1
        && QUOTE.has(scan.byte(item.from))
        && scan.byte(item.from) == scan.byte(item.to - 1);
    if is_in_quotes {
        (item.from, item.to) = (item.from + 1, item.to - 1);
    }
    let text = scan.slice(item.from, item.to);
    let begin = text.get(..text.floor_char_boundary(LOOK)).unwrap_or(text);
    let is_none = text.len() < 3
        || text.starts_with('-')
        || text.starts_with('$') && !item.is_quoted
        || text.starts_with("$(")
        || text.chars().all(|c| c.is_ascii_uppercase() || c == '_')
        || scan.look(begin) == Look::StandIn;
    if !is_none {
        found.push(Span {
            rule: "command-password",
            start: item.from,
            end: item.to,
        });
    }
}
