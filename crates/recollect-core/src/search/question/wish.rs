//! What is wished for: in which order, how many, of which kind, what was done; and the words that
//! only ask.

use super::calendar::number;
use super::words::{Word, Words};

/// What comes first in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// What happened last.
    Newest,
    /// What happened first.
    Oldest,
}

impl Direction {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}

/// What was done to what is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Introduced,
    Removed,
    Deprecated,
    Moved,
    /// Another thing is used for it.
    Replaced,
    Fixed,
    Reverted,
    Released,
}

/// Which kind of memory is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Decision,
    Bugfix,
    Feature,
    Refactor,
    Breaking,
    Security,
    Release,
    Merge,
    Session,
}

impl Sort {
    /// The name in JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Bugfix => "bugfix",
            Self::Feature => "feature",
            Self::Refactor => "refactor",
            Self::Breaking => "breaking",
            Self::Security => "security",
            Self::Release => "release",
            Self::Merge => "merge",
            Self::Session => "session",
        }
    }
}

/// What a question asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) direction: Option<Direction>,
    pub(crate) limit: Option<u32>,
    pub(crate) deed: Option<Deed>,
    pub(crate) sort: Option<Sort>,
    pub(crate) sort_text: String,
    /// Whether it asks for one thing, by `when`, `who` or `which commit`, and not for a list.
    pub(crate) is_of_one: bool,
    pub(crate) asks_why: bool,
    pub(crate) asks_when: bool,
    pub(crate) asks_who: bool,
    /// Whether it asks if or when something was, so that it may never have been.
    pub(crate) asks_whether: bool,
    /// Whether all who took part are asked for.
    pub(crate) is_of_people: bool,
    /// Whether those of them are asked for who were not there before.
    pub(crate) is_of_newcomers: bool,
    /// Whether files are asked for, by how often they changed.
    pub(crate) is_of_files: bool,
    /// Whether the release that brought something is asked for.
    pub(crate) asks_version: bool,
    /// Whether commits alone are asked for.
    pub(crate) is_of_commits: bool,
}

/// Words that stand for what is remembered.
const THINGS: &str = "
    commit commits change changes work works stuff things thing history everything anything
    something activity activities news edits edit modifications modification contributions
    contribution logic functionality memories memory entries entry update updates progress log timeline development
    developments happenings events one ones time times date person people author authors someone
    somebody anyone anybody all list overview summary repo repository project codebase";

/// Verbs that say no more than that something was done.
const DOINGS: &str = "
    happen happened happening happens change changed changing changes touch touched touching
    edit edited editing modify modified work worked working commit committed merge merged land
    landed ship shipped contribute contributed go going went gone done doing do did made make
    come came coming occur occurred got wrote authored
    affect affected affecting
    reviewed been being up about since concerning regarding related";

/// Words that only ask, beside those that search leaves out anyhow.
const ASKING: &str = "
    show list give find tell see look display print want need needed which what who whom whose when
    where why how us me please was were is are be been has have had did does do can could would
    should the a an of in on to for by at with and or from into that this these those it its
    there i we you our my your they them he she his her their so far ever yet now then also just
    again any some more most recall remember know summarize summarise explain describe reason
    reasons what's who's as but if ago let let's hey hi ok thanks thank exactly actually really
    already still out off no not longer anymore can't cannot won't doesn't isn't don't didn't
    aren't wasn't very every own than like way through against after before while without
    because due only same such kind sort part used using use given taken kept keep telling told
    turn leave left rather whether too much many else nobody usually often frequently frequent
    typically commonly get gets getting got i'm i've i'd wondering curious trying figure
    think guess maybe perhaps possibly probably mention mentions mentioning mentioned whats whos
    hows whens wheres purpose behind under over around
    several away back";

const INTRODUCED: &str = "
    added add introduced introduce created create implemented implement brought adopted adopt
    began begin started start";
const REMOVED: &str = "
    removed remove deleted delete dropped drop stopped stop discontinued abandoned ditched
    eliminated";
