//! Questions in plain words, asked about a small history.

use recollect_core::derive::commit::Commit;
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Origin, Renamed, Summary, Trust};
use recollect_core::search::answer::{Answer, Ask, Note};
use recollect_core::search::question::{Aspect, Direction, Period, Question};
use recollect_core::{Filter, Project, Store, UnixMillis};

use crate::common::{DAY, draft, flush, in_session, keep, origin, prompt, store, told};

/// 2026-08-14T10:00Z, a Friday.
pub const NOW: i64 = 1_786_701_600_000;

pub fn project() -> Project {
    Project::of(None, "file:///a/shop")
}

struct Told<'a> {
    hash: &'a str,
    days_ago: i64,
    author: &'a str,
    message: &'a str,
    files: &'a [&'a str],
}

fn commit(told: &Told<'_>, parent: &str) -> Commit {
    Commit {
        hash: format!("{:0<40}", told.hash),
        message: told.message.to_owned(),
        at: NOW - told.days_ago * DAY,
        author: Some(told.author.to_owned()),
        files: told.files.iter().map(|file| (*file).to_owned()).collect(),
        parents: if parent.is_empty() {
            Vec::new()
        } else {
            vec![format!("{parent:0<40}")]
        },
        ..Commit::default()
    }
}

/// Oldest first.
const HISTORY: [Told<'_>; 9] = [
    Told {
        hash: "aa01",
        days_ago: 400,
        author: "Ann Bell",
        message: "feat: take orders by mail\n\nCustomers asked for it.",
        files: &["src/mail.ts", "README.md"],
    },
    Told {
        hash: "aa02",
        days_ago: 300,
        author: "Bo Chen",
        message: "feat: keep the cart in a cookie (#12)",
        files: &["src/cart.ts"],
    },
    Told {
        hash: "aa03",
        days_ago: 200,
        author: "Ann Bell",
        message: "refactor: move the cart to a folder",
        files: &["src/cart/index.ts"],
    },
    Told {
        hash: "aa04",
        days_ago: 90,
        author: "Bo Chen",
        message: "feat!: drop the mail orders\n\nBREAKING CHANGE: nobody used them.",
        files: &["src/mail.ts"],
    },
    Told {
        hash: "aa05",
        days_ago: 40,
        author: "Cid Dunn",
        message: "fix: round prices up because of the tax office",
        files: &["src/price.ts"],
    },
    Told {
        hash: "aa06",
        days_ago: 20,
        author: "Ann Bell",
        message: "fix: build the price list again, latest version of the parser",
        files: &["src/build-price.ts"],
    },
    Told {
        hash: "aa07",
        days_ago: 5,
        author: "Bo Chen",
        message: "fix: a cart with two coupons, fixes #34",
        files: &["src/cart/index.ts"],
    },
    Told {
        hash: "aa08",
        days_ago: 1,
        author: "Ann Bell",
        message: "docs: say how prices are rounded",
        files: &["README.md", "docs/prices.md"],
    },
    Told {
        hash: "aa09",
        days_ago: 0,
        author: "Cid Dunn",
        message: "test: coupons",
        files: &["test/cart.test.ts"],
    },
];

pub fn shop() -> Store {
    let mut store = store(7);
    let mut parent = String::new();
    for told in &HISTORY {
        let mut one = commit(told, &parent);
        match told.hash {
            "aa01" => one.added = one.files.clone(),
            "aa02" => one.added = vec!["src/cart.ts".to_owned()],
            "aa03" => {
                one.renamed = vec![Renamed {
                    from: "src/cart.ts".to_owned(),
                    to: "src/cart/index.ts".to_owned(),
                }];
                one.tags = vec!["v1.0.0".to_owned()];
            }
            "aa04" => one.deleted = vec!["src/mail.ts".to_owned()],
            "aa06" => one.tags = vec!["v2.0.0".to_owned()],
            "aa07" => one.tags = vec!["v2.0.1".to_owned()],
            _ => {}
        }
        parent = told.hash.to_owned();
        store.learn(&project(), vec![one], UnixMillis(NOW)).unwrap();
    }
    flush(&mut store, UnixMillis(NOW));
    store
}

