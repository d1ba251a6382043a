//! From a commit to an observation, by rules alone.
//!
//! | field | from |
//! | --- | --- |
//! | type | the Conventional Commits word, the gitmoji, else the first words: `Fix …` is a bugfix, `Switch to …` a decision |
//! | title | the first line without that word, emoji and `(#123)`; a scope stays: `parser: accept empty input` |
//! | subtitle | the short hash and the author's name, never the address |
//! | narrative | the rest without trailers, broken lines joined |
//! | facts | `BREAKING CHANGE: …`, `Fixes #12`, `Reverts 1a2b3c4`, `Pull request #123` |
//! | concepts | by type and by words such as `because` and `rather than`; the scopes |
//!
//! Of a merged pull request the title is the request's. The same commit always
//! gives the same observation. Words are looked for in English.

mod body;
mod squash;
mod subject;
pub(crate) mod suggest;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use self::body::Story;
use self::subject::Subject;
use self::words::Words;
use crate::derive::note::telling;
use crate::intake::privacy::{self, UserRules};
use crate::log::record::ObservationType::{self, Change, Decision};
use crate::log::record::{Git, Observation, Renamed};
use crate::text::{cut, first_line, one_line};

/// Most bytes of a title.
const MAX_TITLE_BYTES: usize = 512;
/// Most bytes of a narrative.
const MAX_NARRATIVE_BYTES: usize = 32 * 1024;
/// Most files that are named; a fact says how many more there are.
const MAX_FILES: usize = 200;
/// Most facts, and most bytes of one.
const MAX_FACTS: usize = 32;
const MAX_FACT_BYTES: usize = 512;
/// Most concepts, and most bytes of one.
const MAX_CONCEPTS: usize = 16;
const MAX_CONCEPT_BYTES: usize = 64;
/// Most bytes of a tag's name.
const MAX_TAG_BYTES: usize = 128;
/// Characters of a hash that people use.
const SHORT_HASH: usize = 7;

/// A commit of a repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Its whole hash.
    pub hash: String,
    /// Its whole message; may hold privacy tags.
    pub message: String,
    /// When its author made it, Unix milliseconds.
    pub at: i64,
    /// When it was committed, Unix milliseconds, where that is another time.
    pub committed_at: Option<i64>,
    /// Who made it, with or without an address, which is not kept.
    pub author: Option<String>,
    /// Files it changed, relative to the repository, by their paths after it.
    pub files: Vec<String>,
    /// Hashes of the commits that it follows.
    pub parents: Vec<String>,
    /// Those of the files that were not there before.
    pub added: Vec<String>,
    /// Those of the files that are gone since.
    pub deleted: Vec<String>,
    /// Those of the files that had another path before.
    pub renamed: Vec<Renamed>,
    /// Names of the tags that stand at it.
    pub tags: Vec<String>,
}

/// What is worth remembering of a commit, or `None` if its message is private
/// as a whole.
///
/// ```
/// use recollect_core::derive::commit::{Commit, observe};
/// use recollect_core::log::record::ObservationType;
///
/// let commit = Commit {
///     hash: "1a2b3c4d5e6f".into(),
///     message: "fix(parser): accept empty input (#12)".into(),
///     ..Commit::default()
/// };
/// let observation = observe(&commit).expect("nothing is private");
/// assert_eq!(observation.observation_type, ObservationType::Bugfix);
/// assert_eq!(observation.title, "parser: accept empty input");
/// assert_eq!(observation.facts, ["Pull request #12"]);
/// ```
#[must_use]
pub fn observe(commit: &Commit) -> Option<Observation> {
    observe_with(commit, &UserRules::default())
}

