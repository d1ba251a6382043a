//! The one class that crosses.

use js_sys::{Array, JSON, Uint8Array};
use recollect_core::log::name::SegmentName;
use recollect_core::{SEED_LENGTH, Store, intake::privacy, recall::fence};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::drafts::{self, CommitList, NewRecordList, Note};
use crate::error::{ErrorName, read, read_value, throw, thrown};
use crate::host_bytes::{ImageReader, joined};
use crate::requests::{
    ContextRequest, Filter, ForgetSelection, PrivacyRules, SearchRequest, TimelineRequest, millis,
};
use crate::room;
use crate::types::{
    Activity, Appended, AppendedList, Captured, ContextBlock, FetchedTexts, ImportReport, Learned,
    MemoryList, Outcome, Place, Project, ProjectList, ProjectStats, SearchResult, SegmentReport,
    Selected, Stats, TimelineResult, Trust,
};

pub(crate) type Thrown<T> = Result<T, JsValue>;

/// Room for the texts that full-text search is given at once, in bytes. More of it would
/// stay unused in a module that is nearly full.
const SETTLING_BYTES: usize = 1 << 20;

/// All memories of a user, as one process sees them. Free it when done.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Recollect {
    pub(crate) store: Store,
}

/// A file to write, once.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Flush {
    flush: recollect_core::Flush,
}

#[wasm_bindgen]
impl Flush {
    /// Its name; nobody else can produce it.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        self.flush.name.to_string()
    }

    /// Its bytes, copied out of the module.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Uint8Array {
        Uint8Array::from(self.flush.bytes.as_slice())
    }

    /// How many records it holds.
    #[wasm_bindgen(getter)]
    pub fn records(&self) -> usize {
        self.flush.records
    }
}

/// What the host is to do with its files; one at a time.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Operation {
    operation: recollect_core::Operation,
}

#[wasm_bindgen]
impl Operation {
    /// What to do.
    #[wasm_bindgen(getter, unchecked_return_type = "OperationKind")]
    pub fn kind(&self) -> String {
        let kind = match self.operation {
            recollect_core::Operation::Read(..) => "read",
            recollect_core::Operation::PutNew(..) => "put_new",
            recollect_core::Operation::Delete(..) => "delete",
        };
        kind.to_owned()
    }

    /// Where the file is.
    #[wasm_bindgen(getter, unchecked_return_type = "Area")]
    pub fn area(&self) -> String {
        let (recollect_core::Operation::Read(area, _)
        | recollect_core::Operation::PutNew(area, ..)
        | recollect_core::Operation::Delete(area, _)) = &self.operation;
        let area = match area {
            recollect_core::Area::Segments => "segments",
            recollect_core::Area::Quarantine => "quarantine",
        };
        area.to_owned()
    }

    /// Its name.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        let (recollect_core::Operation::Read(_, name)
        | recollect_core::Operation::PutNew(_, name, _)
        | recollect_core::Operation::Delete(_, name)) = &self.operation;
        name.to_string()
    }

    /// The bytes to write, copied out of the module.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Option<Uint8Array> {
        match &self.operation {
            recollect_core::Operation::PutNew(_, _, bytes) => {
                Some(Uint8Array::from(bytes.as_slice()))
            }
            _ => None,
        }
    }
}

/// Has the next call run in a new instance of the module: after a trap the memory of
/// the old one may hold anything. Whatever was made before is gone with it.
#[wasm_bindgen(js_name = startAnew)]
pub fn start_anew() {
    wasm_bindgen::handler::schedule_reinit();
}