pub fn ask_with(store: &Store, text: &str, change: impl FnOnce(&mut Ask)) -> Answer {
    let mut ask = Ask {
        question: Question {
            text: text.to_owned(),
            now: UnixMillis(NOW),
            projects: vec![project().id],
            ..Question::default()
        },
        limit: 20,
        ..Ask::default()
    };
    change(&mut ask);
    store.index().ask(&ask).unwrap()
}

pub fn ask(store: &Store, text: &str) -> Answer {
    ask_with(store, text, |_| {})
}

/// Beginnings of the hashes of what fits.
pub fn fitting(answer: &Answer) -> Vec<&str> {
    let hits = answer.hits.iter().take(answer.fitting_hits);
    hits.map(|hit| hit.commit.as_deref().map_or("", |hash| &hash[..4]))
        .collect()
}

#[test]
fn a_time_lists_what_happened_then() {
    let store = shop();
    for (text, expected) in [
        ("what happened last month?", &["aa06", "aa05"][..]),
        ("what was done yesterday?", &["aa08"]),
        ("what changed since August 1st", &["aa09", "aa08", "aa07"]),
        ("show the last two commits", &["aa09", "aa08"]),
        (
            "what's the newest commit?",
            &[
                "aa09", "aa08", "aa07", "aa06", "aa05", "aa04", "aa03", "aa02", "aa01",
            ],
        ),
    ] {
        assert_eq!(fitting(&ask(&store, text)), expected, "{text}");
    }
}

#[test]
fn a_time_that_holds_nothing_names_the_nearest_memory() {
    let answer = ask(&shop(), "what happened in June 2019?");
    assert!(!answer.is_answered);
    assert!(
        matches!(answer.notes[..], [Note::NothingThen(Some(_))]),
        "{:?}",
        answer.notes
    );
}

#[test]
fn what_was_done_in_a_time_lists_what_tells_of_that_deed() {
    let store = shop();
    for (text, expected) in [
        ("what was dropped this year?", &["aa04"][..]),
        ("what was removed this year?", &["aa04"]),
        ("what was moved since January?", &["aa03"]),
        ("what did Ann Bell fix this year?", &["aa06"]),
        ("what was fixed last week?", &["aa07"]),
        ("what's new this week?", &["aa09", "aa08"]),
        ("anything new since yesterday?", &["aa09", "aa08"]),
    ] {
        assert_eq!(fitting(&ask(&store, text)), expected, "{text}");
    }
    // Where nothing tells of it, all of the time is there, and it is said so.
    let none = ask(&store, "what was reverted last week?");
    assert_eq!(none.notes, [Note::NothingWith(Aspect::Kind, 1)]);
    assert_eq!(fitting(&none), ["aa07"]);
}

#[test]
fn the_latest_release_is_one_of_those_that_are_known() {
    let store = shop();
    for (text, expected) in [
        ("what's in the latest release?", &["aa07"][..]),
        ("what changed since the last release?", &["aa09", "aa08"]),
        (
            "what came with the previous version?",
            &["aa06", "aa05", "aa04"],
        ),
        ("what was fixed in the previous release?", &["aa06", "aa05"]),
    ] {
        assert_eq!(fitting(&ask(&store, text)), expected, "{text}");
    }
    let listed = ask(&store, "which was the latest release?");
    assert!(
        listed
            .understood
            .iter()
            .all(|part| part.aspect != Aspect::Version)
    );
}

#[test]
fn what_is_next_to_a_time_that_holds_nothing_is_shown() {
    let answer = ask(&shop(), "what happened with the cart in June 2019?");
    assert!(!answer.is_answered);
    let near: Vec<_> = answer.hits.iter().map(|hit| &hit.title).collect();
    assert_eq!(answer.fitting_hits, 0);
    assert!(near[0].contains("cart in a cookie"), "{near:?}");
    let all = ask(&shop(), "what happened in June 2019?");
    assert_eq!(all.hits.len(), 5);
}

