//! What may become a record: size cap, privacy tags, path rules, secrets, then the
//! rules of each kind.
//!
//! The order is that of the privacy rules: nothing looks at a text before the
//! filter has, and what the filter removes leaves no trace in what follows.

mod files;
mod limits;
mod tidy;

use crate::error::{Error, Result};
use crate::intake::privacy::{self, UserRules};
use crate::log::record::{
    Body, Context, ContextItem, Event, Fact, Kind, Observation, Origin, SessionEnd, Summary,
};
use crate::log::time::UnixMillis;
use crate::text::cut;
use limits::{blank_field, check_limits};
pub(crate) use tidy::tidy;

/// Most bytes of all texts of one memory together.
pub const MAX_BODY_BYTES: usize = 64 * 1024;
/// Most bytes of a title, key, type or name.
pub const MAX_TITLE_BYTES: usize = 512;
/// Most labels of a memory.
pub const MAX_CONCEPTS: usize = 32;
/// Most bytes of a label.
pub const MAX_CONCEPT_BYTES: usize = 64;
/// Most statements of a memory.
pub const MAX_FACTS: usize = 128;
/// Most files of a memory, read and modified each.
pub const MAX_FILES: usize = 512;
/// Most keys of the metadata of a memory.
pub const MAX_METADATA_KEYS: usize = 64;

/// A record that has not been admitted: its texts may hold anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// When it happened, if not now.
    pub at: Option<UnixMillis>,
    /// Where it belongs; kinds that are no memories have none.
    pub origin: Option<Origin>,
    /// What it says.
    pub body: Body,
}

impl Draft {
    /// A draft from JSON with the keys of the log: its origin, and its fields.
    ///
    /// # Errors
    ///
    /// When a field is missing or of the wrong type.
    pub fn from_json(
        kind: Kind,
        at: Option<UnixMillis>,
        origin: Option<&str>,
        fields: &str,
    ) -> serde_json::Result<Self> {
        Ok(Self {
            at,
            origin: origin.map(Origin::from_json).transpose()?,
            body: Body::from_json(kind, fields)?,
        })
    }
}

/// What happens to what is longer than a record may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excess {
    /// Nothing of it is taken: its sender can say it shorter.
    Refused,
    /// It is cut and marked so: for what nobody asked to be remembered, where a part is
    /// better than nothing.
    Cut,
}

/// Bytes of a draft that are filtered before it is cut: enough that nothing that the filter
/// would know of is halved at the limit of what is kept.
const MAX_FILTERED_BYTES: usize = MAX_BODY_BYTES + 16 * 1024;

/// Cuts texts so that all together have at most `max_bytes`, and marks that.
fn shorten(draft: &mut Draft, max_bytes: usize, cut: fn(&str, usize) -> String) {
    let mut bytes = 0;
    for_each_text(draft, &mut |text| bytes += text.len());
    let excess = bytes.saturating_sub(max_bytes);
    let (text, is_cut) = match &mut draft.body {
        Body::Observation(observation) => (observation.narrative.as_mut(), &mut observation.is_cut),
        Body::Event(event) => (event.content.as_mut(), &mut event.is_cut),
        Body::Prompt(prompt) => (Some(&mut prompt.text), &mut prompt.is_cut),
        Body::Summary(summary) => {
            let Summary {
                request,
                investigated,
                learned,
                completed,
                next_steps,
                notes,
                facts: _,
                concepts: _,
                files: _,
                is_cut,
            } = summary;
            let texts = [request, investigated, learned, completed, next_steps, notes];
            let longest = texts.into_iter().flatten().max_by_key(|text| text.len());
            (longest, is_cut)
        }
        Body::Session(_)
        | Body::SessionEnd(_)
        | Body::Context(_)
        | Body::Fact(_)
        | Body::Use(_)
        | Body::Edit(_)
        | Body::Del(_)
        | Body::Wipe(_)
        | Body::Alias(_) => return,
    };
    if let Some(text) = text.filter(|_| excess > 0) {
        *text = cut(text, text.len().saturating_sub(excess));
        *is_cut = true;
    }
}

/// As much of a text as fits, before the filter has seen it: half of the word that
/// the cut goes through could be half a secret, which nobody would recognise.
pub(crate) fn cut_unread(text: &str, max_bytes: usize) -> String {
    const LONGEST_SECRET: usize = 1_024;
    let kept = cut(text, max_bytes);
    let word = kept.rfind(char::is_whitespace).unwrap_or(0);
    if kept.len() - word > LONGEST_SECRET {
        return kept.into_owned();
    }
    format!("{}…", kept[..word].trim_end())
}