#[wasm_bindgen]
impl Recollect {
    /// An empty store. `seed` is 32 bytes, fresh from a secure generator each
    /// time; `app` is the version written into segments.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: &[u8], app: &str) -> Thrown<Recollect> {
        console_error_panic_hook::set_once();
        let seed: [u8; SEED_LENGTH] = seed.try_into().map_err(|_| {
            let message = format!("seed has {} bytes, not {SEED_LENGTH}", seed.len());
            throw(ErrorName::InvalidInput, &message)
        })?;
        let store = Store::new(seed, app).map_err(thrown)?;
        Ok(Self { store })
    }

    /// Those of `names` that are segments and were not read yet, newest first.
    pub fn missing(&self, names: Vec<String>) -> Vec<String> {
        let missing = self.store.missing(names.iter().map(String::as_str));
        missing.iter().map(SegmentName::to_string).collect()
    }

    /// Reads a segment; damage is part of the report.
    pub fn ingest(&mut self, name: &str, bytes: &[u8], now: f64) -> Thrown<Ts<SegmentReport>> {
        let segment = SegmentName::parse(name)
            .ok_or_else(|| throw(ErrorName::InvalidInput, "name: not the name of a segment"))?;
        room::make();
        let report = self
            .store
            .ingest(&segment, bytes, millis(now))
            .map_err(thrown)?;
        out(&SegmentReport::new(name, report))
    }

    /// What is kept out from here on, besides what the module knows of itself.
    /// Gives what is wrong with each rule that cannot be used; the others hold.
    #[wasm_bindgen(js_name = setPrivacyRules)]
    pub fn set_privacy_rules(&mut self, rules: Ts<PrivacyRules>) -> Thrown<Vec<String>> {
        let (rules, problems) = read(&rules)?.into_core();
        self.store.set_user_rules(rules);
        Ok(problems)
    }

    /// Takes records in, all or none; results stand in the order of `records`.
    pub fn append(&mut self, records: Ts<NewRecordList>, now: f64) -> Thrown<Ts<AppendedList>> {
        let drafts = drafts(&records)?;
        appended(self.store.append(drafts, millis(now)))
    }

    /// Takes in what nobody asked to be remembered: as `append`, but a text that
    /// is too long is cut and marked so, and a record that cannot be kept is left
    /// out by itself.
    pub fn capture(&mut self, records: Ts<NewRecordList>, now: f64) -> Thrown<Ts<Captured>> {
        let (drafts, malformed) = drafts_of_each(&records)?;
        let captured = self.store.capture(drafts, millis(now)).map_err(thrown)?;
        out(&Captured::new(captured, malformed))
    }

    /// What the filter, with the user's rules, leaves of a text that is kept elsewhere than
    /// in a record; nothing if all of it is private.
    pub fn filtered(&self, text: &str) -> Option<String> {
        self.store.filtered(text)
    }

    /// Takes in a text that a person typed or selected.
    pub fn remember(&mut self, note: Ts<Note>, now: f64) -> Thrown<Ts<Appended>> {
        let (note, origin) = read(&note)?.into_core();
        let appended = self
            .store
            .remember(note, origin, millis(now))
            .map_err(thrown)?;
        out(&Appended::from(appended))
    }

    /// Takes in commits; one that was learned before, or forgotten, adds nothing.
    pub fn learn(
        &mut self,
        project: Ts<Project>,
        commits: Ts<CommitList>,
        now: f64,
    ) -> Thrown<Ts<Learned>> {
        let project = read(&project)?.into();
        let CommitList(commits) = read(&commits)?;
        let commits = commits.into_iter().map(Into::into).collect();
        let learned = self
            .store
            .learn(&project, commits, millis(now))
            .map_err(thrown)?;
        out(&Learned::from(learned))
    }

    /// The commits of a project that are remembered, a line each: its hash and those of the
    /// commits that it follows, parted by spaces.
    #[wasm_bindgen(js_name = knownCommits)]
    pub fn known_commits(&self, project: &str) -> Thrown<Vec<String>> {
        self.store.known_commits(project).map_err(thrown)
    }

    /// Shows what a selection holds. Nothing changes.
    pub fn select(
        &mut self,
        selection: Ts<ForgetSelection>,
        now: Option<f64>,
    ) -> Thrown<Ts<Selected>> {
        let selection = read(&selection)?
            .into_core(&mut self.store)
            .map_err(thrown)?;
        out(&Selected::from(
            self.as_of(now)?.select(&selection).map_err(thrown)?,
        ))
    }

    /// Ends what a selection holds, for good; gives how many memories there are
    /// of it. A whole project, or everything, ends as of now: with what other
    /// windows wrote and this one has not seen.
    pub fn forget(&mut self, selection: Ts<ForgetSelection>, now: f64) -> Thrown<usize> {
        let selection = read(&selection)?
            .into_core(&mut self.store)
            .map_err(thrown)?;
        self.store
            .forget_selected(&selection, millis(now))
            .map_err(thrown)
    }

    /// The lines of a segment that an export holds, without line ends; all
    /// segments must have been read before.
    #[wasm_bindgen(js_name = exportLines)]
    pub fn export_lines(&self, bytes: &[u8]) -> Thrown<Vec<String>> {
        self.store.export_lines(bytes).map_err(thrown)
    }

    /// Takes in whole lines of an export, at most 4 MiB of them. Ids are kept,
    /// texts are filtered again, and nothing gets more than `trust`; a line that
    /// cannot be taken is part of the report.
    #[wasm_bindgen(js_name = importLines)]
    pub fn import_lines(
        &mut self,
        text: &str,
        trust: Ts<Trust>,
        now: f64,
    ) -> Thrown<Ts<ImportReport>> {
        let trust = read(&trust)?.into();
        let report = self
            .store
            .import_lines(text, trust, millis(now))
            .map_err(thrown)?;
        out(&ImportReport::from(report))
    }

    /// An image of the index to start from next time; none while something waits
    /// to be written.
    #[wasm_bindgen(js_name = saveCache)]
    pub fn save_cache(&mut self) -> Thrown<Option<Uint8Array>> {
        self.store.save_cache(joined).map_err(thrown)
    }

    /// Starts from an image, before any segment was read. `listed` are the names
    /// of the segments that are there. False if the image cannot be used: delete
    /// it and read the segments.
    #[wasm_bindgen(js_name = loadCache)]
    pub fn load_cache(&mut self, image: &ImageReader, listed: Vec<String>, now: f64) -> bool {
        let bytes = image.size() as usize;
        // What is made of it is a little larger.
        room::make_for(bytes.saturating_add(bytes / 5));
        let listed = listed.iter().map(String::as_str);
        self.store.load_cache(image, bytes, listed, millis(now))
    }

    /// The next file to write; none while one is in flight or nothing is pending.
    #[wasm_bindgen(js_name = nextFlush)]
    pub fn next_flush(&mut self, now: f64) -> Option<Flush> {
        self.store
            .next_flush(millis(now))
            .map(|flush| Flush { flush })
    }

    /// How many records wait to be written, those of a file in flight among them.
    /// They are written in the order they came.
    #[wasm_bindgen(getter)]
    pub fn pending(&self) -> usize {
        self.store.pending()
    }

    /// The file of that name is durable: its records are found from here on.
    pub fn flushed(&mut self, name: &str) -> Thrown<()> {
        self.store.flushed(name).map_err(thrown)
    }

    /// The file of that name could not be written; its records come again.
    #[wasm_bindgen(js_name = flushFailed)]
    pub fn flush_failed(&mut self, name: &str) -> Thrown<()> {
        self.store.flush_failed(name).map_err(thrown)
    }

    /// Tells which files are in quarantine; other windows put some there too.
    #[wasm_bindgen(js_name = noteQuarantined)]
    pub fn note_quarantined(&mut self, names: Vec<String>) {
        self.store
            .note_quarantined(names.iter().map(String::as_str));
    }

    /// Takes the table of word vectors, by which memories are found by what they mean, too;
    /// without one search goes by words alone. Throws an `InvalidInput` error for bytes that are
    /// no such table.
    #[wasm_bindgen(js_name = setMeaning)]
    pub fn set_meaning(&mut self, table: Vec<u8>) -> Thrown<()> {
        self.store.index().set_meaning(table).map_err(thrown)
    }

    /// Gives some more of the memories their vectors, for a few milliseconds; whether others are
    /// left. `settle` does so too; this is for who asks once and does nothing else.
    #[wasm_bindgen(js_name = settleMeaning)]
    pub fn settle_meaning(&mut self) -> Thrown<bool> {
        self.store.settle_meaning().map_err(thrown)
    }

    /// Takes vectors of a model of so many numbers from here on, beside those of the table. `of`
    /// tells the model from any other; vectors of another go.
    #[wasm_bindgen(js_name = setModel)]
    pub fn set_model(&mut self, width: usize, of: u32) {
        self.store.index().set_model(width, of);
    }

    /// The texts of at most so many memories that have no vector of the model, newest first; each
    /// but once.
    #[wasm_bindgen(js_name = fetchTexts)]
    pub fn fetch_texts(&mut self, most: usize) -> Thrown<Ts<FetchedTexts>> {
        let texts = self.store.index().fetch_texts(most).map_err(thrown)?;
        let (rows, texts) = texts.into_iter().unzip();
        out(&FetchedTexts { rows, texts })
    }

    /// Takes what the model made of a text that was fetched, by the number of its row.
    #[wasm_bindgen(js_name = takeVector)]
    pub fn take_vector(&mut self, row: u32, vector: &[f32]) {
        self.store.index().take_vector(row, vector);
    }

    /// Makes some more of the names ready that questions and conditions ask by, for a few
    /// milliseconds; whether others are left. `settle` does so too; this is for who is about to ask.
    #[wasm_bindgen(js_name = settleNames)]
    pub fn settle_names(&self) -> Thrown<bool> {
        self.store.settle_names().map_err(thrown)
    }

    /// Makes some more of the memories ready for questions, for a few milliseconds: names that
    /// these ask by, and vectors. Whether others are left; call it in idle moments until it is
    /// false.
    pub fn settle(&mut self) -> Thrown<bool> {
        room::make_for(SETTLING_BYTES);
        self.store.settle().map_err(thrown)
    }

    /// The next operation that keeps the files in order, if there is one and
    /// none is under way; carry it out and call `complete`. Small segments are
    /// folded together if there are more than `compactAbove`, which is left out
    /// unless the window is idle.
    #[wasm_bindgen(js_name = nextOperation)]
    pub fn next_operation(
        &mut self,
        now: f64,
        compact_above: Option<usize>,
    ) -> Thrown<Option<Operation>> {
        let operation = self
            .store
            .next_operation(compact_above, millis(now))
            .map_err(thrown)?;
        Ok(operation.map(|operation| Operation { operation }))
    }

    /// What came of the operation: with the bytes that were read, or without.
    pub fn complete(
        &mut self,
        outcome: Ts<Outcome>,
        bytes: Option<Vec<u8>>,
        now: f64,
    ) -> Thrown<()> {
        let outcome = match (read(&outcome)?, bytes) {
            (Outcome::Done, Some(bytes)) => recollect_core::Outcome::Bytes(bytes),
            (Outcome::Done, None) => recollect_core::Outcome::Done,
            (Outcome::Missing, _) => recollect_core::Outcome::Missing,
            (Outcome::Failed, _) => recollect_core::Outcome::Failed,
        };
        self.store.complete(outcome, millis(now)).map_err(thrown)
    }

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

