//! Secrets in texts: found by their published formats and by where they stand.
//!
//! Where each kind is looked for:
//!
//! | module | what |
//! | --- | --- |
//! | [`formats`] | keys that carry their own mark, one a line of `formats.txt`: a maintainer adds a line |
//! | [`shape`] | keys whose mark is more than a fixed part, or whose place tells: AWS, JSON web tokens, Azure, webhooks |
//! | [`block`] | private keys, plain and in Base64 |
//! | [`web`], [`connection`] | headers, cookies, addresses, connection strings |
//! | [`command`], [`words`], [`taken`] | options and words of command lines, by the table of [`commands`] |
//! | [`assign`], [`next`], [`many`], [`given`], [`apart`] | the value of a name such as `password` or `API_KEY`, next to it or in a field of its own |
//! | [`markup`], [`table`] | the same with tags between them, and in the column below the name |
//! | [`call`], [`expect`] | what a call takes beside a user, and what a script types at a prompt |
//! | [`written`], [`judge`] | where such a value ends, and whether it is a secret |
//! | [`pair`] | a user and a password in one value: `login: joe / …` |
//! | [`codes`] | codes for one time, and lists of recovery codes |
//! | [`sentence`], [`before`], [`spoken`] | what a sentence tells: `my password is …`, `… is my password` |
//! | [`services`] | a random value behind the name of a service whose keys have no mark |
//! | [`personal`] | addresses, telephone numbers, accounts and cards, only if asked for |
//!
//! What a value looks like ([`value`]) decides as much as its name ([`name`], [`terms`]): what
//! is made of words and few digits is a name or a path and stays.
//!
//! One pass of an Aho-Corasick automaton finds keywords, and only there is it
//! looked whether what stands around one is a secret: characters of the right
//! kind, enough of them, random enough, and no stand-in such as `your_token`.
//! No rule goes back further than a fixed number of bytes, so the time is linear
//! in the length of the text whatever it holds; the tests count the steps. Where a text
//! makes the same bytes a part of many values, the rest of it is not judged and not kept.
//! Texts are read as their escapes mean them ([`view`]), so that a secret in JSON
//! inside JSON or in a URL is the same secret. A rule that looks at a bounded
//! beginning replaces the whole value.
//!
//! The families are those that gitleaks tells apart; the descriptions are ours.
//! A list of formats misses the ones it does not know: not capturing what is not
//! needed is the better protection.

mod apart;
mod assign;
mod before;
mod block;
mod call;
mod codes;
mod command;
mod commands;
mod connection;
mod expect;
mod formats;
mod given;
mod judge;
mod keywords;
mod letters;
mod many;
mod markup;
mod name;
mod next;
mod pair;
mod parts;
mod personal;
mod replace;
mod scan;
mod sentence;
mod services;
mod shape;
mod spoken;
mod stand_in;
mod table;
mod taken;
mod terms;
mod value;
mod view;
mod web;
mod words;
mod written;

use std::sync::LazyLock;

use keywords::Keywords;
pub use replace::Redacted;
pub(super) use replace::{markers, redact_with};
use scan::Scan;
use shape::Shape;
use view::View;

/// A secret in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Name in the marker.
    pub rule: &'static str,
    pub start: usize,
    pub end: usize,
}

/// What is looked at where a keyword stands.
#[derive(Clone, Copy)]
enum Look {
    Format(usize),
    Shape(Shape),
    Request(Shape),
    Command,
    Service,
    Noun,
    Code,
    Name,
    BlockBegin,
    BlockEnd,
}

struct Rules {
    keywords: Keywords,
    /// For each keyword its length and what is looked at.
    looks: Vec<(usize, Look)>,
    formats: Vec<formats::Format>,
}

/// Made at the first text; all rules together take less than a millisecond.
static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let formats = formats::all();
    let marked = formats
        .iter()
        .enumerate()
        .map(|(number, format)| (format.keyword, Look::Format(number)));
    let encoded = block::ENCODED
        .iter()
        .map(|&keyword| (keyword, Look::Shape(block::encoded)));
    let putty = ("private-lines:", Look::Shape(block::putty as Shape));
    let commands = command::keywords().map(|keyword| (keyword, Look::Command));
    let services = services::NAMES
        .iter()
        .map(|&keyword| (keyword, Look::Service));
    let codes = codes::NOUNS.iter().map(|&keyword| (keyword, Look::Code));
    let nouns = sentence::NOUNS.iter().chain(sentence::KEY_NOUNS);
    let nouns = nouns.map(|&keyword| (keyword, Look::Noun));
    let blocks = [
        ("-----begin", Look::BlockBegin),
        ("---- begin", Look::BlockBegin),
        ("-----end", Look::BlockEnd),
        ("---- end", Look::BlockEnd),
    ];
    let shapes = shape::SHAPES
        .iter()
        .map(|&(keyword, shape)| (keyword, Look::Shape(shape)));
    let requests = web::REQUESTS
        .iter()
        .chain(expect::SENDS)
        .map(|&(keyword, shape)| (keyword, Look::Request(shape)));
    let calls = call::keywords().map(|keyword| (keyword, Look::Request(call::call)));
    let names = terms::keywords().map(|keyword| (keyword, Look::Name));
    let all: Vec<(&str, Look)> = blocks
        .into_iter()
        .chain(marked)
        .chain(encoded)
        .chain([putty])
        .chain(shapes)
        .chain(requests)
        .chain(calls)
        .chain(commands)
        .chain(services)
        .chain(nouns)
        .chain(codes)
        .chain(names)
        .collect();
    let words: Vec<&str> = all.iter().map(|&(keyword, _)| keyword).collect();
    let keywords = Keywords::new(&words);
    let looks = all
        .into_iter()
        .map(|(keyword, look)| (keyword.len(), look))
        .collect();
    Rules {
        keywords,
        looks,
        formats,
    }
});

