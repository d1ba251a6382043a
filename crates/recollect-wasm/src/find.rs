//! What is found and listed.

use recollect_core::recall::fence;
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::error::{read, thrown};
use crate::requests::{ContextRequest, Filter, SearchRequest, TimelineRequest};
use crate::store::{Recollect, Thrown, out};
use crate::types::{
    Activity, ContextBlock, MemoryList, Place, Project, ProjectList, ProjectStats, SearchResult,
    Stats, TimelineResult,
};

#[wasm_bindgen]
impl Recollect {
    /// The project that a place belongs to. What was recorded under other ids of it is
    /// found from here on; a record says so along with the next memory of it.
    #[wasm_bindgen(js_name = projectAt)]
    pub fn project_at(&mut self, place: Ts<Place>) -> Thrown<Ts<Project>> {
        let place = read(&place)?.into();
        let project = self.store.project_at(&place).map_err(thrown)?;
        out(&Project::from(project))
    }

    /// The project of an id, or of a name that it has or had; of several the one that
    /// was used last.
    #[wasm_bindgen(js_name = projectNamed)]
    pub fn project_named(&self, name: &str) -> Thrown<Option<Ts<Project>>> {
        let project = self.store.project_named(name);
        project
            .map(|project| out(&Project::from(project)))
            .transpose()
    }

    /// Best first; without words, newest first. Ages count from the request's `now`;
    /// which facts hold is decided as of the `now` beside it, the host's clock.
    pub fn search(
        &mut self,
        request: Ts<SearchRequest>,
        now: Option<f64>,
    ) -> Thrown<Ts<SearchResult>> {
        let request = read(&request)?;
        let is_explained = request.is_explained;
        let search = request.into_core().map_err(thrown)?;
        let index = self.as_of(now)?.index();
        let hits = index.search(&search).map_err(thrown)?;
        let is_continued = search.after.is_some();
        out(&SearchResult::new(
            hits,
            search.page,
            is_continued,
            is_explained,
        ))
    }

    /// Newest first.
    pub fn recent(&mut self, filter: Ts<Filter>, now: Option<f64>) -> Thrown<Ts<SearchResult>> {
        let (filter, page) = read(&filter)?.into_core().map_err(thrown)?;
        let format = recollect_core::search::request::Format::Index;
        let hits = self
            .as_of(now)?
            .index()
            .recent(&filter, page, format)
            .map_err(thrown)?;
        out(&SearchResult::new(hits, page, false, false))
    }

    /// Memories by their ids, in that order; unknown ones are left out. As everywhere, the
    /// first digits of an id do, at least 8 of them; `InvalidInput` if several ids begin so.
    pub fn get(&mut self, ids: Vec<String>, now: Option<f64>) -> Thrown<Ts<MemoryList>> {
        let ids = self.store.ids_of("ids", &ids).map_err(thrown)?;
        let memories = self.as_of(now)?.get(&ids).map_err(thrown)?;
        out(&MemoryList(memories.into_iter().map(Into::into).collect()))
    }

    /// The shortest beginnings of ids that no other record shares, at least 8 digits:
    /// they are taken wherever an id is. What is no id is refused, an unknown one is
    /// shortened all the same.
    #[wasm_bindgen(js_name = shortIds)]
    pub fn short_ids(&mut self, ids: Vec<String>) -> Thrown<Vec<String>> {
        let ids = self.store.known_ids_of("ids", &ids).map_err(thrown)?;
        Ok(ids.iter().map(|id| self.store.short_id(*id)).collect())
    }

    /// Of these whole ids those whose records are here already, or were forgotten.
    #[wasm_bindgen(js_name = knownAmong)]
    pub fn known_among(&mut self, ids: Vec<String>) -> Thrown<Vec<String>> {
        let ids = self.store.known_ids_of("ids", &ids).map_err(thrown)?;
        let known = self.store.known_among(&ids).map_err(thrown)?;
        Ok(known.iter().map(ToString::to_string).collect())
    }

    /// The memories that edits change, by the edits' ids, which `forget` takes back; empty
    /// for what is no edit, or was taken back.
    #[wasm_bindgen(js_name = editedBy)]
    pub fn edited_by(&mut self, edits: Vec<String>) -> Thrown<Vec<String>> {
        let edits = self.store.known_ids_of("edits", &edits).map_err(thrown)?;
        let mut of = Vec::with_capacity(edits.len());
        for edit in edits {
            let id = self.store.edited_by(edit).map_err(thrown)?;
            of.push(id.map_or_else(String::new, |id| id.to_string()));
        }
        Ok(of)
    }

    /// Whole numbers for records, below 2^53 and in the order of time: the same in
    /// every window that has the same records. 0 for an id that is not here.
    pub fn aliases(&mut self, ids: Vec<String>) -> Thrown<Vec<f64>> {
        let ids = self.store.known_ids_of("ids", &ids).map_err(thrown)?;
        let aliases = self.store.aliases(&ids).into_iter();
        Ok(aliases.map(|alias| alias.unwrap_or(0) as f64).collect())
    }

    /// The ids that `aliases` gave these numbers; empty for a number that none has.
    pub fn aliased(&mut self, numbers: Vec<f64>) -> Vec<String> {
        let numbers: Vec<u64> = numbers.iter().map(|number| *number as u64).collect();
        let ids = self.store.aliased(&numbers).into_iter();
        ids.map(|id| id.map_or_else(String::new, |id| id.to_string()))
            .collect()
    }

    /// What stood around a memory, a session or a moment.
    pub fn timeline(
        &mut self,
        request: Ts<TimelineRequest>,
        now: Option<f64>,
    ) -> Thrown<Ts<TimelineResult>> {
        let request = read(&request)?.into_core(&mut self.store).map_err(thrown)?;
        let timeline = self
            .as_of(now)?
            .index()
            .timeline(&request)
            .map_err(thrown)?;
        out(&TimelineResult::from(timeline))
    }

    /// Projects, the most recently used first.
    pub fn projects(&mut self, now: Option<f64>) -> Thrown<Ts<ProjectList>> {
        let projects = self.as_of(now)?.index().projects().map_err(thrown)?;
        out(&ProjectList(
            projects.into_iter().map(ProjectStats::from).collect(),
        ))
    }

    /// What the store holds.
    pub fn stats(&mut self, now: Option<f64>) -> Thrown<Ts<Stats>> {
        out(&Stats::from(self.as_of(now)?.stats().map_err(thrown)?))
    }

    /// How the memories that pass a filter spread over days, files and sectors; at most
    /// `most_files` of the files, which take longest. Neither limit nor offset count.
    pub fn activity(
        &mut self,
        filter: Ts<Filter>,
        most_files: u32,
        now: Option<f64>,
    ) -> Thrown<Ts<Activity>> {
        let (filter, _) = read(&filter)?.into_core().map_err(thrown)?;
        let index = self.as_of(now)?.index();
        let activity = index.activity(&filter, most_files as usize);
        out(&Activity::from(activity.map_err(thrown)?))
    }

    /// Memories as one fenced block of text for a model.
    pub fn context(
        &mut self,
        request: Ts<ContextRequest>,
        now: Option<f64>,
    ) -> Thrown<Ts<ContextBlock>> {
        let ContextRequest { ids, max_tokens } = read(&request)?;
        let ids = self.store.ids_of("ids", &ids).map_err(thrown)?;
        let max_tokens = max_tokens.unwrap_or(fence::DEFAULT_TOKENS);
        self.as_of(now)?;
        let block = self.store.context(&ids, max_tokens).map_err(thrown)?;
        out(&ContextBlock::from(block))
    }
}
