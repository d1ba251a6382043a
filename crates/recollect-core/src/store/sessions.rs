//! Sessions that end, and what is said of them then.

use super::{Appended, Store};
use crate::derive::observe::{self, Told};
use crate::derive::session::{MAX_SUMMARIES, Part, Statistics, Whole, of_index, of_record};
use crate::error::{Error, Result};
use crate::index::row::StampKey;
use crate::intake::admit::Draft;
use crate::log::id::RecordId;
use crate::log::record::{
    Body, Edit, Kind, Origin, Provenance, Record, Session, SessionEnd, Target, Trust,
};
use crate::log::time::UnixMillis;

/// How a session ended.
#[derive(Clone, Debug, PartialEq)]
pub struct EndedSession {
    /// Its key.
    pub key: String,
    /// When.
    pub ended_at: UnixMillis,
    /// Its latest summary, if it has one.
    pub summary: Option<RecordId>,
    /// Whether that summary was added now, or has its last words now.
    pub is_summary_new: bool,
    /// What happened in it, in numbers.
    pub statistics: Statistics,
    /// Whether it ended now; else it had ended before, and nothing was added.
    pub is_new: bool,
}

/// What is to be changed of a session; absent values stay as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionChange {
    /// What it is about.
    pub title: Option<String>,
    /// Whether it is kept at hand.
    pub is_pinned: Option<bool>,
    /// Whether it is put aside.
    pub is_archived: Option<bool>,
}

impl Store {
    /// Ends a session: what it amounted to is added as a summary by rules, unless
    /// there is nothing to say or a summary was made since, and its counts as a
    /// `session_end`. Records that are not durable yet count too.
    ///
    /// A session that has been idle for long ended with its last record.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if nothing is recorded of the session, and as
    /// [`Store::append`].
    pub fn end_session(&mut self, key: &str, now: UnixMillis) -> Result<EndedSession> {
        let whole = self.whole_session(key, now)?;
        let is_new = !whole.is_closed;
        let ended_at = whole.session.ended_at.unwrap_or(now);
        let mut summary = whole.summary().map(|part| part.id);
        let mut is_summary_new = false;
        let mut statistics = whole.session.statistics.clone();
        if is_new {
            let duration = ended_at.0.saturating_sub(whole.session.started_at.0);
            statistics.duration_millis = duration.max(0);
            let current = self.bring_up_to_date(&whole, ended_at, now)?;
            is_summary_new = current.is_some();
            summary = current.or(summary);
            let end = Draft {
                at: Some(ended_at),
                origin: Some(of_end(&whole)),
                body: Body::SessionEnd(SessionEnd {
                    session: key.to_owned(),
                    statistics: statistics.to_map(),
                }),
            };
            self.capture(vec![end], now)?;
        }
        Ok(EndedSession {
            key: key.to_owned(),
            ended_at,
            summary,
            is_summary_new,
            statistics,
            is_new,
        })
    }

    /// Brings the summary of a session that goes on up to date. All versions of it
    /// have one id, so that it is one memory; nothing is written where the version
    /// that is there says all.
    ///
    /// The id of the summary if there is a new version; none if there is nothing to
    /// say, or somebody has forgotten it.
    ///
    /// # Errors
    ///
    /// As [`Store::end_session`].
    pub fn refresh_summary(&mut self, key: &str, now: UnixMillis) -> Result<Option<RecordId>> {
        let whole = self.whole_session(key, now)?;
        let known = self.pending.len();
        let at = whole.session.ended_at.unwrap_or(now);
        let current = self.bring_up_to_date(&whole, at, now)?;
        Ok(current.filter(|_| self.pending.len() > known))
    }

    /// Writes the next version of a session's summary, if it says anything else than
    /// the one before. The id of the summary that the rules keep, if there is one.
    fn bring_up_to_date(
        &mut self,
        whole: &Whole,
        at: UnixMillis,
        now: UnixMillis,
    ) -> Result<Option<RecordId>> {
        let Some(draft) = summarised(self, whole, None, at).pop() else {
            let told = whole.summary().map(|part| part.id);
            return Ok(told.filter(|id| whole.numbers_summary(*id, whole.began_at()).is_some()));
        };
        let Some((id, part)) = self.summary_to_write(whole, &draft)? else {
            return Ok(None);
        };
        let earlier = part.and_then(Part::body);
        let appended = self.capture_as(id, draft, earlier.as_ref(), now)?;
        Ok(matches!(appended, Some(Appended::Pending(_))).then_some(id))
    }

