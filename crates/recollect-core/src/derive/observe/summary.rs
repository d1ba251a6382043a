//! What a session amounted to, by rules from what was recorded in it.
//!
//! | part | from |
//! | --- | --- |
//! | request | the first prompt that says something, and the next ones |
//! | investigated | files read, searches, pages |
//! | learned | decisions, what agents reported, failures that were mended |
//! | completed | changes, the last state of the tests, commits |
//! | next steps | what a to-do list leaves, failures nobody mended, what the last message names as left |
//! | notes | what else the last message says: mostly the answer to what was asked |
//!
//! Each part is whole sentences, as a list where there are several. The first of what
//! was completed, where nobody asked for anything, is the title of the summary.

use super::closing::Closing;
use super::path;
use crate::derive::note::shortened;
use crate::intake::admit::cut_unread;
use crate::intake::privacy::UserRules;
use crate::log::record::{Event, Observation, ObservationType, Prompt, Summary};
use crate::text::{cut, first_line, one_line};

const MAX_PROMPTS: usize = 4;
const MAX_ENTRIES: usize = 10;
const MAX_ENTRY_BYTES: usize = 200;
const MAX_NAMES: usize = 6;
const MAX_CONCEPTS: usize = 8;
const MAX_FILES: usize = 40;
const MAX_CLOSING_BYTES: usize = 16 * 1024;
/// Fewer bytes thank or greet; by themselves they are no summary.
const MIN_ANSWER: usize = 40;

/// What was recorded in a session, each in the order of time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// What was asked.
    pub prompts: &'a [Prompt],
    /// What was done and found.
    pub observations: &'a [Observation],
    /// What the editor saw.
    pub events: &'a [Event],
    /// The assistant's last message; may hold anything.
    pub closing: Option<&'a str>,
}

/// The summary of a session, or `None` if nothing happened that is worth one.
///
/// ```
/// use recollect_core::derive::observe::{ToolUse, observe, summarise};
/// use recollect_core::log::record::Prompt;
/// use serde_json::json;
///
/// let prompt = Prompt { number: 1, text: "Validate the settings".into(), is_cut: false };
/// let added = observe(ToolUse {
///     name: "Bash".into(),
///     input: json!({ "command": "npm install zod" }),
///     ..ToolUse::default()
/// });
/// let summary = summarise(&[prompt], added.as_slice(), &[]).expect("something was done");
/// assert_eq!(summary.request.as_deref(), Some("Validate the settings"));
/// assert_eq!(summary.completed.as_deref(), Some("Added the dependency `zod`."));
/// ```
#[must_use]
pub fn summarise(
    prompts: &[Prompt],
    observations: &[Observation],
    events: &[Event],
) -> Option<Summary> {
    let told = Told {
        prompts,
        observations,
        events,
        closing: None,
    };
    summarise_with(told, &UserRules::default())
}

