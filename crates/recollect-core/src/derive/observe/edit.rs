//! What an edit or a new file changed.

use super::change::{Change, FILE, changes};
use super::definition::{definition, definitions};
use super::file_kind::FileKind;
use super::{Scene, add_told, asked, code, listed, path, raw, text_of, titled};
use crate::derive::note::{shortened, title_of, type_of};
use crate::log::record::{Observation, ObservationType};
use crate::text::one_line;

/// Names in a title, and in a fact.
const IN_TITLE: usize = 2;
const IN_FACT: usize = 8;
/// Most names that are compared.
const MAX_NAMES: usize = 60;
/// Most bytes of a line that is told as it was and as it is.
const MAX_TOLD_LINE: usize = 100;

pub(super) fn edit(scene: &Scene) -> Option<Observation> {
    // One tool of this kind shows and creates files as well.
    match scene.argument(&["command"]) {
        Some("view") => return super::read::read(scene),
        Some("create") => return write(scene),
        _ => {}
    }
    if raw::is_failure(scene.response) {
        return None;
    }
    let mut changes = changes(scene);
    changes.retain(|change| !path::is_passing(&change.file));
    let mut files: Vec<String> = Vec::new();
    for change in &changes {
        if !files.contains(&change.file) {
            files.push(change.file.clone());
        }
    }
    let mut told = Told::default();
    for change in &changes {
        told.add(change, files.len() > 1);
    }
    let is_blind = changes
        .iter()
        .all(|change| change.old.is_none() && change.new.is_empty());
    let file = files.first()?;
    if !is_blind && told.lines_added + told.lines_removed == 0 {
        return None;
    }
    let explanation = scene
        .argument(&["explanation", "description", "summary"])
        .filter(|text| text.trim().contains(' '));
    let kind = FileKind::of(file);
    let by_words = explanation.and_then(asked);
    let observation_type = match (&told.renames[..], kind) {
        _ if files.iter().any(|file| is_decision(file)) => ObservationType::Decision,
        ([_, ..], _) => ObservationType::Refactor,
        (_, FileKind::Tests | FileKind::Prose) => ObservationType::Change,
        _ => by_words.unwrap_or_else(|| scene.work()),
    };
    let place = match &files[..] {
        [file] => file.clone(),
        [first, second] => text_of(&[first, " and ", second]),
        [first, rest @ ..] => text_of(&[first, " and ", &rest.len().to_string(), " more files"]),
        [] => return None,
    };
    let title = match explanation {
        Some(explanation) => shortened(one_line(explanation)),
        None => told.title(&place, files.len() > 1),
    };
    let mut observation = titled(observation_type, title);
    observation.narrative = Some(told.reasons).filter(|reasons| !reasons.is_empty());
    observation.facts = told.facts;
    if !is_blind && changes.iter().all(|change| change.old.is_some()) {
        let (added, removed) = (told.lines_added.to_string(), told.lines_removed.to_string());
        observation
            .facts
            .push(text_of(&["+", &added, " −", &removed, " lines"]));
    }
    observation
        .concepts
        .extend(kind.concept().map(str::to_owned));
    if let Some(reasons) = observation.narrative.clone() {
        add_told(&mut observation, &reasons);
    }
    observation.files_modified = files;
    Some(observation)
}

/// What changes tell together.
#[derive(Default)]
struct Told {
    adds: Vec<String>,
    removes: Vec<String>,
    changes: Vec<String>,
    renames: Vec<(String, String)>,
    /// Identifiers of lines in which nothing is defined.
    touches: Vec<String>,
    facts: Vec<String>,
    reasons: String,
    lines_added: usize,
    lines_removed: usize,
}