const DEPRECATED: &str = "
    deprecated deprecate deprecations obsolete obsoleted superseded";
const MOVED: &str = "
    moved move renamed rename relocated";
const REPLACED: &str = "
    replaced replace replacing switched switching swapped";
const FIXED: &str = "
    fixed fix solved solve repaired repair resolved";
const REVERTED: &str = "
    reverted revert reverts undone undo";
const RELEASED: &str = "
    released release published publish tagged";

fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|one| one == word)
}

/// Whether a word says nothing of the subject.
pub(super) fn says_nothing(word: &str) -> bool {
    has(ASKING, word) || !word.contains(char::is_alphanumeric)
}

/// Whether a word stands for anything that is remembered or done.
pub(super) fn is_general(word: &str) -> bool {
    has(THINGS, word) || has(DOINGS, word)
}

/// Takes what a question wishes for.
///
/// `has_file` says that a file is named.
pub(super) fn take(words: &mut Words<'_>, has_file: bool) -> Wish {
    let mut wish = Wish::default();
    let first = words.list.iter().find(|word| {
        !matches!(
            word.lower.as_str(),
            "and" | "so" | "but" | "please" | "ok" | "hey"
        )
    });
    let first = first.map_or("", |word| word.lower.as_str()).to_owned();
    wish.asks_why = asks_why(words, &first);
    wish.asks_when = first == "when" || first == "since" && words.lower(1) == "when";
    wish.asks_who = first.starts_with("who");
    wish.asks_whether = wish.asks_when || matches!(&*first, "was" | "were" | "is" | "has" | "have");
    let is_which = first == "which"
        && matches!(
            words.lower(1),
            "commit" | "release" | "version" | "change" | "pr"
        );
    wish.is_of_one = wish.asks_when || wish.asks_who || is_which;
    wish.is_of_commits = words
        .list
        .iter()
        .any(|word| matches!(word.lower.as_str(), "commit" | "commits" | "committed"));
    take_new(words);
    take_people(words, &mut wish);
    take_files(words, &mut wish, has_file);
    take_version(words, &mut wish);
    take_sort(words, &mut wish);
    take_order(words, &mut wish);
    note_deed(words, &mut wish);
    wish
}

/// Whether a question asks for a reason.
fn asks_why(words: &Words<'_>, first: &str) -> bool {
    const PHRASES: [&str; 10] = [
        "how come",
        "what caused",
        "what drove",
        "what motivated",
        "what made",
        "what led",
        "what stops",
        "what was wrong",
        "what is wrong",
        "what for",
    ];
    let is_reason =
        |word: &Word<'_>| matches!(word.lower.as_str(), "reason" | "reasons" | "rationale");
    first == "why"
        || words.list.iter().any(is_reason)
        || PHRASES.iter().any(|phrase| words.is_at(0, phrase))
}

/// Takes what only says that people are asked for: `the main contributors`, `who knows`; and `join`,
/// by which the first that somebody did is meant.
fn take_people(words: &mut Words<'_>, wish: &mut Wish) {
    const PEOPLE: &str = "
        contributor contributors maintainer maintainers committer committers author authors
        reviewer reviewers owner owners expert experts people developers";
    const MAIN: &str = "
        main top biggest most active core key busiest new many which list show what 3 5 10";
    const KNOWING: [&str; 14] = [
        "who owns",
        "who own",
        "who knows",
        "who maintains",
        "who should i ask",
        "who can i ask",
        "who do i ask",
        "who to ask",
        "who should review",
        "who can review",
        "who is responsible",
        "who is familiar",
        "who's responsible",
        "who's familiar",
    ];
    let is_led = |words: &Words<'_>, at: usize| wish.asks_who || has(MAIN, words.before(at));
    if let Some(at) =
        (0..words.list.len()).find(|at| has(PEOPLE, words.lower(*at)) && is_led(words, *at))
    {
        let mut from = at;
        while from > 0 && has(MAIN, words.lower(from - 1)) {
            from -= 1;
        }
        wish.is_of_newcomers = (from..at).any(|at| words.lower(at) == "new");
        words.take(from, at + 1);
        wish.is_of_people = true;
        wish.asks_who = true;
    } else if let Some(phrase) = KNOWING.iter().find(|phrase| words.is_at(0, phrase)) {
        words.take(0, phrase.split(' ').count());
        if let Some(last) = words.list.len().checked_sub(1)
            && words.lower(last) == "best"
        {
            words.take(last, last + 1);
        }
        wish.is_of_people = true;
    }
    // `when did the project start?`, `when did Ann begin contributing?`, `how old is this?`
    let begins = |at: &usize| match words.lower(*at) {
        "join" | "joined" => true,
        "start" | "started" | "begin" | "began" => matches!(
            words
                .list
                .get(*at + 1)
                .map_or("", |word| word.lower.as_str()),
            "" | "contributing" | "working" | "committing" | "here"
        ),
        "old" => *at == 1,
        _ => false,
    };
    if (wish.asks_when || words.before(1) == "how")
        && let Some(at) = (0..words.list.len()).find(begins)
    {
        wish.direction = Some(Direction::Oldest);
        let is_led = matches!(words.lower(at + 1), "contributing" | "committing");
        words.take(at, at + 1 + usize::from(is_led));
    }
}

