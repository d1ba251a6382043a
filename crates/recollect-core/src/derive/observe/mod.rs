//! From a tool that an agent used to an observation, by rules alone.
//!
//! | tool | becomes | not, because it says nothing |
//! | --- | --- | --- |
//! | reads | what the file defines, its headings | files without either |
//! | edits | names added, removed, renamed and changed, a single changed line, new comments | white space, imports, what a build makes |
//! | commands | failed tests and builds with the first error, test counts, dependencies, commits by the rules of [`commit`](crate::derive::commit), anything uncommon | looking around; builds and formatters that pass |
//! | searches | the pattern and the files | no match, more than 40 files |
//! | pages | the question, the page, the beginning of the answer | |
//! | agents, plans, questions | what was found out, planned, chosen | |
//! | to-do lists | what got done and what is left | steps that only began |
//! | others | the name as words, the telling arguments | lists; whatever a memory gives |
//!
//! Files, contents and outputs are never kept as a whole. Input and response
//! pass the privacy filter as they came, before anything is taken out of them,
//! and a tool that names a denied file says nothing at all. The same use
//! always gives the same observation.

mod change;
mod closing;
mod code;
mod counts;
mod definition;
mod edit;
mod file_kind;
mod generic;
mod output;
mod parts;
mod path;
mod prose;
mod raw;
mod read;
mod run;
mod shell;
mod summary;
mod tool;

use serde_json::Value;

use self::raw::Raw;
pub use self::summary::{Told, summarise, summarise_with};
use self::tool::{Kind, Tool};
use crate::derive::commit::suggest::suggested_by;
use crate::derive::commit::words::Words;
use crate::derive::commit::{concept_of, told_concepts};
use crate::derive::note::shortened;
use crate::intake::privacy::{self, UserRules};
use crate::log::record::{Observation, ObservationType, Provenance};
use crate::text::{cut, first_line, one_line};

const MAX_NAME_BYTES: usize = 128;
const MAX_PROMPT_BYTES: usize = 4 * 1024;
const MAX_SUBTITLE_BYTES: usize = 240;
const MAX_NARRATIVE_BYTES: usize = 2 * 1024;
const MAX_FACTS: usize = 12;
const MAX_FACT_BYTES: usize = 320;
const MAX_CONCEPTS: usize = 8;
const MAX_FILES: usize = 40;
const MAX_FILE_BYTES: usize = 512;

/// One use of a tool, as its host tells it; may hold anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ToolUse {
    /// The tool, such as `Edit`, `run_in_terminal` or `mcp__github__create_issue`.
    pub name: String,
    /// Its arguments.
    pub input: Value,
    /// What it gave back: an object, a list of texts or a text.
    pub response: Value,
    /// The folder in which the agent works.
    pub cwd: Option<String>,
    /// The root of the working tree that this folder is in, in every spelling that
    /// is known; files are named from there.
    pub roots: Vec<String>,
    /// What the agent was asked, to tell the type of work by; nothing of it is
    /// taken into the observation.
    pub prompt: Option<String>,
    /// The number of that prompt in its session.
    pub prompt_number: Option<u32>,
}

/// What is worth remembering of a tool's use, if anything is.
///
/// ```
/// use recollect_core::derive::observe::{ToolUse, observe};
/// use serde_json::json;
///
/// let observation = observe(ToolUse {
///     name: "Bash".into(),
///     input: json!({ "command": "npm install zod" }),
///     response: json!({ "stdout": "added 1 package", "stderr": "" }),
///     ..ToolUse::default()
/// });
/// let title = observation.map(|observation| observation.title);
/// assert_eq!(title.as_deref(), Some("Added the dependency `zod`"));
/// ```
#[must_use]
pub fn observe(tool_use: ToolUse) -> Option<Observation> {
    observe_with(tool_use, &UserRules::default())
}

/// As [`observe`], with the rules of a user.
#[must_use]
pub fn observe_with(tool_use: ToolUse, rules: &UserRules) -> Option<Observation> {
    observed(tool_use, rules, None)
}

/// The command that a tool's use ran with success, if it is one that is worth
/// knowing again: tests, builds, anything uncommon. Its line, its folder below the
/// root, its exit code and what it was for stand in the facts; see [`Worked`].
#[must_use]
pub fn command_that_worked(tool_use: ToolUse, rules: &UserRules) -> Option<(Observation, Worked)> {
    let mut worked = Worked::default();
    let observation = observed(tool_use, rules, Some(&mut worked))?;
    Some((observation, worked))
}

