//! The rows that the parts of a plan are about.

use crate::error::Result;
use crate::index::catalog::Catalog;
use crate::index::{Index, RowSet};
use crate::log::time::UnixMillis;
use crate::search::predicate::Test;
use crate::search::question::releases::{Part, commits_of, first_of_version, of_version};
use crate::search::question::{Deed, Plan, Sort};

impl Index {
    pub(super) fn rows_of_people(&self, plan: &Plan, catalog: &Catalog) -> RowSet {
        let mut set = RowSet::default();
        let mut others = RowSet::default();
        for (key, person) in catalog.people() {
            let is_wanted = plan.people.iter().any(|wanted| wanted == key);
            for row in &person.rows {
                if is_wanted {
                    set.insert(*row);
                } else {
                    others.insert(*row);
                }
            }
        }
        if plan.is_me {
            for (number, _) in self.rows().iter() {
                if !others.contains(number) {
                    set.insert(number);
                }
            }
        }
        set
    }

    /// Whether a question is about releases themselves, and not about what is in them.
    pub(super) fn asks_for_release(plan: &Plan) -> bool {
        let of_one = plan
            .releases
            .as_ref()
            .is_some_and(|releases| releases.only().is_some());
        plan.wish.sort == Some(Sort::Release)
            || of_one
                && (plan.wish.deed == Some(Deed::Released)
                    || plan.wish.asks_when && plan.subject.is_empty())
    }

    pub(super) fn rows_of_releases(
        &self,
        plan: &Plan,
        catalog: &Catalog,
        test: &Test,
    ) -> Option<RowSet> {
        let releases = plan.releases.as_ref()?;
        let is_there = |row: u32| self.is_in_scope(row, test);
        let mut set = RowSet::default();
        if let Some(version) = releases.only()
            && Self::asks_for_release(plan)
        {
            for release in first_of_version(catalog.releases(), version, &is_there) {
                set.insert(release.row);
            }
            return Some(set);
        }
        let commits = commits_of(&releases.part, catalog, &is_there);
        for hash in &commits {
            for row in catalog.rows_of_commit(hash) {
                // What a tag names is the release, and not a part of it.
                if catalog.parents(*row).is_some() {
                    set.insert(*row);
                }
            }
        }
        if commits.is_empty()
            && let Part::In(version) = &releases.part
        {
            for (release, _) in of_version(catalog.releases(), version, &is_there) {
                set.insert(release.row);
            }
        }
        Some(set)
    }

    pub(super) fn is_in_scope(&self, row: u32, test: &Test) -> bool {
        // Times narrow down what is shown and not what a release is.
        self.rows()
            .get(row)
            .is_some_and(|known| test.is_of_its_projects(known))
    }

    /// Rows about the files of a plan, and whether they tell of what was done to them.
    pub(super) fn rows_of_files(&self, plan: &Plan, catalog: &Catalog) -> (RowSet, bool) {
        let mut deeds = RowSet::default();
        let mut has_deeds = false;
        let mut all = RowSet::default();
        for key in &plan.files {
            let Some(path) = catalog.path(key) else {
                continue;
            };
            let done: Vec<u32> = match plan.wish.deed {
                Some(Deed::Introduced) => path.added.clone(),
                Some(Deed::Removed) => path.deleted.clone(),
                Some(Deed::Moved) => {
                    let moved = path.moved.iter().map(|(row, _)| *row);
                    moved.chain(path.was.iter().map(|(row, _)| *row)).collect()
                }
                _ => Vec::new(),
            };
            let is_there = |row: &u32| self.rows().get(*row).is_some();
            for row in done.into_iter().filter(|row| is_there(row)) {
                deeds.insert(row);
                has_deeds = true;
            }
            self.add_history(key, UnixMillis::MAX, catalog, &mut all, 0);
        }
        match has_deeds {
            true => (deeds, true),
            false => (all, false),
        }
    }

    /// Adds what is about a file, and about it under the names it had before.
    pub(super) fn add_history(
        &self,
        key: &str,
        until: UnixMillis,
        catalog: &Catalog,
        set: &mut RowSet,
        depth: usize,
    ) {
        const MAX_NAMES: usize = 8;
        let Some(path) = catalog.path(key) else {
            return;
        };
        for number in &path.rows {
            let row = self.rows().get(*number);
            if row.is_some_and(|row| row.at <= until) {
                set.insert(*number);
            }
        }
        if depth == MAX_NAMES {
            return;
        }
        for (number, before) in &path.was {
            if let Some(row) = self.rows().get(*number)
                && row.at <= until
            {
                let before = crate::log::project::relative_key(before);
                self.add_history(&before, row.at, catalog, set, depth + 1);
            }
        }
    }

    /// Rows with a label that the module gives.
    pub(super) fn label_rows(&self, label: &str) -> Result<RowSet> {
        let mut set = RowSet::default();
        let catalog = self.catalog()?;
        for row in catalog.labelled(label) {
            set.insert(*row);
        }
        Ok(set)
    }

    /// Rows of the kind that is preferred, if one is.
    pub(super) fn rows_of_sort(&self, plan: &Plan) -> Result<Option<RowSet>> {
        let Some(sort) = plan.wish.sort else {
            return Ok(None);
        };
        let mut set = RowSet::default();
        let name = match sort {
            Sort::Decision => "decision",
            Sort::Bugfix => "bugfix",
            Sort::Feature => "feature",
            Sort::Refactor => "refactor",
            Sort::Breaking => return self.label_rows("breaking-change").map(Some),
            Sort::Security => return self.label_rows("security").map(Some),
            Sort::Release | Sort::Session => return Ok(None),
        };
        for (number, row) in self.rows().iter() {
            if self.rows().memory_type(row) == Some(name) {
                set.insert(number);
            }
        }
        Ok(Some(set))
    }
}