/// Takes what only says that files are asked for: `which files`, `the most changed files`, and
/// `together with` the one that is named.
fn take_files(words: &mut Words<'_>, wish: &mut Wish, has_file: bool) {
    const LED: &str = "
        which what list show most all changed modified touched edited added new removed deleted
        renamed moved created";
    const FOLLOWED: &str = "
        touched changed modified edited usually often that most frequently added removed deleted";
    const TOGETHER: &str = "
        together along alongside co-change co-changes cochange cochanges coupled else";
    for at in 0..words.list.len() {
        let word = words.lower(at);
        let is_files = match word {
            "hotspot" | "hotspots" => true,
            "file" | "files" => {
                let may_begin = matches!(words.before(at), "" | "the" | "of");
                has(LED, words.before(at)) || may_begin && has(FOLLOWED, words.lower(at + 1))
            }
            _ => has_file && has(TOGETHER, word) && words.before(at) != "who",
        };
        if is_files {
            wish.is_of_files = true;
            words.take(at, at + 1);
        }
    }
}

/// Takes what says that the release of something is asked for: `in which version`.
fn take_version(words: &mut Words<'_>, wish: &mut Wish) {
    let asks = |at: &usize| {
        let is_which = matches!(words.before(*at), "which" | "what");
        // `the first version` is the oldest; `the first version with` brought something.
        let is_first = words.before(*at) == "first"
            && matches!(
                words.lower(*at + 1),
                "with" | "that" | "to" | "where" | "which"
            );
        matches!(words.lower(*at), "release" | "version") && (is_which || is_first)
    };
    let Some(at) = (0..words.list.len()).find(asks) else {
        return;
    };
    let is_verb = matches!(
        words.lower(at + 1),
        "contains" | "contained" | "includes" | "included" | "has" | "with" | "brought"
    );
    words.take(at - 1, at + 1 + usize::from(is_verb));
    wish.asks_version = true;
}

/// Takes `new` where it asks what there is: `what's new in v5?`, `anything new this week?`.
fn take_new(words: &mut Words<'_>) {
    let asks = |at: usize| {
        let is_told_of = matches!(
            words.before(at),
            "what" | "whats" | "is" | "was" | "anything" | "something" | "everything"
        );
        let ends = words.list.get(at).is_some_and(|word| word.ends_part);
        let next = words
            .list
            .get(at + 1)
            .map_or("", |word| word.lower.as_str());
        let is_followed = matches!(
            next,
            "" | "in"
                | "since"
                | "for"
                | "with"
                | "from"
                | "between"
                | "this"
                | "last"
                | "here"
                | "today"
                | "yesterday"
                | "after"
        );
        words.lower(at) == "new" && is_told_of && (ends || is_followed)
    };
    if let Some(at) = (0..words.list.len()).find(|at| asks(*at)) {
        words.take(at, at + 1);
    }
}

