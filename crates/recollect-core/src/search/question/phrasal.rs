//! Verbs of two words, as people say them, and what commits say instead: `turn away` is
//! `reject`. The second word alone says nothing and is not searched for.

use crate::search::expression::parts_of;

use super::words::Words;

/// A verb, what may stand behind it or behind what it is done to, and other words for both.
const VERBS: &[(&str, &[(&str, &str)])] = &[
    ("add", &[("up", "sum")]),
    ("back", &[("up", "backup")]),
    ("blow", &[("up", "crash")]),
    (
        "break",
        &[
            ("apart", "split"),
            ("down", "fail"),
            ("off", "abort"),
            ("up", "split"),
        ],
    ),
    (
        "bring",
        &[("back", "restore"), ("together", "merge"), ("up", "start")],
    ),
    ("build", &[("up", "accumulate")]),
    ("carry", &[("on", "continue"), ("over", "preserve")]),
    ("catch", &[("up", "sync")]),
    ("clean", &[("up", "cleanup")]),
    ("clear", &[("out", "purge")]),
    ("come", &[("back", "return"), ("up", "start")]),
    (
        "cut",
        &[
            ("down", "reduce"),
            ("off", "truncate"),
            ("short", "truncate"),
        ],
    ),
    (
        "fall",
        &[("apart", "crash"), ("back", "fallback"), ("over", "crash")],
    ),
    (
        "fill",
        &[("in", "populate"), ("out", "populate"), ("up", "populate")],
    ),
    (
        "give",
        &[("back", "return"), ("out", "emit"), ("up", "abort")],
    ),
    (
        "go",
        &[
            ("ahead", "proceed"),
            ("away", "disconnect"),
            ("down", "fail"),
            ("on", "continue"),
            ("through", "iterate"),
            ("wrong", "fail"),
        ],
    ),
    (
        "hand",
        &[("back", "return"), ("out", "issue"), ("over", "pass")],
    ),
    ("hang", &[("on", "wait")]),
    (
        "hold",
        &[("back", "delay"), ("on", "retain"), ("up", "block")],
    ),
    ("hook", &[("up", "connect")]),
    (
        "keep",
        &[("apart", "separate"), ("out", "block"), ("up", "maintain")],
    ),
    (
        "leave",
        &[
            ("alone", "ignore"),
            ("behind", "leak"),
            ("open", "unclosed"),
            ("out", "omit"),
        ],
    ),
    ("let", &[("in", "allow"), ("through", "allow")]),
    ("line", &[("up", "align")]),
    ("log", &[("in", "login"), ("out", "logout")]),
    (
        "look",
        &[("for", "search"), ("into", "inspect"), ("up", "lookup")],
    ),
    ("make", &[("sure", "ensure"), ("up", "fake")]),
    ("pass", &[("on", "forward"), ("over", "skip")]),
    ("pay", &[("attention", "ignore")]),
    ("pick", &[("out", "select"), ("up", "detect")]),
    ("point", &[("at", "reference"), ("to", "reference")]),
    ("pull", &[("in", "import"), ("out", "extract")]),
    (
        "put",
        &[
            ("aside", "quarantine"),
            ("back", "restore"),
            ("off", "defer"),
            ("together", "combine"),
        ],
    ),
    ("roll", &[("back", "revert")]),
    ("run", &[("out", "exhaust"), ("over", "exceed")]),
    ("set", &[("up", "setup")]),
    ("shut", &[("down", "shutdown"), ("out", "block")]),
    ("sign", &[("in", "login"), ("out", "logout")]),
    ("slow", &[("down", "performance")]),
    ("sort", &[("out", "fix")]),
    ("speed", &[("up", "performance")]),
    ("spell", &[("out", "explicit")]),
    ("split", &[("up", "split")]),
    ("stand", &[("in", "mock")]),
    ("start", &[("over", "restart"), ("up", "startup")]),
    (
        "take",
        &[
            ("apart", "parse"),
            ("in", "accept"),
            ("out", "remove"),
            ("over", "override"),
        ],
    ),
    ("tear", &[("down", "teardown")]),
    ("tell", &[("apart", "distinguish")]),
    ("throw", &[("away", "discard"), ("out", "remove")]),
    ("time", &[("out", "timeout")]),
    (
        "turn",
        &[
            ("away", "reject"),
            ("down", "reject"),
            ("into", "convert"),
            ("off", "disable"),
            ("on", "enable"),
        ],
    ),
    ("wake", &[("up", "resume")]),
    ("wipe", &[("out", "erase")]),
    ("work", &[("out", "compute")]),
    ("write", &[("down", "record"), ("out", "output")]),
];

/// Forms that no rule for endings brings back to their verbs.
const IRREGULAR: &[(&str, &str)] = &[
    ("blew", "blow"),
    ("blown", "blow"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "come"),
    ("caught", "catch"),
    ("fallen", "fall"),
    ("fell", "fall"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("held", "hold"),
    ("hung", "hang"),
    ("kept", "keep"),
    ("left", "leave"),
    ("made", "make"),
    ("paid", "pay"),
    ("ran", "run"),
    ("stood", "stand"),
    ("taken", "take"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("tore", "tear"),
    ("torn", "tear"),
    ("went", "go"),
    ("woke", "wake"),
    ("written", "write"),
    ("wrote", "write"),
];

/// How many words on the second one is looked for: `take web addresses apart`.
const AWAY: usize = 3;

/// The places of verbs of two words, each with another word for it.
pub(super) fn find(words: &Words<'_>) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for at in 0..words.list.len() {
        let word = words.lower(at);
        let base = IRREGULAR.iter().find(|(form, _)| *form == word);
        let base = parts_of(base.map_or(word, |(_, base)| base));
        let Some((_, particles)) = VERBS.iter().find(|(verb, _)| parts_of(verb) == base) else {
            continue;
        };
        for behind in at + 1..=at + AWAY {
            if let Some((_, plain)) =
                (particles.iter()).find(|(particle, _)| words.lower(behind) == *particle)
            {
                found.push((at, *plain));
                break;
            }
            if words.list.get(behind).is_none_or(|word| word.ends_part) {
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_two_words_are_found_with_what_stands_between() {
        for (question, expected) in [
            ("why are calls turned away?", Some("reject")),
            ("why do we take web addresses apart here", Some("parse")),
            ("what happens when a client is left open?", Some("unclosed")),
            ("does it pay no attention to the age?", Some("ignore")),
            ("turn the page, then go away", Some("disconnect")),
            ("which page did it turn to", None),
            ("", None),
        ] {
            let found = find(&Words::of(question));
            assert_eq!(
                found.first().map(|(_, plain)| *plain),
                expected,
                "{question}"
            );
        }
    }
}