/// Filters and checks a draft: as it may be stored, or `None` if all it said was
/// private or about files of which nothing is kept.
///
/// # Errors
///
/// [`Error::TooLarge`] and [`Error::InvalidInput`], naming the field.
pub(crate) fn admit(mut draft: Draft, rules: &UserRules, excess: Excess) -> Result<Option<Draft>> {
    if excess == Excess::Cut {
        shorten(&mut draft, MAX_FILTERED_BYTES, cut_unread);
    }
    let mut bytes = 0;
    for_each_text(&mut draft, &mut |text| bytes += text.len());
    if excess == Excess::Refused && bytes > MAX_BODY_BYTES {
        return Err(Error::TooLarge {
            field: "text",
            found: bytes,
            limit: MAX_BODY_BYTES,
        });
    }
    if draft.at.is_some_and(|at| at.0 < 0 || at > UnixMillis::MAX) {
        return Err(Error::invalid("at", "not a time between 1970 and 9999"));
    }
    let mut had_private = false;
    for_each_text(&mut draft, &mut |text| {
        had_private |= privacy::strip_in_place(text)
    });
    if is_denied(&mut draft.body, rules) {
        return Ok(None);
    }
    for_each_text(&mut draft, &mut |text| {
        rules.redact_in_place(text);
    });
    redact_named(&mut draft.body);
    tidy(&mut draft);
    if excess == Excess::Cut {
        if let Body::Observation(observation) = &mut draft.body
            && observation.title.len() > MAX_TITLE_BYTES
        {
            observation.title = cut(&observation.title, MAX_TITLE_BYTES).into_owned();
            observation.is_cut = true;
        }
        shorten(&mut draft, MAX_BODY_BYTES, |text, most| {
            cut(text, most).into_owned()
        });
    }
    if let Some(field) = blank_field(&draft.body) {
        if had_private {
            return Ok(None);
        }
        return Err(Error::invalid(field, "is empty"));
    }
    check_limits(&draft)?;
    Ok(Some(draft))
}

pub(crate) fn for_each_text(draft: &mut Draft, each: &mut dyn FnMut(&mut String)) {
    if let Some(origin) = &mut draft.origin {
        let Origin {
            project,
            provenance: _,
            trust: _,
            flag: _,
            session,
            workspace,
        } = origin;
        each(&mut project.id);
        each(&mut project.name);
        [session, workspace]
            .into_iter()
            .flatten()
            .for_each(&mut *each);
    }
    draft.body.texts_mut(each);
}

/// Drops files of which nothing is kept from the lists of a body; whether it is
/// about nothing else.
fn is_denied(body: &mut Body, rules: &UserRules) -> bool {
    match body {
        Body::Observation(Observation {
            files_read,
            files_modified,
            commit,
            git,
            ..
        }) => {
            if let Some(git) = git {
                git.retain_files(|file| !rules.denies(file));
            }
            let had_files = !files_read.is_empty() || !files_modified.is_empty();
            files_read.retain(|file| !rules.denies(file));
            files_modified.retain(|file| !rules.denies(file));
            // What a commit says was written for everybody who has the repository.
            had_files && files_read.is_empty() && files_modified.is_empty() && commit.is_none()
        }
        Body::Summary(summary) => {
            summary.files.retain(|file| !rules.denies(file));
            false
        }
        Body::Event(Event { file, metadata, .. }) => {
            let is_about_one = files::are_named(metadata, rules);
            files::drop_denied(metadata, rules);
            is_about_one || file.as_deref().is_some_and(|file| rules.denies(file))
        }
        Body::Fact(Fact { metadata, .. }) => {
            files::drop_denied(metadata, rules);
            false
        }
        Body::SessionEnd(SessionEnd { statistics, .. }) => {
            files::drop_denied(statistics, rules);
            false
        }
        Body::Context(Context {
            item: ContextItem::File { path, .. },
        }) => rules.denies(path),
        Body::Context(_)
        | Body::Session(_)
        | Body::Prompt(_)
        | Body::Use(_)
        | Body::Edit(_)
        | Body::Del(_)
        | Body::Wipe(_)
        | Body::Alias(_) => false,
    }
}

/// Redacts values that are secrets only because of the key they stand under.
fn redact_named(body: &mut Body) {
    match body {
        Body::Event(Event { metadata, .. }) => privacy::redact_entries(metadata),
        Body::SessionEnd(SessionEnd { statistics, .. }) => privacy::redact_entries(statistics),
        Body::Fact(Fact {
            key,
            value,
            metadata,
            ..
        }) => {
            privacy::redact_named(key, value);
            privacy::redact_entries(metadata);
        }
        Body::Session(_)
        | Body::Prompt(_)
        | Body::Observation(_)
        | Body::Summary(_)
        | Body::Context(_)
        | Body::Use(_)
        | Body::Edit(_)
        | Body::Del(_)
        | Body::Wipe(_)
        | Body::Alias(_) => {}
    }
}