impl Recollect {
    /// The store as of a moment, or of the latest that was told.
    pub(crate) fn as_of(&mut self, now: Option<f64>) -> Thrown<&Store> {
        if let Some(now) = now {
            self.store.at(millis(now)).map_err(thrown)?;
        }
        Ok(&self.store)
    }
}

/// The project of a folder and, if it has one, of its git remote.
#[wasm_bindgen(js_name = projectOf)]
pub fn project_of(remote: Option<String>, folder: &str) -> Thrown<Ts<Project>> {
    out(&Project::from(recollect_core::Project::of(
        remote.as_deref(),
        folder,
    )))
}

/// What a segment holds, without taking it in.
#[wasm_bindgen(js_name = inspectSegment)]
pub fn inspect_segment(name: &str, bytes: &[u8]) -> Thrown<Ts<SegmentReport>> {
    out(&SegmentReport::new(name, recollect_core::inspect(bytes)))
}

/// Number of the index's schema, for the name of an image.
#[wasm_bindgen(js_name = cacheSchema)]
pub fn cache_schema() -> u32 {
    recollect_core::cache_schema()
}

/// The tokens that full-text search sees of a text, parted by spaces.
#[wasm_bindgen(js_name = indexedText)]
pub fn indexed_text(text: &str) -> String {
    recollect_core::indexed_text(text).0
}

