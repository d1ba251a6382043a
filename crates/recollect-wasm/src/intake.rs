//! What is taken in, and what is forgotten.

use js_sys::{Array, JSON};
use recollect_core::intake::admit::Draft;
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::drafts::{self, CommitList, NewRecordList, Note};
use crate::error::{ErrorName, read, read_value, throw, thrown};
use crate::requests::{ForgetSelection, PrivacyRules, millis};
use crate::store::{Recollect, Thrown, out};
use crate::types::{
    Appended, AppendedList, Captured, ImportReport, Learned, Project, Selected, Trust,
};

#[wasm_bindgen]
impl Recollect {
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
}

fn drafts(records: &Ts<NewRecordList>) -> Thrown<Vec<Draft>> {
    read_value(&records.js_value(), |records| {
        let json = JSON::stringify(records).map_err(|_| "nested too deep or in a circle")?;
        drafts::drafts(&json.as_string().unwrap_or_default())
    })
}

/// The drafts that can be read, and what is wrong with the others.
fn drafts_of_each(records: &Ts<NewRecordList>) -> Thrown<(Vec<Draft>, Vec<String>)> {
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