/// As [`summarise`], with the assistant's last message and the rules of a user.
#[must_use]
pub fn summarise_with(told: Told, rules: &UserRules) -> Option<Summary> {
    let mut gathered = Gathered::default();
    for observation in told.observations {
        gathered.add(observation);
    }
    for event in told.events {
        gathered.add_event(event);
    }
    let closing = told.closing.map(|closing| {
        let mut closing = closing.to_owned();
        if closing.len() > 2 * MAX_CLOSING_BYTES {
            closing = cut_unread(&closing, 2 * MAX_CLOSING_BYTES);
        }
        rules.clean_in_place(&mut closing);
        cut(&closing, MAX_CLOSING_BYTES).into_owned()
    });
    let closing = Closing::of(closing.as_deref().unwrap_or_default());
    for entry in &closing.left {
        push(&mut gathered.left, entry, MAX_ENTRIES);
    }
    let request = request(told.prompts);
    let completed = gathered.completed();
    let investigated = gathered.investigated();
    let next_steps = gathered.next_steps();
    // What was said last is what it came to.
    let learned = list(&[closing.learned, std::mem::take(&mut gathered.learned)].concat());
    let notes = (!closing.rest.is_empty()).then_some(closing.rest);
    let is_answered = notes
        .as_ref()
        .is_some_and(|notes| notes.len() >= MIN_ANSWER);
    let says_something = completed.is_some()
        || learned.is_some()
        || next_steps.is_some()
        || request.is_some() && (investigated.is_some() || is_answered);
    if !says_something {
        return None;
    }
    let Gathered {
        modified,
        read,
        decisions,
        mut concepts,
        ..
    } = gathered;
    // The most frequent first; among equals the earlier.
    crate::order::sort_by_key(&mut concepts, |&(_, count)| std::cmp::Reverse(count));
    let mut files = modified;
    for file in read {
        push(&mut files, &file, MAX_FILES);
    }
    Some(Summary {
        request,
        investigated,
        learned,
        completed,
        next_steps,
        notes,
        facts: closing
            .decisions
            .into_iter()
            .chain(decisions)
            .take(MAX_ENTRIES)
            .collect(),
        concepts: concepts
            .into_iter()
            .map(|(name, _)| name)
            .take(MAX_CONCEPTS)
            .collect(),
        files,
        is_cut: false,
    })
}

/// What was gathered of a session.
#[derive(Default)]
struct Gathered {
    modified: Vec<String>,
    read: Vec<String>,
    searched: Vec<String>,
    learned: Vec<String>,
    decisions: Vec<String>,
    done: Vec<String>,
    commits: Vec<String>,
    left: Vec<String>,
    /// Failures that nothing after them mended, by what failed: tests or a command.
    failures: Vec<(String, String)>,
    /// What failed and passes now, in words: `the failing unit tests`.
    mended: Vec<String>,
    last_tests: Option<String>,
    concepts: Vec<(String, usize)>,
}

impl Gathered {
    fn add(&mut self, observation: &Observation) {
        let has = |concept: &str| observation.concepts.iter().any(|known| known == concept);
        let title = observation.title.as_str();
        for concept in &observation.concepts {
            match self.concepts.iter_mut().find(|(known, _)| known == concept) {
                Some((_, count)) => *count += 1,
                None => self.concepts.push((concept.clone(), 1)),
            }
        }
        for file in &observation.files_modified {
            push(&mut self.modified, file, MAX_FILES);
        }
        for file in &observation.files_read {
            push(&mut self.read, file, MAX_FILES);
        }
        // Each list is the whole list.
        if has("todo") {
            self.left.clear();
            for fact in &observation.facts {
                if let Some(left) = fact.strip_prefix("Left: ") {
                    push(&mut self.left, left, MAX_ENTRIES);
                }
                if let Some(done) = fact.strip_prefix("Done: ") {
                    push(&mut self.done, done, MAX_ENTRIES * 2);
                }
            }
            if let Some(done) = title.strip_prefix("Done: ") {
                push(&mut self.done, done, MAX_ENTRIES * 2);
            }
            return;
        }
        let is_run = observation
            .facts
            .iter()
            .any(|fact| fact.starts_with("Command: "));
        let what = match has("tests") {
            true => "tests",
            false => observation
                .facts
                .iter()
                .find_map(|fact| fact.strip_prefix("Command: "))
                .unwrap_or(title),
        };
        if has("error") {
            self.fail(what, title);
            if has("tests") {
                self.last_tests = None;
            }
            return;
        }
        if title.starts_with("Tests pass") {
            self.mend("tests", "");
            self.last_tests = Some(title.to_owned());
            return;
        }
        self.mend(what, "");
        match observation.observation_type {
            ObservationType::Decision => {
                push(&mut self.decisions, title, MAX_ENTRIES);
                push(&mut self.learned, title, MAX_ENTRIES);
            }
            ObservationType::Discovery => {
                let is_look = ["Read ", "Searched ", "Looked up", "Where `"]
                    .iter()
                    .any(|start| title.starts_with(start));
                if is_look && observation.files_read.len() != 1 {
                    push(&mut self.searched, title, MAX_ENTRIES);
                } else if !is_look && !is_run {
                    push(&mut self.learned, title, MAX_ENTRIES);
                }
            }
            _ if observation
                .subtitle
                .as_deref()
                .is_some_and(|by| by.starts_with("Commit")) =>
            {
                push(&mut self.commits, title, MAX_ENTRIES);
            }
            _ => push(&mut self.done, title, MAX_ENTRIES * 2),
        }
    }