/// A text without what is hidden in it or acts on a terminal.
#[wasm_bindgen(js_name = cleanText)]
pub fn clean_text(text: &str) -> String {
    recollect_core::clean::clean(text).into_owned()
}

/// Whether a text has a privacy tag, so that not all of it is kept.
#[wasm_bindgen(js_name = hasPrivate)]
pub fn has_private(text: &str) -> bool {
    privacy::clean_and_strip(text).had_private
}

/// What the privacy filter leaves of a text; nothing if all of it was private.
#[wasm_bindgen(js_name = stripPrivate)]
pub fn strip_private(text: &str) -> Option<String> {
    let stripped = privacy::clean_and_strip(text);
    (!stripped.is_private_as_a_whole()).then(|| stripped.text.into_owned())
}

/// A text with a marker for each secret in it, as it would be kept.
#[wasm_bindgen(js_name = redactSecrets)]
pub fn redact_secrets(text: &str) -> String {
    privacy::redact(text).text.into_owned()
}

fn drafts(records: &Ts<NewRecordList>) -> Thrown<Vec<recollect_core::intake::admit::Draft>> {
    read_value(&records.js_value(), |records| {
        let json = JSON::stringify(records).map_err(|_| "nested too deep or in a circle")?;
        drafts::drafts(&json.as_string().unwrap_or_default())
    })
}

