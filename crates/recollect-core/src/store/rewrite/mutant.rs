//! The rules, each broken on purpose, to show that the tests would notice.

use std::collections::HashSet;

use super::Rewrite;
use crate::error::Result;
use crate::log::id::RecordId;
use crate::log::name::SegmentName;
use crate::log::time::UnixMillis;
use crate::store::Store;

/// What compaction may not do, deliberately broken to show that the tests would
/// notice. Never compiled into the extension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mutant {
    /// None: the rules hold.
    #[default]
    None,
    /// Breaks G1: the output is named for its content.
    ContentName,
    /// Breaks G2: leaves out what another segment holds.
    SkipDuplicates,
    /// Breaks G3: does not wait until the output is durable.
    NoSync,
    /// Breaks G3: deletes before it writes.
    DeleteFirst,
    /// Breaks G4: drops tombstones.
    DropTombstones,
    /// Breaks the sweep: purges what is known when something is forgotten, and
    /// never what another process writes back afterwards.
    OnePurge,
    /// Takes facts of files that nobody vouches for as if the user had written them.
    BelieveFacts,
    /// Takes edits of files that nobody vouches for as if the user had written them.
    BelieveEdits,
    /// Ends what is over as soon as a clock says so once.
    EndAtOnce,
}

impl Store {
    /// Breaks one rule in this store.
    pub fn set_mutant(&mut self, mutant: Mutant) {
        self.maintenance.mutant = mutant;
    }

    /// Whether files that nobody vouches for may edit anything.
    pub(in crate::store) fn believes_edits(&self) -> bool {
        self.maintenance.mutant == Mutant::BelieveEdits
    }

    /// Whether the trust of such files is what they say.
    pub(in crate::store) fn believes_facts(&self) -> bool {
        self.maintenance.mutant == Mutant::BelieveFacts
    }

    pub(super) fn output_name(&mut self, lines: &[String], now: UnixMillis) -> SegmentName {
        if self.maintenance.mutant != Mutant::ContentName {
            return self.fresh_name(now);
        }
        let content = crc32fast::hash(lines.concat().as_bytes());
        SegmentName::new(UnixMillis(i64::from(content)), "00000000", 0)
    }

    pub(super) fn mutate(&mut self, rewrite: &Rewrite, lines: &mut Vec<String>) -> Result<()> {
        if self.maintenance.mutant == Mutant::DropTombstones {
            lines.retain(|line| !line.contains("\"k\":\"del\""));
        }
        if self.maintenance.mutant == Mutant::SkipDuplicates {
            let inputs: HashSet<&SegmentName> =
                rewrite.deletions.iter().map(|(_, name)| name).collect();
            let elsewhere: HashSet<RecordId> = self
                .segments
                .infos()
                .filter(|(name, _)| !inputs.contains(name))
                .flat_map(|(_, info)| info.subjects.iter().copied())
                .collect();
            lines.retain(|line| {
                crate::log::record::Record::from_json(line)
                    .map_or(true, |record| !elsewhere.contains(&record.id))
            });
        }
        Ok(())
    }
}