    fn add_event(&mut self, event: &Event) {
        let content = one_line(first_line(event.content.as_deref().unwrap_or_default()));
        let number = |key: &str| event.metadata.get(key).and_then(serde_json::Value::as_i64);
        let has_failed = ["exitCode", "exit_code", "failed"]
            .iter()
            .any(|key| number(key).is_some_and(|code| code != 0));
        match event.event_type.as_str() {
            "code_edit" | "file_save" | "refactor" => {
                if let Some(file) = &event.file {
                    push(&mut self.modified, file, MAX_FILES);
                }
            }
            "file_open" => {
                if let Some(file) = &event.file {
                    push(&mut self.read, file, MAX_FILES);
                }
            }
            "git_commit" if !content.is_empty() => {
                push(&mut self.commits, &content, MAX_ENTRIES);
            }
            kind @ ("test_run" | "build") => {
                let (what, fail, pass) = match kind {
                    "build" => ("build", "Build fails", "Build passes"),
                    _ => ("tests", "Tests fail", "Tests pass"),
                };
                let told = |outcome: &str| match content.as_str() {
                    "" => outcome.to_owned(),
                    named => [outcome, ": ", named].concat(),
                };
                if has_failed {
                    self.fail(what, &told(fail));
                    self.last_tests = self.last_tests.take().filter(|_| what != "tests");
                } else {
                    let was_mended = self.mend(what, &content);
                    if what == "tests" {
                        self.last_tests = (!was_mended).then(|| told(pass));
                    }
                }
            }
            _ => {}
        }
    }

    fn fail(&mut self, what: &str, title: &str) {
        self.failures.retain(|(known, _)| known != what);
        self.failures.push((what.to_owned(), title.to_owned()));
    }

    /// What failed before passes now: that is worth knowing. `name` is what the editor
    /// calls what was run; whether it had failed.
    fn mend(&mut self, what: &str, name: &str) -> bool {
        let Some(at) = self.failures.iter().position(|(known, _)| known == what) else {
            return false;
        };
        let (_, title) = self.failures.remove(at);
        let how = ["Test fails: ", "Tests fail: ", "Build fails: "]
            .iter()
            .find_map(|start| title.strip_prefix(start))
            .map_or_else(|| title.replacen(" fails: ", ": ", 1), str::to_owned);
        let learned = ["Failed and was fixed: ", &how].concat();
        push(&mut self.learned, &learned, MAX_ENTRIES);
        let is_words = |text: &str| text.chars().all(|c| c.is_alphabetic() || c == ' ');
        let mended = match what {
            "tests" if name.ends_with("tests") && is_words(name) => ["the failing ", name].concat(),
            "tests" | "build" if name.is_empty() => ["the failing ", what].concat(),
            "tests" | "build" => ["the failing ", what, " (`", name, "`)"].concat(),
            // What failed is a command line, or the title of what was done.
            command if title.starts_with('`') => ["the failing `", command, "`"].concat(),
            _ => return true,
        };
        push(&mut self.mended, &mended, MAX_NAMES);
        true
    }

    fn investigated(&self) -> Option<String> {
        let mut entries = self.searched.clone();
        let only_read: Vec<&str> = self
            .read
            .iter()
            .filter(|file| !self.modified.contains(file))
            .map(String::as_str)
            .collect();
        entries.extend(named("Read ", &only_read));
        list(&entries)
    }