impl Told {
    fn add(&mut self, change: &Change, is_one_of_many: bool) {
        let kind = FileKind::of(&change.file);
        let old = change.old.as_deref().unwrap_or_default();
        let (mut added, removed) = code::changed(old, &change.new);
        // Some tools stand in for what stays with a comment that says so.
        added.retain(|line| !line.contains("existing code"));
        let is_import = |line: &&str| {
            ["import ", "use ", "from ", "#include", "using ", "require("]
                .iter()
                .any(|start| line.starts_with(start))
        };
        if kind.is_code() && added.iter().chain(&removed).all(is_import) {
            return;
        }
        self.lines_added += added.len();
        self.lines_removed += removed.len();
        let mut fact = |verb: &str, names: &[&str]| {
            if names.is_empty() {
                return;
            }
            let list = listed(names, IN_FACT);
            self.facts.push(match is_one_of_many {
                true => text_of(&[&change.file, ": ", verb, &list]),
                false => text_of(&[verb, &list]),
            });
        };
        if kind == FileKind::Prose {
            let headings: Vec<&str> = added.iter().flat_map(|line| code::headings(line)).collect();
            fact("Section ", &headings);
            self.touches
                .extend(headings.iter().map(|name| (*name).to_owned()));
            return;
        }
        let defined = |lines: &[&'_ str]| -> Vec<String> {
            let names = lines.iter().filter_map(|line| definition(line));
            names.take(MAX_NAMES).map(str::to_owned).collect()
        };
        let (new, gone) = (defined(&added), defined(&removed));
        if let Some((from, to)) = renamed(old, &change.new, &added, &removed) {
            fact("Renames ", &[&text_of(&[&from, "` to `", &to])]);
            self.renames.push((from, to));
            return;
        }
        let only = |names: &[String], others: &[String]| -> Vec<String> {
            let only = names.iter().filter(|name| !others.contains(name));
            only.cloned().collect()
        };
        let mut adds = only(&new, &gone);
        let removes = only(&gone, &new);
        let mut changes: Vec<String> = new
            .iter()
            .filter(|name| gone.contains(name))
            .cloned()
            .collect();
        if change.old.is_none() {
            // Without the old text nobody knows which of them are new.
            changes.append(&mut adds);
        }
        if adds.is_empty() && removes.is_empty() && changes.is_empty() {
            changes.extend(around(&change.new, &added).or_else(|| around(old, &removed)));
        }
        for (verb, names) in [
            ("Adds ", &adds),
            ("Removes ", &removes),
            ("Changes ", &changes),
        ] {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            fact(verb, &names);
        }
        match (&added[..], &removed[..]) {
            ([is], [was])
                if is.len().max(was.len()) <= MAX_TOLD_LINE
                    && !is.contains('`')
                    && !was.contains('`')
                    && code::comment(is).is_none() =>
            {
                fact("", &[&text_of(&[was, "` becomes `", is])]);
                let names = code::identifiers(&[is, was], IN_TITLE);
                self.touches
                    .extend(names.iter().map(|name| (*name).to_owned()));
            }
            // A whole new definition is told by its name.
            (_, []) if !adds.is_empty() => {}
            _ => {
                let lines: Vec<&str> = added.iter().chain(&removed).copied().collect();
                let known = [&adds, &removes, &changes];
                let names: Vec<&str> = code::identifiers(&lines, IN_FACT)
                    .into_iter()
                    .filter(|name| !known.iter().any(|list| list.iter().any(|one| one == name)))
                    .collect();
                fact("Touches ", &names);
                self.touches
                    .extend(names.iter().map(|name| (*name).to_owned()));
            }
        }
        if kind.is_code() || kind == FileKind::Settings {
            let reasons = code::comments(&added);
            if !reasons.is_empty() && !self.reasons.is_empty() {
                self.reasons.push('\n');
            }
            self.reasons.push_str(&reasons);
        }
        self.adds.append(&mut adds);
        self.removes.extend(removes);
        self.changes.append(&mut changes);
    }

    fn title(&self, place: &str, is_many: bool) -> String {
        let list = |names: &[String]| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            listed(&names, IN_TITLE)
        };
        if let Some((from, to)) = self.renames.first() {
            return text_of(&["Renamed `", from, "` to `", to, "` in ", place]);
        }
        if is_many {
            let lists = [&self.adds, &self.changes, &self.removes, &self.touches];
            let names: Vec<String> = lists.into_iter().flatten().cloned().collect();
            if !names.is_empty() {
                return text_of(&["Changed ", &list(&names), " in ", place]);
            }
        }
        for (verb, names, preposition) in [
            ("Added ", &self.adds, " to "),
            ("Removed ", &self.removes, " from "),
            ("Changed ", &self.changes, " in "),
            ("Changed ", &self.touches, " in "),
        ] {
            if !names.is_empty() {
                return text_of(&[verb, &list(names), preposition, place]);
            }
        }
        text_of(&["Edited ", place])
    }
}