/// By what a command that worked is the same as another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worked {
    /// The command, as one line.
    pub line: String,
    /// Its folder, from the root of the working tree; empty for the root.
    pub folder: String,
}

fn observed(
    tool_use: ToolUse,
    rules: &UserRules,
    worked: Option<&mut Worked>,
) -> Option<Observation> {
    let ToolUse {
        mut name,
        input,
        response,
        cwd,
        roots,
        prompt,
        prompt_number,
    } = tool_use;
    let mut prompt = prompt.unwrap_or_default();
    if privacy::strip_in_place(&mut prompt) && prompt.trim().is_empty() {
        return None;
    }
    if name.len() > MAX_NAME_BYTES || rules.clean_in_place(&mut name) {
        return None;
    }
    let tool = Tool::named(&name);
    // Nothing else is looked at for long where only a command is asked for.
    if worked.is_some() && tool.kind != Kind::Run {
        return None;
    }
    if tool.kind == Kind::Nothing || change::is_in_private_part(&input, &response) {
        return None;
    }
    let input = Raw::input(input, rules);
    let response = Raw::response(response, rules);
    if input.is_denied || response.is_denied {
        return None;
    }
    let scene = Scene {
        tool,
        input: &input.value,
        response: &response.value,
        folder: cwd.as_deref().unwrap_or_default(),
        roots: &roots,
        asked: asked(&prompt),
        rules,
    };
    let mut observation = match tool.kind {
        Kind::Run if worked.is_some() => run::worked(&scene, worked?),
        _ if worked.is_some() => None,
        Kind::Nothing => None,
        Kind::Read => read::read(&scene),
        Kind::Search => read::search(&scene),
        Kind::Usages => read::usages(&scene),
        Kind::Problems => read::problems(&scene),
        Kind::Edit => edit::edit(&scene),
        Kind::Write => edit::write(&scene),
        Kind::Run => run::run(&scene),
        Kind::Output => run::output(&scene),
        Kind::Tests => run::tests(&scene),
        Kind::Fetch => prose::fetch(&scene),
        Kind::WebSearch => prose::web_search(&scene),
        Kind::Agent => prose::agent(&scene),
        Kind::Todos => prose::todos(&scene),
        Kind::Plan => prose::plan(&scene),
        Kind::Questions => prose::questions(&scene),
        Kind::Unknown => generic::generic(&scene),
    }?;
    // Prose may speak of such a file; what a tool printed may not.
    let is_prose = matches!(
        tool.kind,
        Kind::Agent | Kind::Todos | Kind::Plan | Kind::Questions
    );
    if !is_prose && !drop_denied(&mut observation, rules) {
        return None;
    }
    observation.prompt_number = prompt_number;
    Some(bounded(observation))
}

/// Where what a tool tells comes from.
#[must_use]
pub fn provenance(tool_name: &str) -> Provenance {
    match Tool::named(tool_name).kind {
        Kind::Fetch | Kind::WebSearch => Provenance::Web,
        Kind::Agent | Kind::Todos | Kind::Plan => Provenance::Assistant,
        Kind::Questions => Provenance::User,
        _ => Provenance::Tool,
    }
}

/// A tool's use after the filter.
struct Scene<'a> {
    tool: Tool<'a>,
    input: &'a Value,
    response: &'a Value,
    folder: &'a str,
    roots: &'a [String],
    /// The kind of work that was asked for.
    asked: Option<ObservationType>,
    rules: &'a UserRules,
}

impl<'a> Scene<'a> {
    /// The argument under the first of these keys.
    fn argument(&self, keys: &[&str]) -> Option<&'a str> {
        raw::text(self.input, keys)
    }

    fn relative(&self, path: &str) -> String {
        path::relative_to(path, self.folder, self.roots)
    }

    /// The type of a change: what was asked for, if that was to change something.
    fn work(&self) -> ObservationType {
        match self.asked {
            Some(
                asked @ (ObservationType::Bugfix
                | ObservationType::Feature
                | ObservationType::Refactor),
            ) => asked,
            _ => ObservationType::Change,
        }
    }
}

