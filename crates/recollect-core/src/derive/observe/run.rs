//! What a command did: tests, builds, dependencies, commits.

use super::output::Outcome;
use super::parts::words;
use super::shell::{Class, Command};
use super::{Scene, Worked, add_told, change, listed, path, raw, text_of, titled};
use crate::derive::commit::{self, Commit};
use crate::derive::note::shortened;
use crate::log::record::{Observation, ObservationType};
use crate::text::{cut, one_line};

/// Bytes of a command line in a title, and in a fact.
const IN_TITLE: usize = 60;
const IN_FACT: usize = 240;
const IN_LIST: usize = 4;

pub(super) fn run(scene: &Scene) -> Option<Observation> {
    let task = scene.input.get("task").unwrap_or(scene.input);
    let cell = scene
        .argument(&["cellId"])
        .map(|_| scene.argument(&change::FILE).unwrap_or_default());
    let typed = match cell {
        Some(file) => text_of(&["run a cell of ", &scene.relative(file)]),
        None => command_line(scene, task)?,
    };
    let command = Command::parse(&typed)?;
    let outcome = Outcome::of(scene.response);
    let description = scene
        .argument(&["description", "explanation", "reason"])
        .or_else(|| raw::text(task, &["label", "detail"]))
        .filter(|text| text.contains(' '));
    let has_failed = outcome.has_failed(command.is_piped) || outcome.is_interrupted;
    let line = without_folder(&command.line, scene.folder);
    match &command.class {
        Class::Look => None,
        Class::Tests => Some(tested(scene, &line, &outcome)),
        Class::Commit if !has_failed => committed(scene, &command, &typed, &outcome),
        _ if has_failed => failed(&line, &outcome, &command.class),
        Class::Quiet | Class::Commit => None,
        Class::Packages { is_added, names } => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let title = text_of(&[
                if *is_added { "Added" } else { "Removed" },
                if names.len() == 1 {
                    " the dependency "
                } else {
                    " the dependencies "
                },
                &listed(&names, IN_LIST),
            ]);
            Some(ran(ObservationType::Change, title, &line, "dependencies"))
        }
        Class::Files(verb, paths) => moved(scene, verb, paths, &line),
        Class::Request(title) => {
            let mut observation = ran(ObservationType::Change, title.clone(), "", "git");
            observation.subtitle = outcome
                .only_line
                .filter(|line| line.starts_with("https://"));
            Some(observation)
        }
        Class::Git => {
            let title = text_of(&["Ran ", &quoted(&line, IN_TITLE)]);
            let title = description.map_or(title, |said| shortened(one_line(said)));
            Some(ran(ObservationType::Change, title, &line, "git"))
        }
        Class::Other => {
            let title = text_of(&["Ran ", &quoted(&line, IN_TITLE)]);
            let title = description.map_or(title, |said| shortened(one_line(said)));
            let mut observation = ran(ObservationType::Change, title, &line, "command");
            observation
                .facts
                .extend(outcome.only_line.map(|said| text_of(&["Says: ", &said])));
            Some(observation)
        }
    }
}

/// A command that ran with success, as something to be run again.
pub(super) fn worked(scene: &Scene, worked: &mut Worked) -> Option<Observation> {
    let typed = command_line(scene, scene.input.get("task").unwrap_or(scene.input))?;
    let command = Command::parse(&typed)?;
    let outcome = Outcome::of(scene.response);
    let is_over = !outcome.is_interrupted && !outcome.has_failed(command.is_piped);
    // What runs on has not worked yet.
    let runs_on = |key| scene.input.get(key) == Some(&serde_json::Value::Bool(true));
    if !is_over || runs_on("run_in_background") || runs_on("isBackground") {
        return None;
    }
    let (label, does) = match command.class {
        Class::Tests => ("tests", "Runs tests"),
        Class::Quiet => ("build", "Builds or checks"),
        Class::Other => ("command", ""),
        _ => return None,
    };
    // Where a command goes elsewhere first, that is part of it.
    let whole = match typed.trim_start().starts_with("cd ") {
        true => typed.as_str(),
        false => command.line.as_str(),
    };
    let line = without_folder(whole, scene.folder);
    if line.len() > IN_FACT || command.document.is_some() || !line.contains(char::is_alphabetic) {
        return None;
    }
    let folder = scene.relative(scene.folder);
    let folder = match folder.trim_end_matches(['/', '\\']) {
        "." => "",
        folder if folder.starts_with(['/', '~']) || folder.contains(':') => "",
        folder => folder,
    };
    let purpose = scene
        .argument(&["description", "explanation", "reason"])
        .filter(|text| text.contains(' '))
        .map_or_else(|| does.to_owned(), |said| shortened(one_line(said)));
    let shown = quoted(&line, IN_TITLE);
    let title = match purpose.as_str() {
        "" => text_of(&["Works: ", &shown]),
        purpose => text_of(&[purpose, ": ", &shown]),
    };
    let mut observation = titled(ObservationType::Command, title);
    observation.concepts.push(label.to_owned());
    observation
        .facts
        .push(text_of(&["Command: ", &quoted(&line, IN_FACT)]));
    if !folder.is_empty() {
        observation.facts.push(text_of(&["Folder: ", folder]));
    }
    if let Some(code) = outcome.exit_code {
        observation
            .facts
            .push(text_of(&["Exit code ", &code.to_string()]));
    }
    *worked = Worked {
        line,
        folder: folder.to_owned(),
    };
    Some(observation)
}

