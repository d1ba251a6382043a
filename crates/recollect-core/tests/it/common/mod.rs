//! What the tests of the public API share: one place that knows it.

#![allow(dead_code, missing_docs)]

use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{
    Body, Observation, ObservationType, Origin, Prompt, Provenance, Trust,
};
use recollect_core::search::request::{Format, Hits, Search};
use recollect_core::{Appended, Filter, Flush, Page, Project, Query, RecordId, Store, UnixMillis};

pub const NOW: UnixMillis = UnixMillis(1_790_000_000_000);
pub const DAY: i64 = 86_400_000;

pub fn store(seed: u8) -> Store {
    Store::new([seed; 32], "0.0.0").unwrap()
}

pub fn origin() -> Origin {
    Origin {
        project: Project::of(None, "file:///a/app"),
        provenance: Provenance::User,
        trust: Trust::High,
        flag: None,
        session: None,
        workspace: None,
    }
}

pub fn in_session(session: &str) -> Origin {
    Origin {
        session: Some(session.to_owned()),
        ..origin()
    }
}

pub fn observation(title: &str, narrative: &str) -> Observation {
    Observation {
        observation_type: ObservationType::Discovery,
        title: title.to_owned(),
        subtitle: None,
        narrative: (!narrative.is_empty()).then(|| narrative.to_owned()),
        facts: Vec::new(),
        concepts: Vec::new(),
        files_read: Vec::new(),
        files_modified: Vec::new(),
        prompt_number: None,
        tokens_spent: None,
        commit: None,
        git: None,
        is_cut: false,
    }
}

pub fn draft(body: Body) -> Draft {
    Draft {
        at: None,
        origin: Some(origin()),
        body,
    }
}

pub fn told(title: &str, narrative: &str) -> Draft {
    draft(Body::Observation(observation(title, narrative)))
}

pub fn prompt(session: &str, number: u32, text: &str) -> Draft {
    Draft {
        at: None,
        origin: Some(in_session(session)),
        body: Body::Prompt(Prompt {
            number,
            text: text.to_owned(),
            is_cut: false,
        }),
    }
}

/// Writes what is pending; gives the files, as a folder would keep them.
pub fn flush(store: &mut Store, now: UnixMillis) -> Vec<Flush> {
    let mut files = Vec::new();
    while let Some(file) = store.next_flush(now) {
        store.flushed(file.name.as_str()).unwrap();
        files.push(file);
    }
    files
}

/// Appends and writes at once; gives the ids of what was kept.
pub fn keep(store: &mut Store, drafts: Vec<Draft>, now: UnixMillis) -> Vec<RecordId> {
    let appended = store.append(drafts, now).unwrap();
    flush(store, now);
    ids(appended)
}

pub fn ids(appended: Vec<Appended>) -> Vec<RecordId> {
    appended
        .into_iter()
        .filter_map(|appended| match appended {
            Appended::Pending(id) => Some(id),
            Appended::Private | Appended::Nothing => None,
        })
        .collect()
}

pub fn search(store: &Store, text: &str) -> Hits {
    store
        .index()
        .search(&Search {
            query: Query::parse(text, false),
            now: NOW,
            ..Search::default()
        })
        .unwrap()
}

pub fn titles(hits: &Hits) -> Vec<&str> {
    hits.hits.iter().map(|hit| hit.title.as_str()).collect()
}

pub fn recent(store: &Store) -> Hits {
    let page = Page::new(Some(200), None).unwrap();
    store
        .index()
        .recent(&Filter::default(), page, Format::Full)
        .unwrap()
}

/// A search with room for all hits.
pub fn asked(text: &str) -> Search {
    Search {
        query: Query::parse(text, false),
        now: NOW,
        page: Page::new(Some(200), None).unwrap(),
        ..Search::default()
    }
}