/// The kind of work that a prompt asks for.
fn asked(prompt: &str) -> Option<ObservationType> {
    let line = cut(first_line(prompt), MAX_PROMPT_BYTES).to_lowercase();
    let mut line = line.as_str();
    for polite in [
        "hi",
        "hey",
        ",",
        "please",
        "now",
        "ok",
        "can you",
        "could you",
        "would you",
        "let's",
        "lets",
        "we need to",
        "we should",
        "i want you to",
        "i'd like you to",
        "i want to",
        "help me",
        "to",
        "please",
        "also",
        "and",
    ] {
        if let Some(rest) = line.strip_prefix(polite)
            && !rest.starts_with(char::is_alphanumeric)
        {
            line = rest.trim_start_matches([' ', ',']);
        }
    }
    suggested_by(&Words::of(line))
}

/// An observation that says only its title.
fn titled(observation_type: ObservationType, title: String) -> Observation {
    Observation {
        observation_type,
        title,
        subtitle: None,
        narrative: None,
        facts: Vec::new(),
        concepts: vec![concept_of(observation_type).to_owned()],
        files_read: Vec::new(),
        files_modified: Vec::new(),
        prompt_number: None,
        tokens_spent: None,
        commit: None,
        git: None,
        is_cut: false,
    }
}

/// Adds the labels that a text tells.
fn add_told(observation: &mut Observation, text: &str) {
    let words = Words::of(text);
    let told = told_concepts(&words);
    observation.concepts.extend(told.map(str::to_owned));
}

/// `` `a`, `b` and 3 more``.
fn listed(names: &[&str], most: usize) -> String {
    let mut list = String::new();
    for (position, name) in names.iter().take(most).enumerate() {
        if position > 0 {
            let is_last = position + 1 == names.len();
            list.push_str(if is_last { " and " } else { ", " });
        }
        list.push('`');
        list.push_str(name);
        list.push('`');
    }
    if names.len() > most {
        list.push_str(" and ");
        list.push_str(&(names.len() - most).to_string());
        list.push_str(" more");
    }
    list
}

/// The parts of a text one after the other.
fn text_of(parts: &[&str]) -> String {
    parts.concat()
}

/// Takes out what names a denied file; whether the title may stay.
fn drop_denied(observation: &mut Observation, rules: &UserRules) -> bool {
    let is_denied = |text: &str| raw::mentions_denied(text, rules);
    observation.facts.retain(|fact| !is_denied(fact));
    for text in [&mut observation.subtitle, &mut observation.narrative] {
        if text.as_deref().is_some_and(is_denied) {
            *text = None;
        }
    }
    let had_files = !(observation.files_read.is_empty() && observation.files_modified.is_empty());
    observation.files_read.retain(|file| !rules.denies(file));
    observation
        .files_modified
        .retain(|file| !rules.denies(file));
    let has_files = !(observation.files_read.is_empty() && observation.files_modified.is_empty());
    !is_denied(&observation.title) && (has_files || !had_files)
}

/// Within the limits, without blank and repeated entries.
fn bounded(mut observation: Observation) -> Observation {
    observation.title = shortened(one_line(&observation.title));
    let cut_line = |text: &str, limit| cut(&one_line(text), limit).into_owned();
    observation.subtitle = observation
        .subtitle
        .map(|text| cut_line(&text, MAX_SUBTITLE_BYTES));
    observation.narrative = observation
        .narrative
        .map(|text| cut(text.trim(), MAX_NARRATIVE_BYTES).into_owned())
        .filter(|text| !text.is_empty());
    observation.facts = distinct(observation.facts, MAX_FACTS, |fact| {
        cut_line(fact, MAX_FACT_BYTES)
    });
    observation.concepts = distinct(observation.concepts, MAX_CONCEPTS, str::to_owned);
    for files in [&mut observation.files_read, &mut observation.files_modified] {
        files.retain(|file| file.len() <= MAX_FILE_BYTES);
        *files = distinct(std::mem::take(files), MAX_FILES, str::to_owned);
    }
    observation
}

fn distinct(list: Vec<String>, most: usize, as_kept: impl Fn(&str) -> String) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for entry in list {
        let entry = as_kept(&entry);
        if kept.len() < most && !entry.trim().is_empty() && !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    kept
}
