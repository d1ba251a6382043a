//! What is recalled and reinforced: counted here, written along with other records.

use super::Store;
use crate::error::Result;
use crate::intake::admit::Draft;
use crate::log::id::RecordId;
use crate::log::record::{Body, UseBatch, Uses};
use crate::log::time::UnixMillis;
use crate::log::zone::Zone;
use crate::weigh::salience::HalfLives;

/// How a memory was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseOf {
    /// It was given to somebody who asked.
    Recalled,
    /// It was found again, confirmed or cited; this counts more.
    Reinforced,
}

/// How much a memory matters at a moment, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The memory.
    pub id: RecordId,
    /// From 0 to 1.
    pub salience: f64,
    /// When it was last used, or else the moment it is of.
    pub last_seen: UnixMillis,
    /// Times it was recalled.
    pub recalled: u32,
    /// Times it was reinforced.
    pub reinforced: u32,
}

impl Store {
    /// Counts a use of each of these memories; ids of none are passed over.
    ///
    /// Counts become part of salience when they are durable: with the next file
    /// that is written for something else, or after [`Store::keep_uses`].
    ///
    /// # Errors
    ///
    /// [`Error::Full`](crate::Error::Full) while too much waits.
    pub fn used(&mut self, ids: &[RecordId], how: UseOf, now: UnixMillis) -> Result<()> {
        let (recalled, reinforced) = match how {
            UseOf::Recalled => (1, 0),
            UseOf::Reinforced => (0, 1),
        };
        for id in ids {
            if self.index.rows().number(*id).is_none() {
                continue;
            }
            if !self.uses.count(*id, recalled, reinforced, now) {
                self.keep_uses(now)?;
                // An empty batch has room.
                let _ = self.uses.count(*id, recalled, reinforced, now);
            }
        }
        Ok(())
    }

    /// Makes a record of what was counted, if anything was.
    ///
    /// # Errors
    ///
    /// [`Error::Full`](crate::Error::Full) while too much waits; nothing is lost
    /// then.
    pub fn keep_uses(&mut self, now: UnixMillis) -> Result<()> {
        if self.uses.uses.is_empty() {
            return Ok(());
        }
        self.check_room()?;
        // What was forgotten meanwhile leaves no trace.
        let mut batch = self.uses.clone();
        let rows = self.index.rows();
        batch.uses.retain(|one| rows.number(one.of).is_some());
        if !batch.uses.is_empty() {
            let draft = Draft {
                at: None,
                origin: None,
                body: Body::Use(batch),
            };
            let pending = self.seal(None, draft, now)?;
            self.pending.push_back(pending);
        }
        self.uses = UseBatch::default();
        Ok(())
    }

    /// From here on memories of each sector fade in these half-lives.
    ///
    /// # Errors
    ///
    /// See [`HalfLives::check`]; those from before hold on then.
    pub fn set_half_lives(&mut self, half_lives: HalfLives) -> Result<()> {
        half_lives.check()?;
        self.index.half_lives = half_lives;
        Ok(())
    }

    /// When the user's days begin, from here on: in questions, in blocks for a model and
    /// in habits.
    pub fn set_zone(&mut self, zone: Zone) {
        self.index.zone = zone;
    }

    /// How much memories matter, in that order; unknown ones are left out.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn seen(&self, ids: &[RecordId], now: UnixMillis) -> Result<Vec<Seen>> {
        let fading = self.index.fading(now);
        let mut seen = Vec::new();
        for id in ids {
            let Some(row) = self.index.rows().by_id(*id) else {
                continue;
            };
            let Uses {
                recalled,
                reinforced,
                last: _,
            } = self.index.uses(*id)?;
            seen.push(Seen {
                id: *id,
                salience: row.salience(&fading),
                last_seen: row.last_seen,
                recalled,
                reinforced,
            });
        }
        Ok(seen)
    }
}