/// What a command that runs on, or one that somebody else began, says.
pub(super) fn output(scene: &Scene) -> Option<Observation> {
    let outcome = Outcome::of(scene.response);
    let line = scene
        .argument(&["command"])
        .or_else(|| raw::text(scene.response, &["command"]))
        .map(|line| without_folder(&one_line(line), scene.folder))
        .unwrap_or_default();
    if outcome.tests.have_run() {
        return Some(tested(scene, &line, &outcome));
    }
    match outcome.has_failed(false) {
        true => failed(&line, &outcome, &Class::Other),
        false => None,
    }
}

/// What the editor's own test runner says.
pub(super) fn tests(scene: &Scene) -> Option<Observation> {
    let outcome = Outcome::of(scene.response);
    let mut observation = outcome
        .tests
        .have_run()
        .then(|| tested(scene, "", &outcome))?;
    let files = scene
        .argument(&["files", "filePaths", "testFiles"])
        .unwrap_or_default();
    observation.files_read = files.lines().map(|file| scene.relative(file)).collect();
    Some(observation)
}

fn tested(scene: &Scene, line: &str, outcome: &Outcome) -> Observation {
    let tests = &outcome.tests;
    let counts = tests.counts();
    let has_failed = outcome.has_failed(true);
    let title = match (has_failed, tests.failing.first(), outcome.errors.first()) {
        (true, Some(first), _) => {
            let others = (tests.failed.max(tests.failing.len() as u64) - 1).to_string();
            match others.as_str() {
                "0" => text_of(&["Test fails: ", first]),
                others => text_of(&["Tests fail: ", first, " and ", others, " more"]),
            }
        }
        (true, None, Some(error)) => text_of(&["Tests fail: ", error]),
        (true, None, None) => text_of(&["Tests fail: ", &cut(line, IN_TITLE)]),
        (false, ..) => match (line.is_empty(), counts.is_empty()) {
            (true, _) => text_of(&["Tests pass: ", &counts]),
            (false, true) => text_of(&["Tests pass: ", &quoted(line, IN_TITLE)]),
            (false, false) => text_of(&["Tests pass: ", &quoted(line, IN_TITLE), ", ", &counts]),
        },
    };
    let mut observation = ran(ObservationType::Discovery, title, line, "tests");
    if has_failed {
        observation.concepts.insert(0, "error".to_owned());
        observation
            .facts
            .extend((!counts.is_empty()).then_some(counts));
        let others = tests.failing.iter().skip(1);
        observation
            .facts
            .extend(others.map(|name| text_of(&["Fails: ", name])));
        add_errors(&mut observation, outcome);
    } else if scene.asked == Some(ObservationType::Bugfix) {
        // A green run is where a fix proves itself.
        observation.concepts.push("problem-solution".to_owned());
    }
    observation
}

/// A command that failed, if it says why.
fn failed(line: &str, outcome: &Outcome, class: &Class) -> Option<Observation> {
    let error = outcome.errors.first().or(outcome.only_line.as_ref());
    let shown = match line {
        "" => "Command".to_owned(),
        line => quoted(line, IN_TITLE),
    };
    let title = match (error, outcome.exit_code) {
        (Some(error), _) => text_of(&[&shown, " fails: ", error]),
        (None, Some(code)) if code != 0 => {
            text_of(&[&shown, " fails with exit code ", &code.to_string()])
        }
        (None, _) if outcome.is_interrupted => return None,
        (None, _) => text_of(&[&shown, " fails"]),
    };
    let label = match class {
        Class::Packages { .. } => "dependencies",
        _ if line.starts_with("git ") => "git",
        Class::Quiet => "build",
        _ => "command",
    };
    let mut observation = ran(ObservationType::Discovery, title, line, label);
    observation.concepts.insert(0, "error".to_owned());
    add_errors(&mut observation, outcome);
    Some(observation)
}