/// What one name became in all lines.
fn renamed(old: &str, new: &str, added: &[&str], removed: &[&str]) -> Option<(String, String)> {
    let is_name = |text: &str| {
        text.len() <= 80
            && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && text.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    let (from, to) = match (old.trim(), new.trim()) {
        (from, to) if is_name(from) && is_name(to) => (from, to),
        _ => {
            let (first_added, first_removed) = (added.first()?, removed.first()?);
            (definition(first_removed)?, definition(first_added)?)
        }
    };
    let is_all = added.len() == removed.len()
        && removed
            .iter()
            .zip(added)
            .all(|(was, is)| was.replace(from, to) == **is);
    (from != to && is_name(from) && is_name(to) && is_all).then(|| (from.to_owned(), to.to_owned()))
}

/// The definition that the first of some lines stands in, as far as a text shows.
fn around(text: &str, lines: &[&str]) -> Option<String> {
    let first = lines.first()?;
    let mut name = None;
    for line in text.lines() {
        if line.trim() == *first {
            break;
        }
        name = definition(line).or(name);
    }
    name.map(str::to_owned)
}

pub(super) fn write(scene: &Scene) -> Option<Observation> {
    if raw::is_failure(scene.response) {
        return None;
    }
    let file = scene.relative(scene.argument(&FILE)?);
    if path::is_passing(&file) {
        return None;
    }
    let content = scene
        .argument(&["content", "file_text", "contents", "text"])
        .unwrap_or_default();
    let said = raw::said(scene.response);
    let is_update = raw::text(scene.response, &["type"]) == Some("update")
        || said.contains("has been updated")
        || said.contains("overwr");
    let verb = if is_update { "Rewrote " } else { "Created " };
    let kind = FileKind::of(&file);
    let mut title = text_of(&[verb, &file]);
    let mut facts = Vec::new();
    let mut reasons = String::new();
    match kind {
        FileKind::Code | FileKind::Tests => {
            let names = definitions(content);
            if !names.is_empty() {
                title.push_str(": ");
                title.push_str(&listed(&names, IN_TITLE));
                facts.push(text_of(&["Defines ", &listed(&names, IN_FACT * 2)]));
            }
            reasons = super::read::purpose(content);
        }
        FileKind::Prose => {
            let headings = code::headings(content);
            if let Some((first, rest)) = headings.split_first() {
                title.push_str(": ");
                title.push_str(first);
                if !rest.is_empty() {
                    facts.push(text_of(&[
                        "Sections: ",
                        &rest[..rest.len().min(IN_FACT)].join(", "),
                    ]));
                }
            }
        }
        FileKind::Settings | FileKind::Other => {}
    }
    let is_about_decision = is_decision(&file)
        || kind == FileKind::Prose && type_of(&title_of(content)) == ObservationType::Decision;
    let observation_type = match kind {
        _ if is_about_decision => ObservationType::Decision,
        FileKind::Code if !is_update => match scene.work() {
            ObservationType::Change => ObservationType::Feature,
            asked => asked,
        },
        FileKind::Code => scene.work(),
        _ => ObservationType::Change,
    };
    let mut observation = titled(observation_type, title);
    let lines = content.lines().count();
    if lines > 0 {
        facts.push(text_of(&[
            &lines.to_string(),
            if lines == 1 { " line" } else { " lines" },
        ]));
    }
    observation.facts = facts;
    observation
        .concepts
        .extend(kind.concept().map(str::to_owned));
    if !reasons.is_empty() {
        add_told(&mut observation, &reasons);
        observation.narrative = Some(reasons);
    }
    observation.files_modified.push(file);
    Some(observation)
}

/// Whether a file keeps a decision, as architecture decision records do.
fn is_decision(file: &str) -> bool {
    file.to_ascii_lowercase()
        .split('/')
        .any(|name| matches!(name, "adr" | "adrs" | "decisions" | "rfcs"))
}
