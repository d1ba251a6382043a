//! The rows that the parts of a plan are about.

use super::{Results, certain};
use crate::error::Result;
use crate::index::catalog::{Catalog, Release};
use crate::index::{Index, RowSet};
use crate::log::time::UnixMillis;
use crate::order;
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
        let is_deed = plan.wish.deed == Some(Deed::Released);
        plan.wish.sort == Some(Sort::Release)
            || is_deed
                && plan.subject.is_empty()
                && plan.releases.is_none()
                && plan.files.is_empty()
            || of_one && (is_deed || plan.wish.asks_when && plan.subject.is_empty())
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
                if catalog.parents(*row).is_some() || Self::asks_for_release(plan) {
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

    /// Puts behind the best of what fits the first release that has it.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub(super) fn add_release(&self, results: &mut Results) -> Result<()> {
        let catalog = self.catalog()?;
        let best = results.found.first().filter(|best| best.fits).copied();
        let Some((best, row)) = best.and_then(|best| Some((best, self.rows().get(best.row)?)))
        else {
            return Ok(());
        };
        let memory = self.memory_at(best.row, row.id)?;
        let Some(hash) = memory.and_then(|memory| memory.commit) else {
            return Ok(());
        };
        let is_there = |other: u32| {
            let other = self.rows().get(other);
            other.is_some_and(|other| other.project == row.project)
        };
        let known = catalog.releases();
        let has_tags = known.iter().any(|one| one.is_tag && is_there(one.row));
        let mut releases: Vec<(UnixMillis, &Release)> = known
            .iter()
            .filter(|one| is_there(one.row) && one.is_tag == has_tags)
            .filter_map(|one| Some((self.rows().get(one.row)?.at, one)))
            .filter(|(at, _)| *at >= best.at)
            .collect();
        order::sort_by_key(&mut releases, |(at, _)| *at);
        let has_it = |release: &Release| {
            let head = vec![release.commit.to_ascii_lowercase()];
            catalog.ancestors(head, &is_there).contains(&hash)
        };
        let first = releases.into_iter().find(|(_, release)| has_it(release));
        if let Some((_, release)) = first.filter(|(_, release)| release.row != best.row)
            && let Some(known) = self.rows().get(release.row)
        {
            let found = results.found.iter().position(|one| one.row == release.row);
            let was = found.map(|at| results.found.remove(at));
            results.found.insert(1, certain(release.row, known));
            results.fitting += u64::from(was.is_none_or(|was| !was.fits));
        }
        Ok(())
    }

    pub(super) fn is_in_scope(&self, row: u32, test: &Test) -> bool {
        // Times narrow down what is shown and not what a release is.
        self.rows()
            .get(row)
            .is_some_and(|known| test.is_of_its_projects(known))
    }

    /// Rows about the files of a plan, or about any, and whether they tell of what was done to them.
    pub(super) fn rows_of_files(&self, plan: &Plan, catalog: &Catalog) -> (RowSet, bool) {
        let mut deeds = RowSet::default();
        let mut has_deeds = false;
        let mut all = RowSet::default();
        let is_of_all = plan.files.is_empty();
        let deed = plan.wish.deed;
        let is_of_files = matches!(deed, Some(Deed::Introduced | Deed::Removed | Deed::Moved));
        let named = plan.files.iter().filter_map(|key| catalog.path(key));
        let every = catalog.paths().filter(|_| is_of_all);
        for path in named.chain(every) {
            let is_there = |row: &u32| is_of_files && self.rows().get(*row).is_some();
            for row in path.rows_of_deed(deed).into_iter().filter(is_there) {
                deeds.insert(row);
                has_deeds = true;
            }
            if !is_of_all {
                self.add_history(&path.key, UnixMillis::MAX, catalog, &mut all, 0);
            }
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
            Sort::Security => {
                let marked = self.label_rows("security")?;
                let told = self.rows_of_deed(&["vulnerability", "cve", "ghsa"]);
                // Of what only says so, fixes are meant and not the pages of a policy.
                let said = self.rows_of_deed(&["security"]);
                let is_in = |set: &Option<RowSet>, number: u32| {
                    set.as_ref().is_some_and(|set| set.contains(number))
                };
                for (number, row) in self.rows().iter() {
                    let is_fix = self.rows().memory_type(row) == Some("bugfix");
                    if marked.contains(number)
                        || is_in(&told, number)
                        || is_fix && is_in(&said, number)
                    {
                        set.insert(number);
                    }
                }
                return Ok(Some(set));
            }
            Sort::Merge => {
                let catalog = self.catalog()?;
                for (number, _) in self.rows().iter() {
                    if catalog
                        .parents(number)
                        .is_some_and(|parents| parents.len() > 1)
                    {
                        set.insert(number);
                    }
                }
                return Ok(Some(set));
            }
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
