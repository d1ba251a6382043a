//! Secrets in texts: found by their published formats and by where they stand.
//!
//! | rule | what it looks like |
//! | --- | --- |
//! | `aws-access-key`, `aws-secret-key` | 20 capitals and digits that begin with `AKIA`, `ASIA`, `ABIA`, `ACCA` or `A3T`; the 40 characters within 200 bytes of one |
//! | `private-key` | a PEM, OpenSSH or PGP block, split over string literals or not; without its end, all to the end of the text |
//! | `github-token`, `github-pat` | `ghp_`, `gho_`, `ghu_`, `ghs_`, `ghr_`; `github_pat_` |
//! | `gitlab-token` | `glpat-`, `gldt-`, `glrt-`, `glptt-`, `glsoat-`, `glcbt-` |
//! | `openai-key` | `sk-proj-`, `sk-svcacct-`, `sk-admin-`, or `sk-` with the mark of older keys in the middle |
//! | `anthropic-key`, `openrouter-key`, `sk-key` | `sk-ant-`; `sk-or-`; `sk-` of others, if random |
//! | `google-api-key`, `gcp-key-id` | `AIza` and 35 more; the id beside a service account's private key |
//! | `azure-key`, `azure-signature`, `azure-secret` | the value of `AccountKey=` or `SharedAccessKey=`; of `sig=`; an application's secret, with `Q~` in it |
//! | `slack-token` | `xoxa-` and its relatives, `xapp-` |
//! | `webhook` | the path of a Slack, Discord or Teams address that may be posted to |
//! | `stripe-key` | `sk_live_`, `rk_live_`, both for tests, `whsec_` |
//! | `npm-token`, `pypi-token` | `npm_`, the value of `_authToken=`; `pypi-` |
//! | `sendgrid-key`, `twilio-key`, `mailgun-key` | `SG.` and two parts; `SK` or `key-` and 32 hexadecimal digits |
//! | `jwt` | three parts, the first of which is a JSON object in Base64 |
//! | `authorization`, `cookie`, `curl-password` | the value of the header; values of cookies that are long or named for a session; behind `curl -u name:` |
//! | `url-password` | the password in `scheme://user:password@host` |
//! | `huggingface-token`, `replicate-token`, `groq-key`, `perplexity-key` | `hf_`, `r8_`, `gsk_`, `pplx-` |
//! | `digitalocean-token`, `heroku-key`, `fly-token`, `netlify-token` | `dop_v1_` and its relatives; `HRKU-`; `fo1_`, `fm1r_`, `fm2_`; `nfp_` |
//! | `vault-token`, `doppler-token`, `age-key`, `1password-token` | `hvs.`, `hvb.`; `dp.pt.` and its relatives; `AGE-SECRET-KEY-1`; `ops_`, `A3-` |
//! | `telegram-token`, `shopify-token`, `databricks-token`, `sentry-token`, `grafana-token`, `newrelic-key`, `linear-key`, `notion-token`, `postman-key` | a bot's number and 35 characters; `shpat_`, `shpss_`; `dapi`; `sntrys_`, `sntryu_`; `glsa_`, `glc_`; `NRAK-`; `lin_api_`; `ntn_`; `PMAK-` |
//! | `secret` | the random value of a name such as `password`, `apiKey` or `AUTH_TOKEN` |
//! | `email`, `phone`, `iban`, `card` | only if asked for; the last two with their checksum |
//! | `custom` | what a pattern of the user matches |
//!
//! One pass of an Aho-Corasick automaton finds keywords, and only there is it
//! looked whether what stands around one is a secret: characters of the right
//! kind, enough of them, random enough, and no stand-in such as `your_token`.
//! No rule goes back further than a fixed number of bytes, so the time is linear
//! in the length of the text whatever it holds; the tests count the steps.
//! Texts are read as their escapes mean them, so that a secret in JSON inside
//! JSON is the same secret.
//!
//! The families are those that gitleaks tells apart; the descriptions are ours.
//! A list of formats misses the ones it does not know: not capturing what is not
//! needed is the better protection.

mod assign;
mod keywords;
mod personal;
mod scan;
mod shape;
mod token;
mod web;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use keywords::Keywords;
use scan::Scan;
use shape::Shape;

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
    Token(&'static token::Token),
    Shape(Shape),
    Request(Shape),
    Name,
    BlockBegin,
    BlockEnd,
}

struct Rules {
    keywords: Keywords,
    /// For each keyword its length and what is looked at.
    looks: Vec<(usize, Look)>,
}