    /// Under which id the next version goes, with the version before it. One whose
    /// words somebody changed, or that is believed more, stays as it is and gets a
    /// successor; one that was forgotten gets none.
    fn summary_to_write<'a>(
        &self,
        whole: &'a Whole,
        draft: &Draft,
    ) -> Result<Option<(RecordId, Option<&'a Part>)>> {
        let trust = draft.origin.as_ref().map(|origin| origin.trust);
        let began_at = whole.began_at();
        for number in 0..MAX_SUMMARIES {
            let id = RecordId::of_summary(began_at, &whole.session.key, number);
            if self.index.is_dead_id(id)? {
                return Ok(None);
            }
            let Some(part) = whole.parts.iter().rfind(|part| part.id == id) else {
                return Ok(Some((id, None)));
            };
            let is_changed = match self.index.rows().by_id(id) {
                Some(row) => self.index.has_other_words(id, row.trust)?,
                None => false,
            };
            if !is_changed && Some(part.trust) == trust {
                return Ok(Some((id, Some(part))));
            }
        }
        Ok(None)
    }

    /// Adds a summary by rules of what happened in a session so far or, with
    /// `closing`, the assistant's last message, of what that answers: all since the
    /// summary before. None if there is nothing to say, if a summary was made since,
    /// or if the session's prompt is private.
    ///
    /// # Errors
    ///
    /// As [`Store::end_session`].
    pub fn summarise_session(
        &mut self,
        key: &str,
        closing: Option<&str>,
        now: UnixMillis,
    ) -> Result<Option<Appended>> {
        let key = &self.index.rows().session_key(key);
        let since = closing.and_then(|_| self.last_turn(key));
        let whole = self.session_since(key, since, now)?;
        let drafts = summarised(self, &whole, closing, now);
        Ok(self.capture(drafts, now)?.appended.into_iter().next())
    }

    /// Titles, pins or archives a session, as edits of its `session` records; one
    /// that has none gets one.
    ///
    /// # Errors
    ///
    /// As [`Store::end_session`]; [`Error::InvalidInput`] for a change of nothing.
    pub fn change_session(
        &mut self,
        key: &str,
        change: &SessionChange,
        now: UnixMillis,
    ) -> Result<()> {
        let whole = self.whole_session(key, now)?;
        self.check_room()?;
        let mut ready = Vec::new();
        let is_session = |part: &&Part| part.kind == Kind::Session;
        let mut targets: Vec<(RecordId, Target)> = whole
            .parts
            .iter()
            .filter(is_session)
            .map(|part| (part.id, target(part)))
            .collect();
        if targets.is_empty() {
            let draft = Draft {
                // It says nothing that happened now.
                at: Some(whole.session.started_at),
                origin: Some(origin(&whole, Some(key))),
                body: Body::Session(Session::default()),
            };
            let pending = self.seal(None, draft, now)?;
            let record = pending.record.as_ref();
            let part = record.and_then(|record| of_record(record, &pending.json, key));
            targets.extend(part.map(|part| (part.id, target(&part))));
            ready.push(pending);
        }
        for (of, target) in targets {
            let draft = Draft {
                at: None,
                origin: None,
                body: Body::Edit(Edit {
                    target: Some(target),
                    title: change.title.clone(),
                    is_pinned: change.is_pinned,
                    is_archived: change.is_archived,
                    ..Edit::of(of)
                }),
            };
            if let Some(draft) =
                crate::intake::admit::admit(draft, &self.rules, crate::intake::admit::Excess::Cut)?
            {
                ready.push(self.seal(None, draft, now)?);
            }
        }
        self.pending.extend(ready);
        Ok(())
    }

    /// A session with what this window has recorded of it and is not durable yet.
    fn whole_session(&self, key: &str, now: UnixMillis) -> Result<Whole> {
        let key = &self.index.rows().session_key(key);
        self.session_since(key, None, now)
    }

    /// What a session amounts to from a place in it on.
    fn session_since(&self, key: &str, since: Option<Place>, now: UnixMillis) -> Result<Whole> {
        let rows = self.index.rows();
        let is_since = |number: &u32| {
            rows.get(*number)
                .is_some_and(|row| Some((row.at, row.stamp)) >= since)
        };
        let numbers = self.index.session_rows(key).iter().copied();
        let numbers: Vec<u32> = numbers.filter(is_since).collect();
        let mut parts = of_index(&self.index, &numbers)?;
        let mut closed_at = self.index.closed_at(key)?;
        for pending in self.waiting() {
            let Some(record) = &pending.record else {
                continue;
            };
            if let Body::SessionEnd(end) = &record.body
                && end.session == key
            {
                closed_at = closed_at.max(Some(record.at));
            }
            if Some(place(record)) >= since {
                parts.extend(of_record(record, &pending.json, key));
            }
        }
        Whole::of(key, parts, closed_at, now).ok_or(Error::Unknown { field: "session" })
    }

    /// Where that begins of a session which is not summed up yet: behind its last
    /// summary, or with its last prompt where that was summed up already.
    fn last_turn(&self, key: &str) -> Option<Place> {
        let rows = self.index.rows();
        let numbers = self.index.session_rows(key).iter();
        let stored = numbers.filter_map(|number| rows.get(*number));
        let stored = stored.map(|row| (row.kind, (row.at, row.stamp)));
        let waiting = self.waiting().filter_map(|pending| {
            let record = pending.record.as_ref()?;
            let is_of = record.origin.as_ref()?.session.as_deref() == Some(key);
            is_of.then(|| (record.body.kind(), place(record)))
        });
        let (mut summed, mut asked) = (None, None);
        for (kind, place) in stored.chain(waiting) {
            match kind {
                Kind::Summary => summed = summed.max(Some(place)),
                Kind::Prompt => asked = asked.max(Some(place)),
                _ => {}
            }
        }
        asked.map_or(summed, |asked| summed.map(|place| place.min(asked)))
    }
}

