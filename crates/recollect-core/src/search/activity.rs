//! How much is remembered of each day, file and sector: what a calendar shows.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::index::Index;
use crate::log::time::UnixMillis;
use crate::order;
use crate::search::filter::Filter;
use crate::search::query::Query;

/// Counts of memories; what has none is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// By the user's days, as in `2026-11-02`.
    pub days: BTreeMap<String, u64>,
    /// By the files that memories name, those with the most first, at most as many as were asked for.
    pub files: Vec<(String, u64)>,
    /// By kinds of remembering, primary or not.
    pub sectors: BTreeMap<String, u64>,
}

impl Index {
    /// How the memories that pass a filter spread over days, files and sectors.
    ///
    /// Without `most_files`, files are not looked at, which takes longest.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn activity(&self, filter: &Filter, most_files: usize) -> Result<Activity> {
        let test = self.test(filter, &Query::default(), UnixMillis(0))?;
        let mut activity = Activity::default();
        let mut days: BTreeMap<i64, (UnixMillis, u64)> = BTreeMap::new();
        for (number, row) in self.rows().iter() {
            if !test.accepts(number, row) {
                continue;
            }
            days.entry(self.zone.day_of(row.at))
                .or_insert((row.at, 0))
                .1 += 1;
            for sector in row.sectors.iter() {
                let name = sector.as_str().to_owned();
                *activity.sectors.entry(name).or_default() += 1;
            }
        }
        for (at, count) in days.into_values() {
            activity.days.insert(self.zone.date(at), count);
        }
        if most_files > 0 {
            let is_found = |number: &&u32| {
                let row = self.rows().get(**number);
                row.is_some_and(|row| test.accepts(**number, row))
            };
            let catalog = self.catalog()?;
            let mut files: Vec<(&str, u64)> = catalog
                .paths()
                .map(|path| {
                    (
                        &path.key[..],
                        path.rows.iter().filter(is_found).count() as u64,
                    )
                })
                .filter(|(_, count)| *count > 0)
                .collect();
            order::sort(&mut files, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
            files.truncate(most_files);
            let named = files
                .into_iter()
                .map(|(key, count)| (key.to_owned(), count));
            activity.files = named.collect();
        }
        Ok(activity)
    }
}