/// As [`observe`], with the rules of a user.
pub(crate) fn observe_with(commit: &Commit, rules: &UserRules) -> Option<Observation> {
    let Commit {
        hash,
        message,
        at: _,
        committed_at: _,
        author,
        files,
        parents,
        added,
        deleted,
        renamed,
        tags: _,
    } = commit;
    // Before it is split: a tag may be opened in the first line and not closed,
    // and half a secret is not recognised.
    let message = privacy::clean_and_strip(message);
    if message.is_private_as_a_whole() {
        return None;
    }
    let author = author.as_deref().map(Author::parse).unwrap_or_default();
    let message = author.without_address(&rules.redact(&message.text).text);

    let Parts { line, body, merged } = Parts::of(&message);
    let subject = Subject::parse(line);
    let story = Story::parse(body, &[line, &subject.title, &subject.statement]);
    let observation_type = match merged {
        // The line of a merge that has no title of its own names branches.
        Some(Merged {
            has_title: false, ..
        }) => ObservationType::Change,
        _ => match subject.observation_type(story.closes_bug) {
            Change if subject.declared.is_none() && story.says_decided() => Decision,
            told => told,
        },
    };
    let mut concepts = concepts(&subject, &story, observation_type);
    if merged.as_ref().is_some_and(|merged| !merged.has_title) && concepts.len() < MAX_CONCEPTS {
        concepts.push(Git::MERGE.to_owned());
    }

    let mut facts = story.facts;
    facts.extend(
        subject
            .pull_request
            .map(|number| format!("Pull request #{number}")),
    );
    facts.extend(
        merged
            .map(|merged| merged.fact)
            .filter(|fact| !fact.is_empty()),
    );
    facts.truncate(MAX_FACTS - 1);
    if files.len() > MAX_FILES {
        facts.push(format!("{} more files changed", files.len() - MAX_FILES));
    }
    let short_hash: String = hash.chars().take(SHORT_HASH).collect();
    let title = match one_line(&subject.title) {
        title if !title.is_empty() => title,
        _ if short_hash.is_empty() => String::from("Commit without a message"),
        _ => format!("Commit {short_hash} without a message"),
    };
    let narrative = cut(&story.text, MAX_NARRATIVE_BYTES);
    Some(Observation {
        observation_type,
        is_cut: title.len() > MAX_TITLE_BYTES || narrative.len() != story.text.len(),
        title: cut(&title, MAX_TITLE_BYTES).into_owned(),
        subtitle: author.subtitle(&short_hash),
        narrative: (!narrative.is_empty()).then(|| narrative.into_owned()),
        facts: facts
            .iter()
            .map(|fact| cut(fact, MAX_FACT_BYTES).into_owned())
            .collect(),
        concepts,
        files_read: Vec::new(),
        files_modified: files.iter().take(MAX_FILES).cloned().collect(),
        prompt_number: None,
        tokens_spent: None,
        commit: (!hash.is_empty()).then(|| hash.clone()),
        git: Some(Git {
            author: author.name,
            parents: few(parents),
            added: few(added),
            deleted: few(deleted),
            renamed: renamed.iter().take(MAX_FILES).cloned().collect(),
            tag: None,
        })
        .filter(|git| *git != Git::default()),
    })
}

/// What is worth remembering of a tag: the release that it names, or `None` if it is blank.
pub(crate) fn release(commit: &Commit, tag: &str) -> Option<Observation> {
    let tag = cut(&one_line(tag), MAX_TAG_BYTES).into_owned();
    if tag.is_empty() {
        return None;
    }
    let author = commit.author.as_deref().map(Author::parse);
    let author = author.unwrap_or_default();
    let short_hash: String = commit.hash.chars().take(SHORT_HASH).collect();
    Some(Observation {
        observation_type: ObservationType::Change,
        title: format!("Release {tag}"),
        subtitle: author.subtitle(&short_hash),
        narrative: None,
        facts: Vec::new(),
        concepts: vec![Git::RELEASE.to_owned()],
        files_read: Vec::new(),
        files_modified: Vec::new(),
        prompt_number: None,
        tokens_spent: None,
        commit: Some(commit.hash.clone()),
        git: Some(Git {
            author: author.name,
            tag: Some(tag),
            ..Git::default()
        }),
        is_cut: false,
    })
}

fn few(list: &[String]) -> Vec<String> {
    list.iter().take(MAX_FILES).cloned().collect()
}

fn concepts(subject: &Subject, story: &Story, observation_type: ObservationType) -> Vec<String> {
    let words = Words::of(&format!("{}\n{}", subject.statement, story.text));
    let mut concepts = vec![concept_of(observation_type)];
    concepts.extend(told_concepts(&words));
    concepts.extend(subject.declared.and_then(|declared| declared.concept));
    if subject.is_breaking || story.is_breaking {
        concepts.push("breaking-change");
    }
    let scopes = subject.scopes.iter().map(String::as_str);
    let mut distinct: Vec<String> = Vec::new();
    for concept in concepts.into_iter().chain(scopes) {
        let concept = cut(concept, MAX_CONCEPT_BYTES).into_owned();
        if !distinct.contains(&concept) && distinct.len() < MAX_CONCEPTS {
            distinct.push(concept);
        }
    }
    distinct
}

/// The label that goes with a type of work.
pub(crate) fn concept_of(observation_type: ObservationType) -> &'static str {
    match observation_type {
        ObservationType::Bugfix => "problem-solution",
        ObservationType::Discovery => "how-it-works",
        ObservationType::Decision => "why-it-exists",
        ObservationType::Feature | ObservationType::Refactor | ObservationType::Change => {
            "what-changed"
        }
        ObservationType::Command => "command",
    }
}