/// The summary of a session to be added, if there is one to add.
fn summarised(store: &Store, whole: &Whole, closing: Option<&str>, at: UnixMillis) -> Vec<Draft> {
    // An answer that ends a session of several prompts tells only the last of them.
    let is_all = |part: &Part| {
        part.provenance != Provenance::Tool
            || whole.session.statistics.prompts < 2
            || whole.numbers_summary(part.id, whole.began_at()).is_some()
    };
    let is_told = whole
        .summary()
        .is_some_and(|part| part.place.0 >= whole.session.last_at && is_all(part));
    if is_told && closing.is_none() {
        return Vec::new();
    }
    let (mut prompts, mut observations, mut events) = (Vec::new(), Vec::new(), Vec::new());
    // What tells a model what to do is not passed on under another name.
    for part in whole.parts.iter().filter(|part| !part.is_flagged) {
        match part.body() {
            Some(Body::Prompt(prompt)) => prompts.push(prompt),
            Some(Body::Observation(observation)) => observations.push(observation),
            Some(Body::Event(event)) => events.push(event),
            _ => {}
        }
    }
    let told = Told {
        prompts: &prompts,
        observations: &observations,
        events: &events,
        closing,
    };
    let summary = observe::summarise_with(told, &store.rules);
    let draft = summary.map(|summary| Draft {
        at: Some(at),
        origin: Some(origin(whole, Some(&whole.session.key))),
        body: Body::Summary(summary),
    });
    draft.into_iter().collect()
}

fn origin(whole: &Whole, session: Option<&str>) -> Origin {
    let is_low = whole.parts.iter().any(|part| part.trust == Trust::Low);
    Origin {
        project: whole.session.project.clone(),
        provenance: Provenance::Tool,
        trust: if is_low { Trust::Low } else { Trust::High },
        flag: None,
        session: session.map(str::to_owned),
        workspace: None,
    }
}

/// The end of a session is believed as much as anything in it: what somebody else put
/// there must not keep it open.
fn of_end(whole: &Whole) -> Origin {
    let mut origin = origin(whole, None);
    if whole.parts.iter().any(|part| part.trust == Trust::High) {
        origin.trust = Trust::High;
    }
    origin
}

/// A place in the order of time.
type Place = (UnixMillis, StampKey);

fn place(record: &Record) -> Place {
    (record.at, StampKey::new(&record.stamp))
}

fn target(part: &Part) -> Target {
    Target {
        h: part.place.1.stamp(),
        project: part.project.id.clone(),
    }
}