/// A commit, by the rules that read commits.
fn committed(
    scene: &Scene,
    command: &Command,
    typed: &str,
    outcome: &Outcome,
) -> Option<Observation> {
    let words = words(typed);
    let mut messages = String::new();
    for (position, word) in words.iter().enumerate() {
        let is_flag = matches!(word.as_str(), "-m" | "--message" | "-am" | "-sm");
        let message = match word.strip_prefix("--message=") {
            Some(message) => Some(message),
            None if is_flag => words.get(position + 1).map(String::as_str),
            None => None,
        };
        if let Some(message) = message {
            messages.push_str(message);
            messages.push_str("\n\n");
        }
    }
    let message = command.document.clone().unwrap_or(messages);
    if message.trim().is_empty() || message.starts_with('$') {
        return None;
    }
    let commit = Commit {
        hash: outcome.commit.clone().unwrap_or_default(),
        message,
        ..Commit::default()
    };
    let mut observation = commit::observe_with(&commit, scene.rules)?;
    // Its hash is cut; the commit itself is learned from the repository.
    observation.commit = None;
    observation
        .subtitle
        .get_or_insert_with(|| "Commit".to_owned());
    Some(observation)
}

fn moved(scene: &Scene, verb: &str, paths: &[String], line: &str) -> Option<Observation> {
    let mut paths: Vec<String> = paths.iter().map(|path| scene.relative(path)).collect();
    paths.retain(|path| !path::is_passing(path) && !path.starts_with('$'));
    let (last, from) = paths.split_last()?;
    let title = match (verb, from) {
        ("Deleted", _) => {
            let names: Vec<&str> = paths.iter().map(String::as_str).collect();
            text_of(&["Deleted ", &listed(&names, IN_LIST)])
        }
        (_, [one]) => text_of(&[verb, " `", one, "` to `", last, "`"]),
        (_, []) => return None,
        _ => text_of(&[verb, " ", &from.len().to_string(), " files to `", last, "`"]),
    };
    let observation_type = match verb {
        "Moved" => ObservationType::Refactor,
        _ => scene.work(),
    };
    let mut observation = ran(observation_type, title, line, "files");
    paths.retain(|path| !path.contains('*'));
    observation.files_modified = paths;
    Some(observation)
}

fn ran(observation_type: ObservationType, title: String, line: &str, label: &str) -> Observation {
    let mut observation = titled(observation_type, title);
    if observation_type == ObservationType::Discovery {
        // That something ran shows nothing of how it works.
        observation.concepts.clear();
    }
    observation.concepts.push(label.to_owned());
    if !line.is_empty() {
        observation
            .facts
            .push(text_of(&["Command: ", &quoted(line, IN_FACT)]));
    }
    observation
}

fn add_errors(observation: &mut Observation, outcome: &Outcome) {
    if let Some(code) = outcome.exit_code.filter(|code| *code != 0) {
        observation
            .facts
            .push(text_of(&["Exit code ", &code.to_string()]));
    }
    observation.facts.extend(outcome.errors.iter().cloned());
    let errors = outcome.errors.join("\n");
    add_told(observation, &errors);
}

/// The command line of a tool's arguments.
fn command_line(scene: &Scene, task: &serde_json::Value) -> Option<String> {
    if let Some(packages) = scene.argument(&["packageList"]) {
        return Some(text_of(&["pip install ", &one_line(packages)]));
    }
    let command = raw::text(task, &["command", "cmd", "script", "code"])
        .or_else(|| scene.argument(&["command", "cmd"]));
    let mut line = match command {
        Some(command) => command.to_owned(),
        // A task that is known by its name alone.
        None => {
            let task = scene.argument(&["id", "label", "taskLabel"])?;
            match task.split_once(": ") {
                Some(("npm", script)) => text_of(&["npm run ", script]),
                Some((_, task)) => text_of(&["task ", task]),
                None => text_of(&["task ", task]),
            }
        }
    };
    if let Some(arguments) = raw::text(task, &["args"]) {
        line.push(' ');
        line.push_str(&one_line(arguments));
    }
    Some(line)
}

/// A command line as code, cut.
fn quoted(line: &str, most: usize) -> String {
    let line = line.replace('`', "'");
    text_of(&["`", &cut(&line, most), "`"])
}

/// As one line, with paths of the folder relative to it.
fn without_folder(line: &str, folder: &str) -> String {
    let line = one_line(line);
    let folder = folder.trim_end_matches(['/', '\\']);
    match folder.len() > 1 {
        true => line
            .replace(&text_of(&[folder, "/"]), "")
            .replace(folder, "."),
        false => line,
    }
}