fn take_sort(words: &mut Words<'_>, wish: &mut Wish) {
    const PHRASES: &[(&str, Sort)] = &[
        ("breaking changes", Sort::Breaking),
        ("breaking change", Sort::Breaking),
        ("incompatible changes", Sort::Breaking),
        ("backwards incompatible", Sort::Breaking),
        ("security fixes", Sort::Security),
        ("security fix", Sort::Security),
        ("security issues", Sort::Security),
        ("security problems", Sort::Security),
        ("security patches", Sort::Security),
        ("vulnerability fixes", Sort::Security),
        ("bug fixes", Sort::Bugfix),
        ("new features", Sort::Feature),
    ];
    const WORDS: &[(&str, Sort)] = &[
        ("broke", Sort::Breaking),
        ("breaks", Sort::Breaking),
        ("incompatibilities", Sort::Breaking),
        ("vulnerabilities", Sort::Security),
        ("decisions", Sort::Decision),
        ("decided", Sort::Decision),
        ("decide", Sort::Decision),
        ("bugfixes", Sort::Bugfix),
        ("bugfix", Sort::Bugfix),
        ("bugs", Sort::Bugfix),
        ("fixes", Sort::Bugfix),
        ("features", Sort::Feature),
        ("refactorings", Sort::Refactor),
        ("refactors", Sort::Refactor),
        ("releases", Sort::Release),
        ("sessions", Sort::Session),
        ("session", Sort::Session),
    ];
    // `the last release` is one, and `release` alone is what somebody does.
    const RELEASES: [&str; 6] = ["release", "version", "tag", "versions", "tags", "releases"];
    for from in 0..words.list.len() {
        let found = PHRASES.iter().find(|(phrase, _)| words.is_at(from, phrase));
        let is_release = RELEASES.contains(&words.lower(from))
            && matches!(
                words.before(from),
                "last" | "latest" | "newest" | "first" | "previous" | "what" | "which" | "all"
            );
        let found = found.or(is_release.then_some(&("release", Sort::Release)));
        let found = found.or_else(|| WORDS.iter().find(|(word, _)| words.lower(from) == *word));
        // A reason is asked for: what it is of is the subject.
        let found = found.filter(|(_, sort)| !wish.asks_why || *sort == Sort::Decision);
        // `how does it decide` asks of what something does.
        let found =
            found.filter(|(word, _)| !word.starts_with("decide") || words.before(1) != "how");
        if let Some((phrase, sort)) = found {
            wish.sort = Some(*sort);
            words
                .take(from, from + phrase.split(' ').count())
                .clone_into(&mut wish.sort_text);
            return;
        }
    }
}

fn take_order(words: &mut Words<'_>, wish: &mut Wish) {
    for from in 0..words.list.len() {
        let lower = words.lower(from);
        let next = words.lower(from + 1).to_owned();
        let before = words.before(from).to_owned();
        let is_thing = |word: &str| {
            is_general(word)
                || matches!(
                    word,
                    "release"
                        | "version"
                        | "tag"
                        | "fix"
                        | "bug"
                        | "session"
                        | "decision"
                        | "feature"
                        | "in"
                        | "to"
                        | "by"
                        | "of"
                        | ""
                )
        };
        let (direction, count) = match lower {
            "latest" | "newest" | "recent" => (Direction::Newest, 1),
            "recently" | "lately" => (Direction::Newest, 1),
            "most" if next == "recent" || next == "recently" => (Direction::Newest, 2),
            "last" if is_thing(&next) || is_general(&before) || number(&next).is_some() => {
                (Direction::Newest, 1)
            }
            "last" if words.list.get(from).is_some_and(|word| word.ends_part) => {
                (Direction::Newest, 1)
            }
            "oldest" | "earliest" | "originally" => (Direction::Oldest, 1),
            "first" | "initial"
                if is_thing(&next) || has(INTRODUCED, next.as_str()) || number(&next).is_some() =>
            {
                (Direction::Oldest, 1)
            }
            "first"
                if before == "who" || words.list.get(from).is_some_and(|word| word.ends_part) =>
            {
                (Direction::Oldest, 1)
            }
            _ => continue,
        };
        wish.direction = Some(direction);
        let end = from + count;
        let many = number(words.lower(end))
            .filter(|many| (1..=200).contains(many) && words.lower(end) != "a");
        match many {
            Some(many) => {
                wish.limit = u32::try_from(many).ok();
                words.take(from, end + 1);
            }
            None => {
                // `the newest commit` is one.
                let is_one = matches!(words.lower(end), "commit" | "change" | "release" | "one");
                if is_one && before == "the" {
                    wish.is_of_one = true;
                }
                words.take(from, end);
            }
        }
        return;
    }
}

