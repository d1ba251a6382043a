//! Recognises tags in the text that is left.
//!
//! The difficulty is that a removal can join two pieces of text to a new tag.
//! So [`Watch`] reads the text *that is left*: where a tag may begin it saves
//! its state, and once a tag is removed it goes on from the state that it had
//! before, as if the tag had never been there. Its state is thus at every
//! moment a function of what is left alone, and what is left can hold no tag
//! that it has not seen.
//!
//! Saved states form a stack, since another beginning may follow before the
//! first is decided, as in `<pri<pri<private>…`. As soon as a kept character
//! shows that the last beginning is not a tag, no earlier one can be either,
//! and the whole stack goes.

use super::escape::{Escape, Step, folded};
use super::tag::{Head, Tag, continues_name};

/// A tag whose name has been read.
pub(super) struct Found {
    pub tag: Tag,
    /// Where it begins, in bytes of what was left before it.
    pub start: usize,
}

/// The beginning of a tag or of an escape, as far as it has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    head: Head,
    /// How many saved states belong to `head`: the last of these is the one
    /// before its `<`.
    saved: usize,
    escape: Option<Escape>,
}

/// A state to go back to when what follows it is removed.
#[derive(Clone, Copy)]
struct Saved {
    state: State,
    /// Bytes that were left before.
    length: usize,
}

/// Reads what is left of a text and recognises tags in it.
#[derive(Default)]
pub(super) struct Watch {
    state: State,
    /// The state at the beginning of each character, possibly escaped, that
    /// may begin a tag.
    saved: Vec<Saved>,
    /// Bytes read that are left.
    length: usize,
}

impl Watch {
    /// Whether only the beginning of a tag or an escape is of interest.
    pub fn is_idle(&self) -> bool {
        self.state == State::default()
    }

    /// Passes over bytes that begin neither a tag nor an escape, while idle.
    pub fn skip(&mut self, bytes: usize) {
        self.length += bytes;
    }

    /// What was found is no tag after all: it is left, with what follows to its `>`, and
    /// so many bytes are left by now.
    pub fn resume(&mut self, length: usize) {
        self.saved.clear();
        self.state = State::default();
        self.length = length;
    }

    /// Reads one character. If it shows that the name before it is a tag's, the
    /// tag is forgotten, and the character is not part of what was read.
    pub fn read(&mut self, c: char) -> Option<Found> {
        let begins = folded(c) == '<' || Escape::begun_by(c).is_some();
        if let Some(escape) = self.state.escape {
            match escape.step(c) {
                Step::More(longer) => {
                    self.state.escape = Some(longer);
                    return self.keep(c);
                }
                Step::Done(stands_for) => {
                    self.state = self.with(stands_for);
                    self.forget_decided();
                    return self.keep(c);
                }
                Step::Before(stands_for) => {
                    let state = self.with(stands_for);
                    // A number such as `&#6` may get another digit if what
                    // begins here is removed, so it is saved as it is.
                    if begins && !matches!(state.head, Head::Whole(_)) {
                        self.begin(c, state);
                        return self.keep(c);
                    }
                    self.state = state;
                    self.forget_decided();
                }
                Step::Not if begins => {
                    self.begin(c, State::default());
                    return self.keep(c);
                }
                Step::Not => {
                    self.state = State::default();
                    self.forget_decided();
                    return self.keep(c);
                }
            }
        }
        if let Head::Whole(tag) = self.state.head
            && !continues_name(folded(c))
        {
            return Some(self.remove(tag));
        }
        if begins {
            self.begin(c, self.state);
        } else {
            self.state = self.with(folded(c));
            self.forget_decided();
        }
        self.keep(c)
    }

    /// The text ends here, which ends a name as well.
    pub fn end(&mut self) -> Option<Found> {
        if let Some(stands_for) = self.state.escape.and_then(Escape::at_end) {
            self.state = self.with(stands_for);
        }
        match self.state.head {
            Head::Whole(tag) => Some(self.remove(tag)),
            _ => None,
        }
    }

    fn keep(&mut self, c: char) -> Option<Found> {
        self.length += c.len_utf8();
        None
    }

    /// The state after a folded character, which no escape is part of any more.
    fn with(&self, c: char) -> State {
        match (c, self.state.head.with(c)) {
            ('<', _) => State {
                head: Head::Less,
                saved: self.saved.len(),
                escape: None,
            },
            (_, Head::None) => State::default(),
            (_, head) => State {
                head,
                saved: self.state.saved,
                escape: None,
            },
        }
    }

    /// Saves the state as it is, then goes on from `state` with a character
    /// that begins a tag or an escape.
    fn begin(&mut self, c: char, state: State) {
        self.saved.push(Saved {
            state: self.state,
            length: self.length,
        });
        self.state = match Escape::begun_by(c) {
            None => State {
                head: Head::Less,
                saved: self.saved.len(),
                escape: None,
            },
            escape => State { escape, ..state },
        };
    }

    /// Drops the saved states that nothing can go back to.
    fn forget_decided(&mut self) {
        self.saved.truncate(self.state.saved);
    }

    /// Goes back to where the tag began.
    fn remove(&mut self, tag: Tag) -> Found {
        self.saved.truncate(self.state.saved);
        let before = self.saved.pop().unwrap_or(Saved {
            state: State::default(),
            length: 0,
        });
        self.state = before.state;
        self.length = before.length;
        Found {
            tag,
            start: before.length,
        }
    }
}