#[test]
fn who_is_answered_by_names_with_how_much_is_theirs() {
    let store = shop();
    let authors = |text: &str| {
        let notes = ask(&store, text).notes;
        notes.into_iter().find_map(|note| match note {
            Note::Authors(authors) => Some(authors),
            _ => None,
        })
    };
    let told = |names: &[(&str, u64)]| {
        let names = names
            .iter()
            .map(|(name, count)| ((*name).to_owned(), *count));
        Some(names.collect::<Vec<_>>())
    };
    let of_cart = told(&[("Bo Chen", 2), ("Ann Bell", 1), ("Cid Dunn", 1)]);
    assert_eq!(authors("who works on the cart?"), of_cart);
    assert_eq!(authors("who knows the cart best?"), of_cart);
    let all = told(&[("Ann Bell", 4), ("Bo Chen", 3), ("Cid Dunn", 2)]);
    assert_eq!(authors("who are the main contributors?"), all);
    assert_eq!(fitting(&ask(&store, "when did Cid Dunn join?"))[0], "aa05");
    // Who is asked about is known, and one thing alone stands in the list.
    assert_eq!(authors("what did Bo Chen do with the cart?"), None);
    assert_eq!(authors("who changed the cart last?"), None);
}

#[test]
fn a_file_lists_its_history_and_that_of_its_earlier_names() {
    let store = shop();
    for (text, expected) in [
        (
            "latest change to src/cart/index.ts",
            &["aa07", "aa03", "aa02"][..],
        ),
        ("README.md", &["aa08", "aa01"]),
        ("price.ts", &["aa05"]),
        ("who touched mail.ts last?", &["aa04", "aa01"]),
        ("when was src/mail.ts deleted?", &["aa04"]),
        ("when was src/mail.ts added?", &["aa01"]),
        (
            "which commit moved src/cart.ts to another folder?",
            &["aa03"],
        ),
        ("what changed in the docs folder", &["aa08"]),
    ] {
        assert_eq!(fitting(&ask(&store, text)), expected, "{text}");
    }
}

#[test]
fn this_file_is_the_one_at_hand() {
    let answer = ask_with(&shop(), "who changed this file last?", |ask| {
        ask.question.file = Some("src/cart/index.ts".to_owned());
    });
    assert_eq!(fitting(&answer), ["aa07", "aa03", "aa02"]);
}

#[test]
fn a_person_lists_what_is_theirs() {
    let store = shop();
    for (text, expected) in [
        ("what did Cid Dunn do?", &["aa09", "aa05"][..]),
        ("Ann's last commit", &["aa08", "aa06", "aa03", "aa01"]),
        ("commits by Bo Chen this year", &["aa07", "aa04"]),
        ("what did bo chen work on in August?", &["aa07"]),
    ] {
        assert_eq!(fitting(&ask(&store, text)), expected, "{text}");
    }
    let mine = ask_with(&store, "what did I work on this week?", |ask| {
        ask.question.me = Some("Cid Dunn".to_owned());
    });
    assert_eq!(fitting(&mine), ["aa09"]);
}

#[test]
fn a_version_lists_what_came_with_it() {
    let store = shop();
    for (text, expected) in [
        ("what went into v2.0.0?", &["aa06", "aa05", "aa04"][..]),
        (
            "changes between 1.0.0 and 2.0.1",
            &["aa07", "aa06", "aa05", "aa04"],
        ),
        ("what changed since v2.0.0", &["aa09", "aa08", "aa07"]),
        ("breaking changes in v2", &["aa04"]),
    ] {
        assert_eq!(fitting(&ask(&store, text)), expected, "{text}");
    }
    let released = ask(&store, "when was 2.0.0 released?");
    assert_eq!(released.hits[0].title, "Release v2.0.0");
    assert_eq!(released.fitting, 1);
}

#[test]
fn numbers_and_hashes_come_first() {
    let store = shop();
    assert_eq!(fitting(&ask(&store, "#12")), ["aa02"]);
    assert_eq!(fitting(&ask(&store, "what was PR 12 about?")), ["aa02"]);
    assert_eq!(fitting(&ask(&store, "issue 34")), ["aa07"]);
    assert_eq!(fitting(&ask(&store, "what did commit aa05 do?")), ["aa05"]);
    let none = ask(&store, "#99");
    assert!(!none.is_answered);
    assert_eq!(none.notes, [Note::NoNumber("#99".to_owned())]);
    // Not the question before it.
    let after = ask_with(&store, "#12", |ask| {
        ask.earlier = Some("who is Cid?".to_owned())
    });
    assert_eq!(fitting(&after), ["aa02"]);
}