fn note_deed(words: &Words<'_>, wish: &mut Wish) {
    const DEEDS: [(Deed, &str); 8] = [
        (Deed::Released, RELEASED),
        (Deed::Removed, REMOVED),
        (Deed::Deprecated, DEPRECATED),
        (Deed::Moved, MOVED),
        (Deed::Replaced, REPLACED),
        (Deed::Reverted, REVERTED),
        (Deed::Fixed, FIXED),
        (Deed::Introduced, INTRODUCED),
    ];
    const PHRASES: [(&str, Deed); 23] = [
        ("come out", Deed::Released),
        ("came out", Deed::Released),
        ("get rid", Deed::Removed),
        ("got rid", Deed::Removed),
        ("thrown out", Deed::Removed),
        ("moving from", Deed::Replaced),
        ("moved away from", Deed::Replaced),
        ("no longer", Deed::Removed),
        ("any more", Deed::Removed),
        ("anymore", Deed::Removed),
        ("leave the", Deed::Removed),
        ("thrown away", Deed::Removed),
        ("taken out", Deed::Removed),
        ("took out", Deed::Removed),
        ("take back", Deed::Reverted),
        ("given up", Deed::Removed),
        ("gave up", Deed::Removed),
        ("is gone", Deed::Removed),
        ("are gone", Deed::Removed),
        ("taken back", Deed::Reverted),
        ("rolled back", Deed::Reverted),
        ("went back on", Deed::Reverted),
        ("go back on", Deed::Reverted),
    ];
    let places = 0..words.list.len();
    // `moved` may only tell of which page, and `fix` of what was reverted, where these stand, too.
    let phrase = places.clone().find_map(|from| {
        let mut phrases = PHRASES.iter();
        phrases.find(|(phrase, _)| words.is_at(from, phrase))
    });
    let phrase = phrase.map(|(_, deed)| *deed);
    // `where did it go?`, `why is it gone?`
    let goes = words
        .list
        .last()
        .is_some_and(|last| matches!(last.lower.as_str(), "go" | "gone"));
    let phrase = phrase.or((goes && !words.is_at(0, "when")).then_some(Deed::Removed));
    let has_reverted = || places.clone().any(|at| has(REVERTED, words.lower(at)));
    wish.deed = phrase.or_else(|| has_reverted().then_some(Deed::Reverted));
    if wish.deed.is_some() {
        return;
    }
    for from in places {
        let word = words.lower(from);
        if let Some((deed, _)) = DEEDS.iter().find(|(_, names)| has(names, word)) {
            // `release notes` and `start page` are things.
            let is_noun = matches!(
                word,
                "release" | "fix" | "start" | "move" | "drop" | "stop" | "ship"
            ) && !matches!(
                words.before(from),
                "we" | "i" | "they" | "you" | "to" | "did"
            );
            if !is_noun || *deed == Deed::Fixed {
                wish.deed = Some(*deed);
                return;
            }
        }
    }
}

