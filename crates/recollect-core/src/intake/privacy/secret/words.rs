//! The words of a command line.

use super::letters::QUOTE;
use super::scan::Scan;

/// Longest text in quotes that is taken for one word.
const QUOTED: usize = 4 * 1_024;

/// Longest command that is read.
pub(super) const LINE: usize = 1_024;

/// One word of a command line, without its quotes.
#[derive(Clone, Copy, Default)]
pub(super) struct Item {
    pub from: usize,
    pub to: usize,
    pub is_quoted: bool,
}

/// The next word, where it ends, and the sign that parts it from what follows.
pub(super) fn next_item(
    scan: &Scan<'_>,
    from: usize,
    takes_blanks: bool,
) -> (usize, Option<Item>, u8) {
    let mut at = from;
    while b" \t,(){}[]:".contains(&scan.byte(at)) {
        at += 1;
        if at - from >= LINE {
            return (at, None, b' ');
        }
    }
    if QUOTE.has(scan.byte(at)) {
        return match closing(scan, at) {
            // A command within quotes is read word by word.
            Some(end) if takes_blanks || !scan.slice(at, end).contains(' ') => {
                let item = Item {
                    from: at + 1,
                    to: end,
                    is_quoted: true,
                };
                (end + 1, Some(item), b' ')
            }
            _ => (at + 1, None, b' '),
        };
    }
    let start = at;
    let mut is_quoted = false;
    loop {
        let byte = scan.byte(at);
        if QUOTE.has(byte) {
            let before = scan.slice(start, at);
            let opens = before.starts_with(['-', '/'])
                && (before.len() == 2 || before.ends_with(['=', ':']))
                || before.ends_with('/') && before.len() > 2 && !before.starts_with('/');
            let Some(end) = closing(scan, at).filter(|_| opens) else {
                break;
            };
            at = end + 1;
            is_quoted = true;
            continue;
        }
        let is_end = byte == 0 || b" \t\n\r|;{}()".contains(&byte);
        if is_end || byte == b'&' && scan.byte(at + 1) == b'&' {
            break;
        }
        at += 1;
    }
    let sign = scan.byte(at);
    let item = (at > start).then_some(Item {
        from: start,
        to: at,
        is_quoted,
    });
    // A line that goes on in the next one.
    let goes_on = scan.back(at, 1) == b'\\';
    let sign = match sign {
        b'\n' | b'\r' if goes_on => b' ',
        b'\r' => b'\n',
        _ => sign,
    };
    (
        if item.is_some() && sign != b'\n' {
            at
        } else {
            at + 1
        },
        item,
        sign,
    )
}

/// Where the quote closes that opens at a place, on the same line.
fn closing(scan: &Scan<'_>, open: usize) -> Option<usize> {
    let (quote, depth) = (scan.byte(open), scan.depth(open));
    let mut at = open + 1;
    while at - open < QUOTED {
        match scan.byte(at) {
            0 => return None,
            // One that is escaped is part of what is quoted.
            b'\n' if scan.depth(at) <= depth => return None,
            byte if byte == quote && scan.depth(at) <= depth => return Some(at),
            _ => at += 1,
        }
    }
    None
}
