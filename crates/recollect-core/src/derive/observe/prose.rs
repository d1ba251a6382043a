//! What pages, other agents, plans and answers say.

use serde_json::Value;

use super::{Scene, add_told, raw, text_of, titled};
use crate::derive::commit::told_concepts;
use crate::derive::commit::words::Words;
use crate::derive::note::telling::{self, Telling, labelled};
use crate::derive::note::{shortened, title_of, type_of};
use crate::log::record::{Observation, ObservationType};
use crate::text::{cut, one_line};

/// Most bytes of an answer that are told.
const MAX_ANSWER_BYTES: usize = 600;
const MAX_PLAN_BYTES: usize = 1_800;
const MAX_SENTENCE_BYTES: usize = 240;
const MAX_SENTENCES: usize = 4;
const MAX_RESULTS: usize = 5;
const MAX_STEPS: usize = 8;

pub(super) fn fetch(scene: &Scene) -> Option<Observation> {
    if raw::is_failure(scene.response) || status(scene.response).is_some_and(|code| code >= 400) {
        return None;
    }
    let urls = scene.argument(&["url", "urls", "uri"])?;
    let page = address(urls.lines().next().unwrap_or_default());
    let question = scene.argument(&["prompt", "query"]).map(one_line);
    let answer = raw::text(scene.response, &["result", "text", "content"])
        .map_or_else(|| raw::said(scene.response), str::to_owned);
    let title = match &question {
        Some(question) => shortened(text_of(&["Looked up: ", question])),
        None => text_of(&["Read ", &page, ": ", &title_of(&answer)]),
    };
    let mut observation = titled(ObservationType::Discovery, title);
    observation.subtitle = Some(page);
    // Some hosts answer the question, others give the whole page.
    let is_answer = question.is_some() && answer.len() < 8 * 1024;
    let most = if is_answer {
        MAX_ANSWER_BYTES
    } else {
        MAX_SENTENCE_BYTES
    };
    observation.narrative = Some(beginning(&answer, most)).filter(|text| !text.is_empty());
    observation.facts = telling(&answer);
    observation.concepts.push("web".to_owned());
    add_told(&mut observation, &cut(&answer, MAX_ANSWER_BYTES));
    Some(observation)
}

pub(super) fn web_search(scene: &Scene) -> Option<Observation> {
    let query = one_line(scene.argument(&["query", "q", "search_term"])?);
    let mut facts = Vec::new();
    let mut lists: Vec<&Value> = vec![scene.response];
    // Results stand in a list of their own or in one inside it.
    while let Some(value) = lists.pop() {
        for entry in value.as_array().into_iter().flatten() {
            match (raw::text(entry, &["title"]), raw::text(entry, &["url"])) {
                (Some(title), Some(url)) if facts.len() < MAX_RESULTS => {
                    facts.push(text_of(&[&one_line(title), " — ", &address(url)]));
                }
                _ => lists.extend(entry.get("content")),
            }
        }
        lists.extend(
            value
                .get("results")
                .or_else(|| value.get("content"))
                .filter(|inner| inner.is_array()),
        );
    }
    let said = raw::text(scene.response, &["result", "text", "content"])
        .or(scene.response.as_str())
        .filter(|said| !said.trim_start().starts_with(['[', '{']))
        .map(|said| beginning(said, MAX_ANSWER_BYTES));
    if facts.is_empty() && said.is_none() {
        return None;
    }
    let title = shortened(text_of(&["Searched the web: ", &query]));
    let mut observation = titled(ObservationType::Discovery, title);
    observation.narrative = said;
    observation.facts = facts;
    observation.concepts.push("web".to_owned());
    Some(observation)
}

/// What another agent reports.
pub(super) fn agent(scene: &Scene) -> Option<Observation> {
    let report = raw::said(scene.response);
    if raw::is_failure(scene.response) || report.trim().is_empty() {
        return None;
    }
    let task = scene
        .argument(&["description", "title", "prompt"])
        .map(one_line);
    let title = task.unwrap_or_else(|| title_of(&report));
    let facts = telling(&report);
    let observation_type = match type_of(&cut(&report, MAX_PLAN_BYTES)) {
        // It was asked to look, and reports what it saw.
        found @ (ObservationType::Decision | ObservationType::Discovery) => found,
        _ => match scene.work() {
            ObservationType::Change => ObservationType::Discovery,
            asked => asked,
        },
    };
    let mut observation = titled(observation_type, shortened(title));
    observation.narrative = Some(beginning(&report, MAX_ANSWER_BYTES));
    observation.facts = facts;
    add_told(&mut observation, &cut(&report, MAX_PLAN_BYTES));
    Some(observation)
}

/// A plan that the user agreed to.
pub(super) fn plan(scene: &Scene) -> Option<Observation> {
    if raw::is_failure(scene.response) {
        return None;
    }
    let plan = scene
        .argument(&["plan"])
        .or_else(|| raw::text(scene.response, &["plan"]))?;
    let mut title = title_of(plan);
    if !title.to_ascii_lowercase().starts_with("plan") {
        title.insert_str(0, "Plan: ");
    }
    let mut observation = titled(ObservationType::Decision, shortened(title));
    observation.narrative = Some(cut(plan.trim(), MAX_PLAN_BYTES).into_owned());
    observation.concepts.push("plan".to_owned());
    add_told(&mut observation, plan);
    Some(observation)
}

