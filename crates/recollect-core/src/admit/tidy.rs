//! The form of a record: lines where lines are meant, and nothing blank.

use crate::record::{Body, Observation, Summary};
use crate::text::{cut, first_line, one_line};

/// Bytes of a title made from a longer text.
const MADE_TITLE_BYTES: usize = 120;

/// Lines where lines are meant, no blank entries, and a title for a story that has none.
pub(crate) fn tidy(body: &mut Body) {
    match body {
        Body::Observation(observation) => tidy_observation(observation),
        Body::Summary(summary) => {
            let Summary {
                request,
                investigated,
                learned,
                completed,
                next_steps,
                notes,
                facts,
                concepts,
                files,
                is_cut: _,
            } = summary;
            for text in [request, investigated, learned, completed, next_steps, notes] {
                drop_blank(text);
            }
            for list in [facts, concepts, files] {
                tidy_list(list);
            }
        }
        Body::Event(event) => {
            drop_blank(&mut event.file);
            drop_blank(&mut event.content);
        }
        Body::Edit(edit) => {
            if let Some(title) = &mut edit.title {
                *title = one_line(title);
            }
            edit.facts.iter_mut().for_each(tidy_list);
            edit.concepts.iter_mut().for_each(tidy_list);
        }
        Body::Session(session) => {
            for text in [
                &mut session.source,
                &mut session.user,
                &mut session.ide,
                &mut session.title,
            ] {
                drop_blank(text);
            }
        }
        Body::Fact(_)
        | Body::Prompt(_)
        | Body::Context(_)
        | Body::SessionEnd(_)
        | Body::Use(_)
        | Body::Del(_)
        | Body::Wipe(_)
        | Body::Alias(_) => {}
    }
}

fn tidy_observation(observation: &mut Observation) {
    drop_blank(&mut observation.subtitle);
    drop_blank(&mut observation.narrative);
    for list in [
        &mut observation.facts,
        &mut observation.concepts,
        &mut observation.files_read,
        &mut observation.files_modified,
    ] {
        tidy_list(list);
    }
    observation.title = one_line(&observation.title);
    if observation.title.is_empty() {
        let story = observation.narrative.as_ref().or(observation.facts.first());
        observation.title = story
            .map(|story| cut(first_line(story), MADE_TITLE_BYTES).into_owned())
            .unwrap_or_default();
    }
}

fn drop_blank(text: &mut Option<String>) {
    if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
        *text = None;
    }
}

fn tidy_list(list: &mut Vec<String>) {
    let mut kept: Vec<String> = Vec::with_capacity(list.len());
    for entry in list.drain(..) {
        let entry = one_line(&entry);
        if !entry.is_empty() && !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    *list = kept;
}