/// The kind of which nothing but its words is left of a question: `which of my commits fixed a bug?`
pub(super) fn sort_alone(rest: &str) -> Option<Sort> {
    const KINDS: [(Sort, &str); 8] = [
        (Sort::Bugfix, "bug fix issue problem fixing"),
        (Sort::Feature, "feature"),
        (Sort::Refactor, "refactor refactoring cleanup"),
        (Sort::Decision, "decision"),
        (Sort::Security, "security vulnerability"),
        (Sort::Merge, "merge merges merged"),
        (Sort::Breaking, "breaking"),
        (Sort::Release, "release version tag"),
    ];
    let mut words = rest.split(' ').map(str::to_lowercase);
    let mut found = None;
    let is_all = words.all(|word| {
        let kind = KINDS.iter().find(|(_, names)| has(names, &word));
        found = kind.map(|(sort, _)| *sort).or(found);
        kind.is_some() || is_deed(&word)
    });
    found.filter(|_| is_all)
}

/// Whether a word is that of a deed.
pub(crate) fn is_deed(word: &str) -> bool {
    [
        INTRODUCED, REMOVED, DEPRECATED, MOVED, REPLACED, FIXED, REVERTED, RELEASED,
    ]
    .iter()
    .any(|names| has(names, word))
}

/// Words by which memories tell of a deed.
pub(crate) fn words_of(deed: Deed) -> &'static [&'static str] {
    match deed {
        Deed::Introduced => &[
            "add",
            "introduce",
            "implement",
            "support",
            "new",
            "create",
            "initial",
            "allow",
            "feat",
            "enable",
        ],
        Deed::Removed => &[
            "remove",
            "drop",
            "delete",
            "rid",
            "kill",
            "prune",
            "replace",
            "deprecate",
            "disable",
            "dont",
            "don",
            "ignore",
            "switch",
            "optional",
            "stop",
            "prevent",
            "skip",
            "avoid",
        ],
        Deed::Deprecated => &["deprecate", "obsolete", "supersede"],
        Deed::Replaced => &["replace", "switch", "instead", "swap", "migrate"],
        Deed::Moved => &["move", "rename", "relocate"],
        Deed::Fixed => &["fix", "resolve", "correct", "repair", "prevent"],
        Deed::Reverted => &["revert", "undo", "restore", "rollback"],
        Deed::Released => &["release"],
    }
}

/// Words by which titles tell of a deed where nothing else is asked for; none where a list of it is
/// no help.
pub(crate) fn listed_by(deed: Deed) -> &'static [&'static str] {
    match deed {
        Deed::Introduced => &["add", "introduce", "implement", "create"],
        Deed::Removed => &["remove", "remov", "drop", "dropp", "delete", "delet", "rid"],
        Deed::Deprecated => &["deprecate", "deprecat", "obsolete", "supersede"],
        Deed::Replaced => &["replace", "replac", "switch", "swap", "migrate"],
        Deed::Moved => &["move", "mov", "rename", "renam", "relocate"],
        Deed::Fixed => &["fix", "resolve", "correct", "repair"],
        Deed::Reverted => &["revert", "undo", "rollback"],
        Deed::Released => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: Option<Deed>) {
        let wish = take(&mut Words::of(question), false);
        assert_eq!(wish.deed, expected, "{question}");
    }

    #[test]
    fn what_was_done_is_told_by_the_verb_and_not_by_what_it_was_done_to() {
        check("why was the fix taken back?", Some(Deed::Reverted));
        check(
            "who reverted the fix for added headers?",
            Some(Deed::Reverted),
        );
        check(
            "why is a moved page not shown any more?",
            Some(Deed::Removed),
        );
        check("why are names no longer added?", Some(Deed::Removed));
        check("when was the moved page added?", Some(Deed::Moved));
        check(
            "which function did it make obsolete?",
            Some(Deed::Deprecated),
        );
        check("reason for moving from npm to pnpm", Some(Deed::Replaced));
        check("what is in the release notes?", None);
    }

    #[test]
    fn a_reason_is_asked_for_in_several_ways() {
        for question in [
            "why is it so?",
            "how come it is slow?",
            "what made us leave it?",
            "reason for the split",
            "and why?",
        ] {
            assert!(take(&mut Words::of(question), false).asks_why, "{question}");
        }
        assert!(!take(&mut Words::of("what changed?"), false).asks_why);
    }
}