/// The labels that the words of a text tell: reasons, trade-offs, traps, patterns.
pub(crate) fn told_concepts(words: &Words) -> impl Iterator<Item = &'static str> {
    const TOLD: [(&str, &[&str]); 4] = [
        (
            "why-it-exists",
            &[
                "because",
                "instead of",
                "so that",
                "in order to",
                "the reason",
                "this way",
                "why",
                "must not",
                "must never",
                "from now on",
            ],
        ),
        (
            "trade-off",
            &[
                "instead of",
                "rather than",
                "trade off",
                "tradeoff",
                "at the cost of",
                "downside",
            ],
        ),
        (
            "gotcha",
            &[
                "gotcha",
                "beware",
                "watch out",
                "caveat",
                "pitfall",
                "surprisingly",
                "careful",
            ],
        ),
        ("pattern", &["pattern", "convention", "idiom"]),
    ];
    let is_told = move |concept, phrases: &[&str]| {
        words.has_any(phrases) || concept == "why-it-exists" && telling::has_since_as_reason(words)
    };
    TOLD.into_iter()
        .filter(move |(concept, phrases)| is_told(*concept, phrases))
        .map(|(concept, _)| concept)
}

/// A message as the line that tells most and what stands below it.
struct Parts<'a> {
    line: &'a str,
    body: &'a str,
    merged: Option<Merged>,
}

/// What a message says of a merge.
struct Merged {
    fact: String,
    /// Whether the line is the title of what was merged.
    has_title: bool,
}

impl<'a> Parts<'a> {
    fn of(message: &'a str) -> Self {
        let (line, body) = split(message);
        let Some(fact) = merge_fact(line) else {
            return Self {
                line,
                body,
                merged: None,
            };
        };
        let (title, rest) = split(body);
        // Without a request, what follows is about the merge: its conflicts.
        let has_request = !fact.is_empty() || body.contains("See merge request ");
        let has_title =
            has_request && !title.is_empty() && !title.starts_with("See merge request ");
        let merged = Some(Merged { fact, has_title });
        match has_title {
            true => Self {
                line: title,
                body: rest,
                merged,
            },
            false => Self { line, body, merged },
        }
    }
}

/// The first line that is not blank, and what follows it.
fn split(text: &str) -> (&str, &str) {
    let line = first_line(text);
    let below = text.split_once(line).map_or("", |(_, below)| below);
    (line, below)
}

/// For the first line of a merge what it merged, if that was a pull request;
/// else an empty text.
fn merge_fact(line: &str) -> Option<String> {
    if let Some(rest) = line.strip_prefix("Merge pull request ") {
        return Some(format!("Merges pull request {rest}"));
    }
    if let Some(rest) = line.strip_prefix("Merged in ") {
        return Some(format!("Merges {rest}"));
    }
    [
        "Merge branch ",
        "Merge remote-tracking branch ",
        "Merge branches ",
        "Merge tag ",
        "Merge commit ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
    .then(String::new)
}

/// Who made a commit, as far as it is kept.
#[derive(Default)]
struct Author<'a> {
    name: Option<String>,
    /// Known only so that it can be left out.
    address: Option<&'a str>,
}

impl<'a> Author<'a> {
    /// Reads `Name <address>`, or either of them.
    fn parse(author: &'a str) -> Self {
        let is_part =
            |c: char| !c.is_whitespace() && !matches!(c, '<' | '>' | '(' | ')' | '"' | ',');
        let address = author
            .split(|c| !is_part(c))
            .find(|part| part.contains('@'));
        let name = author.split('<').next().unwrap_or_default();
        let name = one_line(
            address
                .map_or(name.into(), |address| name.replace(address, ""))
                .as_str(),
        );
        let name = cut(&name, MAX_CONCEPT_BYTES * 2).into_owned();
        Self {
            name: (!name.is_empty()).then_some(name),
            address,
        }
    }

    fn without_address(&self, text: &str) -> String {
        match self.address {
            Some(address) if address.len() > 2 => text.replace(address, ""),
            _ => text.to_owned(),
        }
    }

    fn subtitle(&self, short_hash: &str) -> Option<String> {
        match (short_hash, &self.name) {
            ("", None) => None,
            ("", Some(name)) => Some(format!("Commit by {name}")),
            (hash, None) => Some(format!("Commit {hash}")),
            (hash, Some(name)) => Some(format!("Commit {hash} by {name}")),
        }
    }
}