/// Made at the first text; all rules together take less than a millisecond.
static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let tokens = token::TOKENS
        .iter()
        .map(|token| (token.prefix, Look::Token(token)));
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
        .map(|&(keyword, shape)| (keyword, Look::Request(shape)));
    let names = assign::KEYWORDS
        .iter()
        .map(|&keyword| (keyword, Look::Name));
    let all: Vec<(&str, Look)> = blocks
        .into_iter()
        .chain(tokens)
        .chain(shapes)
        .chain(requests)
        .chain(names)
        .collect();
    let words: Vec<&str> = all.iter().map(|&(keyword, _)| keyword).collect();
    let keywords = Keywords::new(&words);
    let looks = all
        .into_iter()
        .map(|(keyword, look)| (keyword.len(), look))
        .collect();
    Rules { keywords, looks }
});

/// What [`redact`] leaves of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted<'a> {
    /// The text with `[redacted:<rule>]` in place of each secret; borrowed when
    /// there was none.
    pub text: Cow<'a, str>,
    /// Whether there was one.
    pub had_secret: bool,
}

/// Puts `[redacted:<rule>]` in place of secrets; see the module for the rules.
///
/// ```
/// use recollect_core::privacy::redact;
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
    assign::is_named_secret(name, value)
}

/// Finds what only a setting drops.
pub(super) fn find_personal(text: &str, found: &mut Vec<Span>) {
    personal::find(&Scan::new(text), found);
}

pub(super) fn find_secrets(text: &str, found: &mut Vec<Span>) {
    find(&Scan::new(text), found);
}

/// Where markers stand in a text.
pub(super) fn markers(text: &str) -> Vec<Range<usize>> {
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
pub(super) fn redact_with<'a>(
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
        "secret" | "sk-key" | "authorization" | "cookie" | "curl-password" | "url-password"
    )
}

fn find(scan: &Scan<'_>, found: &mut Vec<Span>) {
    let Rules { keywords, looks } = &*RULES;
    let mut state = 0;
    // Before these places there is nothing more to find.
    let (mut format_from, mut request_from, mut name_from) = (0, 0, 0);
    let mut block = None;
    for at in 0..scan.text.len() {
        state = keywords.step(state, scan.byte(at));
        let end = at + 1;
        for &number in keywords.ending(state) {
            let (length, look) = looks[usize::from(number)];
            let start = end - length;
            match look {
                Look::BlockBegin if block.is_none() && label_end(scan, end).is_some() => {
                    block = Some(start);
                }
                Look::BlockEnd => {
                    if let Some((begin, behind)) = block.zip(label_end(scan, end)) {
                        found.push(Span {
                            rule: "private-key",
                            start: begin,
                            end: behind,
                        });
                        block = None;
                        (format_from, request_from, name_from) = (behind, behind, behind);
                    }
                }
                _ if block.is_some() => {}
                Look::BlockBegin => {}
                Look::Token(token) => {
                    if start >= format_from
                        && let Some(stop) = token.end(scan, start)
                    {
                        found.push(Span {
                            rule: token.rule,
                            start,
                            end: stop,
                        });
                        format_from = stop;
                    }
                }
                Look::Shape(shape) if start >= format_from => {
                    format_from = format_from.max(shape(scan, start, end, found));
                }
                Look::Request(shape) if start >= request_from => {
                    request_from = request_from.max(shape(scan, start, end, found));
                }
                Look::Name if start >= name_from => {
                    name_from = name_from.max(assign::assignment(scan, start, end, found));
                }
                Look::Shape(_) | Look::Request(_) | Look::Name => {}
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

/// Behind the label and the dashes of a private key's first or last line; none
/// if the label is another one, such as that of a certificate.
fn label_end(scan: &Scan<'_>, from: usize) -> Option<usize> {
    const LABEL: &[u8] = b"PRIVATEKEY";
    const LONGEST: usize = 96;
    let mut matched = 0;
    let mut at = from;
    while at < from + LONGEST {
        let (meant, width) = scan.read(at);
        at += width;
        // Between the letters there may be the quotes and signs of a program
        // that puts the line together.
        if meant == LABEL[matched] {
            matched += 1;
        } else if meant.is_ascii_alphanumeric() {
            matched = usize::from(meant == LABEL[0]);
        }
        if matched == LABEL.len() {
            let dashes = scan.run(at, scan::ALNUM.and(" "), 24).1;
            return Some(scan.run(dashes, scan::Class::of("-"), 5).1);
        }
        if meant == 0 || meant == b'-' {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests;