/// What the user chose when asked.
pub(super) fn questions(scene: &Scene) -> Option<Observation> {
    let mut facts = Vec::new();
    for source in [scene.response, scene.input] {
        for (question, answer) in source
            .get("answers")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let answer = match answer {
                Value::String(answer) => answer.as_str(),
                answer => raw::text(answer, &["answer", "selected", "freeText", "text"])
                    .unwrap_or_default(),
            };
            if !answer.trim().is_empty() {
                facts.push(text_of(&[&one_line(question), " → ", &one_line(answer)]));
            }
        }
        if !facts.is_empty() {
            break;
        }
    }
    if facts.is_empty() {
        let question = scene.argument(&["question", "message"])?;
        let answer = raw::said(scene.response);
        let answer = Some(one_line(&answer)).filter(|answer| !answer.is_empty())?;
        facts.push(text_of(&[&one_line(question), " → ", &answer]));
    }
    let mut observation = titled(ObservationType::Decision, shortened(facts.first()?.clone()));
    let is_all = facts.len() == 1 && observation.title == facts[0];
    observation.facts = if is_all { Vec::new() } else { facts };
    Some(observation)
}

/// What got done since the list was written before, and what is left.
pub(super) fn todos(scene: &Scene) -> Option<Observation> {
    let list = |value: &Value| -> Vec<(String, bool)> {
        let lists = ["todos", "todoList", "newTodos", "items", "plan"];
        let entries = lists.iter().find_map(|key| value.get(key)?.as_array());
        let entries = entries.into_iter().flatten();
        entries
            .filter_map(|entry| {
                let text = one_line(raw::text(entry, &["content", "title", "text", "step"])?);
                let status = raw::text(entry, &["status"]).unwrap_or_default();
                Some((text, matches!(status, "completed" | "done")))
            })
            .take(100)
            .collect()
    };
    let now = list(scene.input);
    let before = scene
        .response
        .get("oldTodos")
        .map(|old| list(&serde_json::json!({ "todos": old })))
        .unwrap_or_default();
    let done: Vec<&String> = now
        .iter()
        .filter(|(text, is_done)| *is_done && !before.contains(&(text.clone(), true)))
        .map(|(text, _)| text)
        .collect();
    let left: Vec<&String> = now
        .iter()
        .filter(|entry| !entry.1)
        .map(|entry| &entry.0)
        .collect();
    let is_new = before.is_empty() && done.is_empty();
    let (title, work) = match (done.last(), left.first()) {
        (Some(last), _) => (text_of(&["Done: ", last]), scene.work()),
        (None, Some(first)) if is_new && left.len() > 1 => (
            text_of(&[
                "To do: ",
                first,
                " and ",
                &(left.len() - 1).to_string(),
                " more",
            ]),
            ObservationType::Change,
        ),
        _ => return None,
    };
    let mut observation = titled(work, shortened(title));
    let earlier = done.iter().rev().skip(1).take(MAX_STEPS / 2);
    observation
        .facts
        .extend(earlier.map(|step| text_of(&["Done: ", step])));
    observation.facts.extend(
        left.iter()
            .take(MAX_STEPS)
            .map(|step| text_of(&["Left: ", step])),
    );
    observation.concepts.push("todo".to_owned());
    Some(observation)
}

/// Sentences that decide, warn or give a reason.
fn telling(text: &str) -> Vec<String> {
    let mut told = Vec::new();
    let text = cut(text, 8 * 1024);
    for line in text.lines() {
        for sentence in line.split_inclusive(". ") {
            let sentence = crate::derive::note::without_marks(sentence);
            let is_sentence = sentence.contains(' ')
                && sentence.len() > 20
                && sentence.len() <= MAX_SENTENCE_BYTES;
            if !is_sentence || told.len() >= MAX_SENTENCES {
                continue;
            }
            let tells = told_concepts(&Words::of(sentence)).next().is_some()
                || type_of(sentence) == ObservationType::Decision
                || labelled(sentence).is_some_and(|(_, rest)| !rest.is_empty())
                || matches!(
                    telling::told(sentence),
                    Some(Telling::Decision | Telling::Finding)
                );
            if tells {
                told.push(one_line(sentence));
            }
        }
    }
    told
}

/// The first paragraphs of a text, as far as they fit.
fn beginning(text: &str, most: usize) -> String {
    let text = text.trim();
    let mut end = 0;
    for paragraph in text.split_inclusive("\n\n") {
        if end + paragraph.len() > most {
            break;
        }
        end += paragraph.len();
    }
    match end {
        0 => cut(text, most).into_owned(),
        end => text[..end].trim_end().to_owned(),
    }
}

fn status(response: &Value) -> Option<i64> {
    response
        .get("code")
        .or_else(|| response.get("status"))?
        .as_i64()
}

/// An address without its scheme, query and fragment, which may hold what was
/// meant for one person.
fn address(url: &str) -> String {
    let url = url.trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let url = url.rsplit_once('@').map_or(url, |(_, host)| host);
    cut(url.trim_end_matches('/'), 200).into_owned()
}
