//! Edits: which of them count, and what they come to.
//!
//! Those of low trust come first and count for memories of low trust alone, those
//! of high trust follow, both in the order of their stamps. What all of them come to
//! is kept as one edit, so that a memory is read, shown and taken out without looking
//! at each, and one more is joined to the sum. Where they come in another order the
//! sum is made anew, once for a list of records.

use rusqlite::{OptionalExtension, params};

use super::row::StampKey;
use super::tables::{edit_lines, exact_sum, is_edit_dead, put_sum, sum_of};
use super::writer::{Touched, Writer};
use crate::error::Result;
use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::record::{Body, Edit, Kind, Record, Trust};

impl Writer<'_> {
    pub(super) fn take_edit(&mut self, record: &Record, edit: &Edit, json: &str) -> Result<()> {
        let can_be = self.exceptions.has_dead || self.exceptions.has_wipes;
        if can_be && is_edit_dead(&self.transaction, record, edit)? {
            self.ingested.met_dead = true;
            return Ok(());
        }
        let is_high = edit.trust == Trust::High;
        let stamp = record.stamp.to_string();
        let known = self
            .transaction
            .prepare_cached("SELECT of, is_high, stamp, record FROM edit WHERE id = ?1")?
            .query_row([record.id.as_bytes()], |row| {
                let rank: (bool, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
                Ok((RecordId::from_bytes(row.get(0)?), rank))
            })
            .optional()?;
        if let Some((of, rank)) = known {
            // Of two records with one id the same one counts in every window.
            if rank >= (is_high, stamp.clone(), json.to_owned()) {
                return Ok(());
            }
            self.drop_edit(record.id, of)?;
        }
        let is_last = is_high && self.last_edit(edit.of)? < Some((stamp.clone(), record.id));
        self.touch(edit.of)?;
        self.transaction
            .prepare_cached(
                "INSERT INTO edit (id, of, is_high, stamp, record, of_stamp, of_project)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                record.id.as_bytes(),
                edit.of.as_bytes(),
                is_high,
                stamp,
                json,
                edit.target.as_ref().map(|target| target.h.to_string()),
                edit.target.as_ref().map(|target| &target.project),
            ])?;
        self.exceptions.has_edits = true;
        let of = edit.of;
        let is_stale = self
            .touched
            .get(&of)
            .is_some_and(|touched| touched.is_stale);
        if is_last && !is_stale {
            self.join(of, edit)?;
        } else if let Some(touched) = self.touched.get_mut(&of) {
            touched.is_stale = true;
        }
        Ok(())
    }

    /// Stamp and id of the last edit of high trust of a memory.
    fn last_edit(&self, of: RecordId) -> Result<Option<(String, RecordId)>> {
        let last = self
            .transaction
            .prepare_cached(
                "SELECT stamp, id FROM edit WHERE of = ?1 AND is_high
                 ORDER BY stamp DESC, id DESC LIMIT 1",
            )?
            .query_row([of.as_bytes()], |row| {
                Ok((row.get(0)?, RecordId::from_bytes(row.get(1)?)))
            })
            .optional()?;
        Ok(last)
    }

    /// Joins an edit that comes after all others to the sums.
    fn join(&mut self, of: RecordId, edit: &Edit) -> Result<()> {
        self.ingested.edits_joined += 1;
        for trust in [Trust::High, Trust::Low] {
            let sum = exact_sum(&self.transaction, of, trust)?;
            if trust == Trust::Low && sum.is_none() {
                break;
            }
            let mut sum = sum.unwrap_or_else(|| Edit::of(of));
            sum.join(edit.clone());
            put_sum(&self.transaction, of, trust, sum)?;
        }
        Ok(())
    }

    /// Makes the sums anew from all edits.
    fn join_all(&mut self, of: RecordId) -> Result<()> {
        self.transaction
            .prepare_cached("DELETE FROM edited WHERE of = ?1")?
            .execute([of.as_bytes()])?;
        let (mut of_high, mut of_all) = (None, None);
        let mut has_low = false;
        for json in edit_lines(&self.transaction, of, Trust::Low)? {
            self.ingested.edits_joined += 1;
            let Ok(Body::Edit(edit)) = Body::from_json(Kind::Edit, &json) else {
                continue;
            };
            match edit.trust {
                Trust::Low => has_low = true,
                Trust::High => of_high
                    .get_or_insert_with(|| Edit::of(of))
                    .join(edit.clone()),
            }
            of_all.get_or_insert_with(|| Edit::of(of)).join(edit);
        }
        let of_all = of_all.filter(|_| has_low);
        for (trust, sum) in [(Trust::High, of_high), (Trust::Low, of_all)] {
            if let Some(sum) = sum {
                put_sum(&self.transaction, of, trust, sum)?;
            }
        }
        Ok(())
    }

    /// Takes note that the edits of a memory change.
    fn touch(&mut self, of: RecordId) -> Result<()> {
        if self.touched.contains_key(&of) {
            return Ok(());
        }
        let trust = self.rows.by_id(of).map(|row| row.trust);
        let indexed = match trust {
            Some(trust) => sum_of(&self.transaction, of, trust)?,
            None => None,
        };
        let touched = Touched {
            indexed,
            is_stale: false,
        };
        self.touched.insert(of, touched);
        Ok(())
    }

    /// Takes one edit away.
    fn drop_edit(&mut self, id: RecordId, of: RecordId) -> Result<()> {
        self.touch(of)?;
        if let Some(touched) = self.touched.get_mut(&of) {
            touched.is_stale = true;
        }
        self.transaction
            .prepare_cached("DELETE FROM edit WHERE id = ?1")?
            .execute([id.as_bytes()])?;
        Ok(())
    }

    /// The sum with which a memory was indexed; it is about to be taken out.
    pub(super) fn indexed_sum(&mut self, id: RecordId, trust: Trust) -> Result<Option<Edit>> {
        match self.touched.remove(&id) {
            Some(touched) => Ok(touched.indexed),
            None => self.sum_of(id, trust),
        }
    }

    /// What the edits of a memory of this trust come to.
    pub(super) fn sum_of(&self, id: RecordId, trust: Trust) -> Result<Option<Edit>> {
        match self.exceptions.has_edits {
            true => sum_of(&self.transaction, id, trust),
            false => Ok(None),
        }
    }

    /// Indexes a memory anew if its edits have changed.
    pub(super) fn settle_edits_of(&mut self, of: RecordId) -> Result<()> {
        let Some(touched) = self.touched.get(&of) else {
            return Ok(());
        };
        if touched.is_stale {
            self.join_all(of)?;
        }
        let number = self.rows.number(of);
        let stored = number.map(|number| self.record(number)).transpose()?;
        self.remove(of)?;
        self.touched.remove(&of);
        let Some(json) = stored.flatten() else {
            return Ok(());
        };
        let Ok(record) = Record::from_json(&json) else {
            return Ok(());
        };
        let stamp = StampKey::new(&record.stamp);
        if let Some(memory) = Memory::of(record) {
            self.insert(memory, stamp, &json)?;
        }
        Ok(())
    }

    /// Indexes all memories anew whose edits have changed.
    pub(super) fn settle_edits(&mut self) -> Result<()> {
        while let Some(of) = self.touched.keys().next().copied() {
            self.settle_edits_of(of)?;
        }
        Ok(())
    }

    /// Ends all edits of a memory, or the edit that has this id itself.
    pub(super) fn end_edits(&mut self, id: RecordId) -> Result<()> {
        if !self.exceptions.has_edits {
            return Ok(());
        }
        for sql in [
            "DELETE FROM edit WHERE of = ?1",
            "DELETE FROM edited WHERE of = ?1",
        ] {
            self.transaction
                .prepare_cached(sql)?
                .execute([id.as_bytes()])?;
        }
        let own = params![id.as_bytes()];
        for of in self.ids("SELECT of FROM edit WHERE id = ?1", own)? {
            self.drop_edit(id, of)?;
        }
        Ok(())
    }

    /// Takes back edits that a wipe of everything ended, though what they changed
    /// lives on: only clocks that disagree by more than a day bring that about.
    pub(super) fn drop_edits(&mut self, before: &str) -> Result<()> {
        for id in self.ids("SELECT id FROM edit WHERE stamp < ?1", params![before])? {
            self.end(id)?;
        }
        Ok(())
    }
}

impl super::Index {
    /// Whether an edit was ended, by itself or with its memory.
    pub(super) fn is_edit_dead(&self, record: &Record, edit: &Edit) -> Result<bool> {
        is_edit_dead(&self.database, record, edit)
    }

    /// The memory that an edit changes; none for what is no edit or was ended.
    pub(crate) fn edited_by(&self, edit: RecordId) -> Result<Option<RecordId>> {
        if !self.exceptions.has_edits {
            return Ok(None);
        }
        let of = self
            .database
            .prepare_cached("SELECT of FROM edit WHERE id = ?1")?
            .query_row([edit.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(of.map(RecordId::from_bytes))
    }

    /// The stamp of the last edit of a memory.
    pub(crate) fn last_edit_of(&self, id: RecordId) -> Result<Option<String>> {
        if !self.exceptions.has_edits {
            return Ok(None);
        }
        let stamp = self
            .database
            .prepare_cached("SELECT max(stamp) FROM edit WHERE of = ?1")?
            .query_row([id.as_bytes()], |row| row.get(0))?;
        Ok(stamp)
    }
}