/// The drafts that can be read, and what is wrong with the others.
fn drafts_of_each(
    records: &Ts<NewRecordList>,
) -> Thrown<(Vec<recollect_core::intake::admit::Draft>, Vec<String>)> {
    let records = records.js_value();
    let Some(records) = records.dyn_ref::<Array>() else {
        return Err(throw(ErrorName::InvalidInput, "is not a list"));
    };
    let (mut read, mut malformed) = (Vec::new(), Vec::new());
    for record in records.iter() {
        let one: JsValue = Array::of1(&record).into();
        match drafts(&Ts::new_unchecked(one)) {
            Ok(drafts) => read.extend(drafts),
            Err(error) => malformed.push(message_of(&error)),
        }
    }
    Ok((read, malformed))
}

/// The message of an error about the only entry of a list.
fn message_of(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(js_sys::Error::message);
    let message = message.map(String::from).unwrap_or_default();
    message.trim_start_matches("entry 0: ").to_owned()
}

fn appended(
    appended: recollect_core::Result<Vec<recollect_core::Appended>>,
) -> Thrown<Ts<AppendedList>> {
    let appended = appended.map_err(thrown)?;
    out(&AppendedList(
        appended.into_iter().map(Appended::from).collect(),
    ))
}

pub(crate) fn out<T: Tsify + serde::Serialize>(value: &T) -> Thrown<Ts<T>> {
    value
        .into_ts()
        .map_err(|error| throw(ErrorName::Database, &error.to_string()))
}