#[test]
fn the_subject_is_looked_for_in_its_words_and_in_others_for_the_same() {
    let store = shop();
    assert_eq!(
        fitting(&ask(&store, "why are prices rounded up?"))[0],
        "aa05"
    );
    assert_eq!(
        fitting(&ask(&store, "why was ordering by mail removed?"))[0],
        "aa04"
    );
}

#[test]
fn a_name_that_is_known_nowhere_is_not_answered_by_other_words() {
    let answer = ask(&shop(), "when did we move the cart to GraphQL?");
    assert!(!answer.is_answered);
    assert!(
        answer
            .notes
            .contains(&Note::UnknownWord("GraphQL".to_owned()))
    );
}

#[test]
fn a_question_without_a_subject_leans_on_the_one_before() {
    let store = shop();
    let after = |text: &str, earlier: &str| {
        ask_with(&store, text, |ask| ask.earlier = Some(earlier.to_owned()))
    };
    let why = after("why?", "when did we drop the mail orders?");
    assert_eq!(fitting(&why)[0], "aa04");
    assert!(why.notes.contains(&Note::UsedEarlier));
    let other = after(
        "why are prices rounded up?",
        "when did we drop the mail orders?",
    );
    assert_eq!(fitting(&other)[0], "aa05");
    assert!(!other.notes.contains(&Note::UsedEarlier));
}

#[test]
fn what_was_understood_can_be_taken_off() {
    let store = shop();
    let text = "what did Ann Bell do last month?";
    let aspects: Vec<Aspect> = ask(&store, text)
        .understood
        .iter()
        .map(|part| part.aspect)
        .collect();
    assert_eq!(aspects, [Aspect::Person, Aspect::Time]);
    let anybody = ask_with(&store, text, |ask| {
        ask.question.without = vec![Aspect::Person]
    });
    assert!(
        anybody
            .understood
            .iter()
            .all(|part| part.aspect != Aspect::Person)
    );
    let anytime = ask_with(&store, text, |ask| {
        ask.question.without = vec![Aspect::Time]
    });
    assert_eq!(anytime.fitting, 4);
}

#[test]
fn what_happened_later_does_not_count_as_of_a_moment() {
    let answer = ask_with(&shop(), "what's the newest commit?", |ask| {
        ask.question.now = UnixMillis(NOW - 30 * DAY);
        ask.is_as_of = true;
    });
    assert_eq!(fitting(&answer)[0], "aa05");
}

#[test]
fn other_projects_are_looked_in_only_where_this_one_has_nothing() {
    let store = shop();
    let elsewhere = ask_with(&store, "why are prices rounded up?", |ask| {
        ask.question.projects = vec![Project::of(None, "file:///a/other").id];
    });
    assert!(elsewhere.notes.contains(&Note::Elsewhere));
    let here = ask_with(&store, "why are prices rounded up?", |ask| {
        ask.question.projects = vec![Project::of(None, "file:///a/other").id];
        ask.is_here_only = true;
    });
    assert!(!here.is_answered && here.hits.is_empty());
}

#[test]
fn what_was_forgotten_is_in_no_answer() {
    let mut store = shop();
    let id = ask(&store, "#12").hits[0].id;
    store.forget(&[id], UnixMillis(NOW)).unwrap();
    flush(&mut store, UnixMillis(NOW));
    assert!(!ask(&store, "#12").is_answered);
    assert_eq!(
        fitting(&ask(&store, "history of src/cart/index.ts")),
        ["aa07", "aa03"]
    );
}