/// Puts `[redacted:<rule>]` in place of secrets; see the module for the rules.
///
/// ```
/// use recollect_core::intake::privacy::redact;
///
/// let address = ["postgres://app:", "f4K8s2Qx", "@db.local/app"].concat();
/// assert_eq!(
///     redact(&address).text,
///     "postgres://app:[redacted:url-password]@db.local/app"
/// );
/// ```
pub fn redact(text: &str) -> Redacted<'_> {
    redact_with(text, &|_, text, found| find_secrets(text, found))
}

/// Whether a value is a secret because of the name it is kept under.
pub(super) fn is_named_secret(name: &str, value: &str) -> bool {
    judge::is_named_secret(name, value)
}

/// Finds what only a setting drops.
pub(super) fn find_personal(text: &str, found: &mut Vec<Span>) {
    find_in_view(text, found, personal::find);
}

pub(super) fn find_secrets(text: &str, found: &mut Vec<Span>) {
    find_in_view(text, found, find);
}

/// Finds in the plain view of a text, and leads back to the text.
fn find_in_view(text: &str, found: &mut Vec<Span>, find: fn(&Scan<'_>, &mut Vec<Span>)) {
    let view = View::new(text);
    let before = found.len();
    find(&Scan::new(&view), found);
    for span in &mut found[before..] {
        span.start = text.floor_char_boundary(view.place(span.start));
        span.end = text.ceil_char_boundary(view.place(span.end));
    }
}

/// The rule in the marker of what could not be asked about, as too much work went before.
pub(super) const UNCHECKED: &str = "unchecked";

/// Before these places of a text there is nothing more to find.
#[derive(Default)]
struct From {
    format: usize,
    request: usize,
    command: usize,
    service: usize,
    code: usize,
    noun: usize,
    name: usize,
}

fn find(scan: &Scan<'_>, found: &mut Vec<Span>) {
    let Rules {
        keywords,
        looks,
        formats,
    } = &*RULES;
    let mut state = 0;
    let mut from = From::default();
    let mut block = None;
    'text: for at in 0..scan.text.len() {
        state = keywords.step(state, scan.byte(at));
        let end = at + 1;
        for &number in keywords.ending(state) {
            let (length, look) = looks[usize::from(number)];
            let start = end - length;
            if scan.is_spent() {
                found.push(Span {
                    rule: UNCHECKED,
                    start,
                    end: scan.text.len(),
                });
                break 'text;
            }
            match look {
                Look::BlockBegin if block.is_none() => {
                    let behind = block::label_end(scan, end);
                    block = behind
                        .filter(|&behind| block::has_body(scan, behind))
                        .map(|_| start);
                }
                Look::BlockEnd => {
                    if let Some((begin, behind)) = block.zip(block::label_end(scan, end)) {
                        found.push(Span {
                            rule: "private-key",
                            start: begin,
                            end: behind,
                        });
                        block = None;
                        from = From {
                            format: behind,
                            request: behind,
                            command: behind,
                            service: behind,
                            code: behind,
                            noun: behind,
                            name: behind,
                        };
                    }
                }
                _ if block.is_some() => {}
                Look::BlockBegin => {}
                Look::Format(number) => {
                    let format = &formats[number];
                    if start >= from.format
                        && let Some((begin, stop)) = format.find(scan, start)
                    {
                        found.push(Span {
                            rule: format.rule,
                            start: begin,
                            end: stop,
                        });
                        from.format = stop;
                    }
                }
                Look::Shape(shape) if start >= from.format => {
                    from.format = from.format.max(shape(scan, start, end, found));
                }
                Look::Request(shape) if start >= from.request => {
                    from.request = from.request.max(shape(scan, start, end, found));
                }
                Look::Command if start >= from.command => {
                    from.command = from.command.max(command::command(scan, start, end, found));
                }
                Look::Service if start >= from.service => {
                    from.service = from.service.max(services::service(scan, start, end, found));
                }
                Look::Noun if start >= from.noun => {
                    from.noun = sentence::noun(scan, start, end, found);
                    from.name = from.name.max(from.noun);
                }
                Look::Code if start >= from.code => {
                    from.code = from.code.max(codes::codes(scan, start, end, found));
                }
                Look::Name if start >= from.name => {
                    from.name = from.name.max(assign::assignment(scan, start, end, found));
                }
                Look::Shape(_)
                | Look::Request(_)
                | Look::Command
                | Look::Service
                | Look::Noun
                | Look::Code
                | Look::Name => {}
            }
        }
    }
    if let Some(start) = block {
        found.push(Span {
            rule: "private-key",
            start,
            end: scan.text.len(),
        });
    }
}

#[cfg(test)]
mod tests;