    fn completed(&self) -> Option<String> {
        let mut entries = self.done.clone();
        // Titles name most files; the others are worth a line.
        let unnamed: Vec<&str> = self
            .modified
            .iter()
            .map(String::as_str)
            .filter(|file| !entries.iter().any(|entry| entry.contains(file)))
            .collect();
        let mut clauses: Vec<String> = named("Changed ", &unnamed).into_iter().collect();
        if !self.mended.is_empty() {
            let verb = if clauses.is_empty() {
                "Fixed "
            } else {
                "fixed "
            };
            clauses.push([verb, &and(&self.mended)].concat());
        }
        entries.extend((!clauses.is_empty()).then(|| clauses.join("; ")));
        entries.extend(self.last_tests.clone());
        entries.extend(
            self.commits
                .iter()
                .map(|title| ["Committed “", title, "”"].concat()),
        );
        list(&entries)
    }

    fn next_steps(&self) -> Option<String> {
        let mut entries = self.left.clone();
        entries.extend(self.failures.iter().map(|(_, title)| title.clone()));
        list(&entries)
    }
}

/// The prompts that say something, the first with more room than the others.
fn request(prompts: &[Prompt]) -> Option<String> {
    let mut request = String::new();
    let mut count = 0;
    for prompt in prompts {
        let line = shortened(one_line(first_line(&prompt.text)));
        // "Go on" asks for nothing new.
        let says_something = line.split(' ').count() > 2;
        if !says_something || request.contains(&line) {
            continue;
        }
        count += 1;
        if count > MAX_PROMPTS {
            break;
        }
        if !request.is_empty() {
            request.push_str("\nThen: ");
        }
        request.push_str(&line);
    }
    let first = prompts
        .first()
        .map(|prompt| shortened(one_line(&prompt.text)));
    (!request.is_empty())
        .then_some(request)
        .or(first)
        .filter(|text| !text.is_empty())
}

/// Files by name, if there are any: `Read a.ts, b.ts and 3 more files`.
fn named(verb: &str, files: &[&str]) -> Option<String> {
    // Where few are named, whole paths fit.
    let has_room = files.len() <= 3;
    let name = |file: &&str| match has_room {
        true => (*file).to_owned(),
        false => path::name(file).to_owned(),
    };
    let mut names: Vec<String> = files.iter().take(MAX_NAMES).map(name).collect();
    match files.len().saturating_sub(MAX_NAMES) {
        0 => {}
        1 => names.push("1 more file".to_owned()),
        more => names.push([&more.to_string(), " more files"].concat()),
    }
    (!files.is_empty()).then(|| [verb, &and(&names)].concat())
}

/// `a, b and c`.
fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => [&first.join(", "), " and ", last].concat(),
    }
}

/// Entries as sentences: one, or a list in Markdown.
fn list(entries: &[String]) -> Option<String> {
    let mark = if entries.len() > 1 { "- " } else { "" };
    let mut text = String::new();
    for entry in entries.iter().take(MAX_ENTRIES) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(mark);
        let entry = cut(entry, MAX_ENTRY_BYTES);
        text.push_str(&entry);
        let last = entry.trim_end_matches(['”', '"', '`', ')']).chars().last();
        if !last.is_some_and(|last| ".!?…:;。！？".contains(last)) {
            text.push('.');
        }
    }
    if entries.len() > MAX_ENTRIES {
        text.push_str("\n- And ");
        text.push_str(&(entries.len() - MAX_ENTRIES).to_string());
        text.push_str(" more.");
    }
    (!text.is_empty()).then_some(text)
}

fn push(list: &mut Vec<String>, entry: &str, most: usize) {
    if list.len() < most && !list.iter().any(|known| known == entry) {
        list.push(entry.to_owned());
    }
}