#[test]
fn the_query_language_keeps_its_meaning() {
    let store = shop();
    assert_eq!(
        fitting(&ask(&store, "author:\"Cid Dunn\" type:bugfix")),
        ["aa05"]
    );
    assert_eq!(fitting(&ask(&store, "file:price.ts")), ["aa05"]);
    assert_eq!(fitting(&ask(&store, "\"two coupons\"")), ["aa07"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_question_panics(text in "\\PC{0,60}", earlier in "\\PC{0,20}") {
        thread_local!(static STORE: Store = shop());
        STORE.with(|store| {
            ask_with(store, &text, |ask| ask.earlier = Some(earlier));
        });
    }
}

#[test]
fn what_remains_without_a_part_is_told() {
    let store = shop();
    let notes = |text: &str| ask(&store, text).notes;
    // Each of the two alone is there.
    let [
        Note::NothingThen(Some(nearest)),
        Note::NothingWith(Aspect::Person, 1),
    ] = notes("what did Bo Chen do in July 2025?")[..]
    else {
        panic!("{:?}", notes("what did Bo Chen do in July 2025?"));
    };
    assert_eq!(nearest.0, NOW - 300 * DAY);
    for (text, expected) in [
        (
            "what did Cid Dunn change in src/mail.ts?",
            &[
                Note::NothingWith(Aspect::File, 2),
                Note::NothingWith(Aspect::Person, 2),
            ][..],
        ),
        (
            "who changed src/price.ts in v1.0.0?",
            &[
                Note::NothingWith(Aspect::File, 3),
                Note::NothingWith(Aspect::Version, 1),
            ],
        ),
        ("coupons by Zed", &[Note::UnknownWord("Zed".to_owned())]),
    ] {
        assert_eq!(notes(text), expected, "{text}");
    }
}

#[test]
fn conditions_hold_besides_the_question() {
    let store = shop();
    let with = |text: &str, filter: Filter| {
        let answer = ask_with(&store, text, |ask| ask.filter = filter);
        let hashes = fitting(&answer);
        hashes.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let of_cart = || Filter {
        files: vec!["src/cart/index.ts".to_owned()],
        ..Filter::default()
    };
    assert_eq!(with("", of_cart()), ["aa07", "aa03"]);
    assert_eq!(with("what did Ann Bell do?", of_cart()), ["aa03"]);
    let lately = Filter {
        since: Some(UnixMillis(NOW - 6 * DAY)),
        ..Filter::default()
    };
    assert_eq!(with("coupons", lately), ["aa09", "aa07"]);
}

#[test]
fn a_page_goes_on_behind_the_one_before() {
    let store = shop();
    let page = |offset, limit| {
        let answer = ask_with(&store, "what changed this year?", |ask| {
            (ask.offset, ask.limit) = (offset, limit);
            ask.order = Some(Direction::Oldest);
        });
        let hashes = fitting(&answer).into_iter().map(str::to_owned);
        (answer.fitting, answer.total, hashes.collect::<Vec<_>>())
    };
    assert_eq!(
        page(0, 2),
        (7, 7, vec!["aa03".to_owned(), "aa04".to_owned()])
    );
    assert_eq!(page(6, 2), (7, 7, vec!["aa09".to_owned()]));
    // No page lies behind the last that was asked for.
    let few = ask(&store, "the last 3 changes");
    assert_eq!((few.hits.len(), few.total, few.fitting > 3), (3, 3, true));
}

#[test]
fn a_word_is_found_while_it_is_typed_and_if_it_is_spelled_nearly_so() {
    let store = shop();
    let typed = ask_with(&store, "coup", |ask| ask.is_prefix = true);
    assert_eq!(fitting(&typed), ["aa09", "aa07"]);
    // A word that only asks, all alone, is what is looked for.
    assert!(fitting(&ask(&store, "remember")).is_empty());
    assert_eq!(fitting(&ask(&store, "show")).len(), 0);
    let misspelled = ask(&store, "cupons");
    assert!(!misspelled.is_answered);
    assert_eq!(misspelled.notes, [Note::UnknownWord("cupons".to_owned())]);
    assert_eq!(misspelled.hits.len(), 2);
}

#[test]
fn a_text_is_a_time_if_it_says_nothing_else() {
    let store = shop();
    let day = |back: i64| UnixMillis((NOW / DAY - back) * DAY);
    let until = |since, before| {
        Some(Period {
            since: Some(since),
            before: Some(before),
        })
    };
    let from = |since| {
        Some(Period {
            since: Some(since),
            before: None,
        })
    };
    for (text, expected) in [
        ("today", until(day(0), day(-1))),
        ("Yesterday", until(day(1), day(0))),
        ("last week", until(day(11), day(4))),
        ("last_week", until(day(11), day(4))),
        ("since yesterday", from(day(1))),
        (
            "before yesterday",
            Some(Period {
                since: None,
                before: Some(day(1)),
            }),
        ),
        ("2 days ago", until(day(2), day(1))),
        ("on Monday", until(day(4), day(3))),
        ("2026-08-01", until(day(13), day(12))),
        ("August", until(day(13), day(-18))),
        ("2026", until(day(225), day(-140))),
        ("7d", from(UnixMillis(NOW - 7 * DAY))),
        ("12h", from(UnixMillis(NOW - DAY / 2))),
        ("2026-08-14T09:00", from(UnixMillis(NOW - DAY / 24))),
        ("now", from(UnixMillis(NOW))),
        ("", None),
        ("prices", None),
        ("prices of yesterday", None),
        ("yesterday's prices", None),
        ("2026-13-01", None),
        ("soon", None),
    ] {
        assert_eq!(
            store.index().period(text, UnixMillis(NOW)),
            expected,
            "{text}"
        );
    }
}

#[test]
fn a_question_that_stands_alone_says_what_is_missing_whatever_was_asked_before() {
    let store = shop();
    for earlier in ["why are prices rounded up?", "#12"] {
        let answer = ask_with(&store, "what did Bo Chen do in July 2025?", |ask| {
            ask.earlier = Some(earlier.to_owned());
        });
        assert!(!answer.is_answered);
        let notes = answer.notes;
        assert!(!notes.contains(&Note::UsedEarlier), "{notes:?}");
        assert!(notes.contains(&Note::NothingWith(Aspect::Person, 1)));
    }
}

#[test]
fn who_names_no_project_is_told_of_what_may_not_be_believed_too() {
    let mut store = shop();
    let draft = Draft {
        origin: Some(Origin {
            trust: Trust::Low,
            ..origin()
        }),
        ..told("A teasel in a folder of strangers", "")
    };
    keep(&mut store, vec![draft], UnixMillis(NOW));
    let everywhere = ask_with(&store, "teasel", |ask| ask.question.projects.clear());
    assert_eq!(fitting(&everywhere).len(), 1);
    // From elsewhere it does not come by itself.
    assert!(fitting(&ask(&store, "teasel")).is_empty());
}

#[test]
fn a_question_of_a_kind_or_of_commits_stands_alone() {
    let store = shop();
    for text in ["what was the first commit?", "what was fixed?"] {
        let alone = ask(&store, text);
        assert!(alone.is_answered, "{text}");
        let after = ask_with(&store, text, |ask| {
            ask.earlier = Some("why are prices rounded up?".to_owned());
        });
        assert!(!after.notes.contains(&Note::UsedEarlier), "{text}");
        assert_eq!(fitting(&after), fitting(&alone), "{text}");
    }
    // What goes on says so.
    let after = ask_with(&store, "and who did that?", |ask| {
        ask.earlier = Some("why are prices rounded up?".to_owned());
    });
    assert!(after.notes.contains(&Note::UsedEarlier));
}

pub fn after(store: &Store, text: &str, earlier: &str) -> Answer {
    ask_with(store, text, |ask| ask.earlier = Some(earlier.to_owned()))
}

#[test]
fn that_stands_for_what_was_asked_before() {
    let store = shop();
    for text in [
        "when was that dropped?",
        "and why was that needed?",
        "who did this?",
    ] {
        let answer = after(&store, text, "when did we drop the mail orders?");
        assert_eq!(fitting(&answer)[0], "aa04", "{text}");
        assert!(answer.notes.contains(&Note::UsedEarlier), "{text}");
    }
    let own = after(
        &store,
        "which commit keeps the cart in this project?",
        "when did we drop the mail orders?",
    );
    assert_eq!(fitting(&own)[0], "aa02");
    assert!(!own.notes.contains(&Note::UsedEarlier));
}

#[test]
fn what_goes_on_with_a_question_is_asked_of_the_same() {
    let store = shop();
    let first = |earlier: &str| fitting(&after(&store, "and the cart?", earlier))[0].to_owned();
    assert_eq!(first("what do we keep in a cookie?"), "aa02");
    assert_eq!(first("what stands in a folder?"), "aa03");
}

#[test]
fn which_kind_is_not_what_is_asked_about() {
    let mut store = store(3);
    let commit = |hash: &str, message: &str| Commit {
        hash: format!("{hash:0<40}"),
        message: message.to_owned(),
        at: NOW - DAY,
        ..Commit::default()
    };
    let mut commits: Vec<Commit> = (0..60)
        .map(|n| {
            commit(
                &format!("b{n:03}"),
                &format!("test res.sendFile number {n}"),
            )
        })
        .collect();
    commits.push(commit("aa01", "Deprecate sendfile"));
    store.learn(&project(), commits, UnixMillis(NOW)).unwrap();
    flush(&mut store, UnixMillis(NOW));
    let answer = after(
        &store,
        "and which function did it make obsolete?",
        "when was sendFile added?",
    );
    assert_eq!(fitting(&answer)[0], "aa01");
}

#[test]
fn a_session_is_found_by_what_one_of_its_turns_says() {
    let mut store = store(3);
    let summary = |session: &str, request: &str| {
        let mut draft = draft(Body::Summary(Summary {
            request: Some(request.to_owned()),
            ..Summary::default()
        }));
        draft.origin = Some(in_session(session));
        draft
    };
    keep(
        &mut store,
        vec![
            prompt("a", 1, "why does the thermostat drift at night?"),
            prompt("b", 1, "rename the buttons"),
            summary("a", "Worked on the sensors"),
            summary("b", "Renamed the buttons"),
            told("The proxy closes idle sessions", ""),
        ],
        UnixMillis(NOW),
    );
    let about = |text: &str| {
        let answer = ask_with(&store, text, |ask| ask.question.projects = Vec::new());
        let hits = answer.hits.into_iter().take(answer.fitting_hits);
        hits.map(|hit| hit.title).collect::<Vec<_>>()
    };
    assert_eq!(
        about("sessions about the thermostat"),
        ["Worked on the sensors"]
    );
    assert_eq!(about("sessions about buttons"), ["Renamed the buttons"]);
    // Where no session is about it, `sessions` is a word like others.
    assert_eq!(
        about("which sessions does the proxy close?"),
        ["The proxy closes idle sessions"]
    );
}

#[test]
fn what_a_session_came_to_stands_before_the_prompt_that_asked_for_it() {
    let mut store = store(3);
    let summary = |session: &str, request: &str, notes: &str| {
        let mut draft = draft(Body::Summary(Summary {
            request: Some(request.to_owned()),
            notes: Some(notes.to_owned()),
            ..Summary::default()
        }));
        draft.origin = Some(in_session(session));
        draft
    };
    let asked = "uploads from the buoys time out when the sea is rough";
    keep(
        &mut store,
        vec![
            prompt("a", 1, asked),
            prompt("b", 1, "rename the buttons of the buoys"),
            summary(
                "a",
                asked,
                &"It gives up after four attempts; the modem needs as long to find its network. "
                    .repeat(30),
            ),
            summary("b", "Renamed the buttons", "They are called as on the map."),
        ],
        UnixMillis(NOW),
    );
    let kinds = |text: &str| {
        let answer = ask_with(&store, text, |ask| ask.question.projects = Vec::new());
        let hits = answer.hits.into_iter();
        hits.map(|hit| (hit.kind.as_str(), hit.title))
            .collect::<Vec<_>>()
    };
    let found = kinds("why do uploads from the buoys time out?");
    assert_eq!(found[0], ("summary", asked.to_owned()));
    assert_eq!(found[1], ("prompt", asked.to_owned()));
    // A prompt that the summary does not begin with stands where its words put it.
    assert_eq!(kinds("rename the buttons of the buoys")[0].0, "prompt");
}
