//! Whether a row passes a filter and the conditions of a query.

use crate::error::Result;
use crate::index::mark::{self, Brief};
use crate::index::names::Name;
use crate::index::row::Row;
use crate::index::rows::Rows;
use crate::index::text::column_phrase;
use crate::index::{Index, MEMORY_KINDS, RowSet};
use crate::intake::privacy::key_of;
use crate::log::record::{Kind, Sector};
use crate::log::time::UnixMillis;
use crate::search::expression;
use crate::search::filter::Filter;
use crate::search::query::{Condition, Field, Need, Query, State};
use recollect_words::phrase::TokenPhrase;
use recollect_words::walk::Marks;

/// One thing that a row can be.
#[derive(Clone, Copy, Debug)]
enum Trait {
    Kind(Kind),
    Type(Name),
    Session(Name),
    Project(u32),
    Since(UnixMillis),
    Before(UnixMillis),
    Is(State),
    Sector(Sector),
    /// Of a name that no row has.
    Nothing,
}

impl Trait {
    /// Whether a row of that mark is so; `row` is asked for where that and the brief
    /// say too little.
    fn is_of<'r>(self, mark: u8, brief: Brief, row: &dyn Fn() -> Option<&'r Row>) -> bool {
        let told = match self {
            Self::Kind(kind) => Some(mark::kind(mark) == kind as u8),
            Self::Type(name) => brief.is_of_type(name),
            Self::Project(project) => brief.is_of_project(project),
            Self::Since(at) => brief.is_later(at),
            Self::Before(at) => brief.is_later(at).map(|is_later| !is_later),
            Self::Is(State::Pinned) => Some(brief.is_pinned()),
            Self::Is(State::Archived) => Some(mark & mark::ARCHIVED != 0),
            Self::Sector(sector) => Some(brief.is_of_sector(sector)),
            Self::Session(_) | Self::Is(State::Flagged) => None,
            Self::Nothing => Some(false),
        };
        told.unwrap_or_else(|| row().is_some_and(|row| self.is_so(row)))
    }

    /// The same of what a brief may not know.
    fn is_so(self, row: &Row) -> bool {
        match self {
            Self::Type(name) => row.memory_type == name,
            Self::Project(project) => row.project == project,
            Self::Session(name) => row.session == name,
            Self::Since(at) => row.at >= at,
            Self::Before(at) => row.at < at,
            Self::Is(State::Flagged) => row.flag.is_some(),
            Self::Kind(_)
            | Self::Is(State::Pinned | State::Archived)
            | Self::Sector(_)
            | Self::Nothing => false,
        }
    }
}

/// What a row must be to be found.
#[derive(Debug, Default)]
pub(crate) struct Test {
    /// Bits of the kinds in [`Kind::ALL`].
    kinds: u16,
    /// Of each group, at least one must be.
    groups: Vec<Vec<Trait>>,
    excluded: Vec<Trait>,
    /// Sets in all of which it must be.
    within: Vec<RowSet>,
    without: Option<RowSet>,
    /// Bits that a mark must not have.
    avoided: u8,
}

impl Test {
    /// Whether a row is found.
    pub(crate) fn accepts(&self, number: u32, row: &Row) -> bool {
        let mark = row.mark();
        self.admits(mark) && self.passes(number, mark, row.brief(), &|| Some(row))
    }

    /// Whether a row is found that [`Test::marks`] lets in; `row` is asked for where
    /// mark and brief say too little.
    pub(crate) fn passes<'r>(
        &self,
        number: u32,
        mark: u8,
        brief: Brief,
        row: &dyn Fn() -> Option<&'r Row>,
    ) -> bool {
        let is_of = |one: &Trait| one.is_of(mark, brief, row);
        self.groups.iter().all(|group| group.iter().any(is_of))
            && !self.excluded.iter().any(is_of)
            && self.within.iter().all(|set| set.contains(number))
            && !self
                .without
                .as_ref()
                .is_some_and(|set| set.contains(number))
    }

    /// Whether a row of that mark may be found.
    fn admits(&self, mark: u8) -> bool {
        mark & self.avoided == 0 && self.kinds >> mark::kind(mark) & 1 == 1
    }

    /// The marks of rows that may be found.
    pub(crate) fn marks(&self) -> Marks {
        Marks::that(|mark| mark & mark::THERE != 0 && self.admits(mark))
    }

    /// Whether it takes more than the mark to tell that a row is found.
    pub(crate) fn asks_for_more(&self) -> bool {
        !(self.groups.is_empty()
            && self.excluded.is_empty()
            && self.within.is_empty()
            && self.without.is_none())
    }

    /// Of these rows alone.
    pub(crate) fn require_rows(&mut self, rows: RowSet) {
        self.within.push(rows);
    }

    /// Whether a row is of the projects that are asked about, if any are.
    pub(crate) fn is_of_its_projects(&self, row: &Row) -> bool {
        let is_project = |one: &Trait| matches!(one, Trait::Project(_) | Trait::Nothing);
        let mut groups = self
            .groups
            .iter()
            .filter(|group| group.iter().all(is_project));
        groups.all(|group| group.iter().any(|one| one.is_so(row)))
    }

    fn require(&mut self, group: Vec<Trait>) {
        if !group.is_empty() {
            self.groups.push(group);
        }
    }
}

impl Index {
    /// The test of a filter and of all of a query but its wanted words.
    pub(crate) fn test(&self, filter: &Filter, query: &Query, now: UnixMillis) -> Result<Test> {
        let Filter {
            kinds,
            projects,
            types,
            since,
            before,
            session,
            sectors,
            concepts,
            files,
            authors,
            is_pinned,
            is_archived,
            is_automatic,
        } = filter;
        let rows = self.rows();
        let mut test = Test {
            avoided: mark::FOLDED,
            ..Test::default()
        };
        if *is_automatic {
            test.avoided |= mark::DOUBTFUL;
        }
        let asked = query
            .conditions
            .iter()
            .filter_map(|condition| match condition.field {
                Field::Kind(kind) if !condition.is_excluded => Some(kind),
                _ => None,
            });
        let asked: Vec<Kind> = asked.collect();
        let kinds: &[Kind] = match (&kinds[..], &asked[..]) {
            ([], []) => &MEMORY_KINDS,
            ([], asked) => asked,
            (kinds, _) => kinds,
        };
        for kind in kinds {
            test.kinds |= 1 << *kind as u16;
        }
        if !asked.is_empty() {
            test.require(asked.into_iter().map(Trait::Kind).collect());
        }
        test.require(
            projects
                .iter()
                .flat_map(|name| project_traits(rows, name))
                .collect(),
        );
        test.require(types.iter().map(|name| type_trait(rows, name)).collect());
        test.require(since.map(Trait::Since).into_iter().collect());
        test.require(before.map(Trait::Before).into_iter().collect());
        test.require(session.iter().map(|key| session_trait(rows, key)).collect());
        test.require(sectors.iter().copied().map(Trait::Sector).collect());
        for (is, state) in [(is_pinned, State::Pinned), (is_archived, State::Archived)] {
            match is {
                None => {}
                Some(true) => test.require(vec![Trait::Is(state)]),
                Some(false) if state == State::Archived => test.avoided |= mark::ARCHIVED,
                Some(false) => test.excluded.push(Trait::Is(state)),
            }
        }
        self.add_set(&mut test.within, "concepts", concepts.iter())?;
        self.add_set(&mut test.within, "files", files.iter())?;
        if !authors.is_empty() {
            test.within.push(self.rows_by(authors.iter())?);
        }
        self.add_conditions(&mut test, &query.conditions, now)?;
        let excluded = query
            .terms
            .iter()
            .filter(|term| term.need == Need::Excluded);
        let excluded: Vec<TokenPhrase> = excluded
            .flat_map(|term| expression::alternatives(&term.text, term.form))
            .collect();
        if !excluded.is_empty() {
            self.exclude(&mut test, &excluded);
        }
        Ok(test)
    }

    fn add_conditions(
        &self,
        test: &mut Test,
        conditions: &[Condition],
        now: UnixMillis,
    ) -> Result<()> {
        let rows = self.rows();
        let mut groups: [Vec<Trait>; 7] = Default::default();
        let (mut files, mut concepts, mut authors) = (Vec::new(), Vec::new(), Vec::new());
        for condition in conditions {
            let (group, traits) = match &condition.field {
                Field::Kind(kind) if condition.is_excluded => (0, vec![Trait::Kind(*kind)]),
                // Taken with those of the filter.
                Field::Kind(_) => continue,
                Field::Type(name) => (0, vec![type_trait(rows, name)]),
                Field::Project(name) => (1, project_traits(rows, name)),
                Field::Session(key) => (2, vec![session_trait(rows, key)]),
                Field::Since(moment) => (3, vec![Trait::Since(moment.resolve(now, &self.zone))]),
                Field::Before(moment) => (4, vec![Trait::Before(moment.resolve(now, &self.zone))]),
                Field::Is(state) => (5, vec![Trait::Is(*state)]),
                Field::Sector(name) => (
                    6,
                    vec![Sector::parse(name).map_or(Trait::Nothing, Trait::Sector)],
                ),
                Field::File(path) if condition.is_excluded => {
                    let set = test.without.get_or_insert_default();
                    if !self.add_rows_of_file(path, set)? {
                        self.exclude(test, column_phrase("files", path).as_slice());
                    }
                    continue;
                }
                Field::Author(name) if condition.is_excluded => {
                    let set = test.without.get_or_insert_default();
                    self.add_rows_by(name, set)?;
                    continue;
                }
                Field::Author(name) => {
                    authors.push(name);
                    continue;
                }
                Field::Concept(label) if condition.is_excluded => {
                    self.exclude(test, column_phrase("concepts", label).as_slice());
                    continue;
                }
                Field::File(path) => {
                    files.push(path);
                    continue;
                }
                Field::Concept(label) => {
                    concepts.push(label);
                    continue;
                }
            };
            if condition.is_excluded {
                test.excluded.extend(traits);
            } else {
                groups[group].extend(traits);
            }
        }
        groups.into_iter().for_each(|group| test.require(group));
        if !authors.is_empty() {
            test.within.push(self.rows_by(authors.into_iter())?);
        }
        self.add_set(&mut test.within, "files", files.into_iter())?;
        self.add_set(&mut test.within, "concepts", concepts.into_iter())
    }

    /// The rows of authors with one of some names.
    fn rows_by<'v>(&self, names: impl Iterator<Item = &'v String>) -> Result<RowSet> {
        let mut set = RowSet::default();
        for name in names {
            self.add_rows_by(name, &mut set)?;
        }
        Ok(set)
    }

    fn add_rows_by(&self, name: &str, set: &mut RowSet) -> Result<()> {
        for row in self.catalog()?.rows_by(name) {
            set.insert(row);
        }
        Ok(())
    }

    /// Adds the rows that have one of some values in a column, if any are given.
    fn add_set<'v>(
        &self,
        sets: &mut Vec<RowSet>,
        column: &str,
        values: impl Iterator<Item = &'v String>,
    ) -> Result<()> {
        let mut has_values = false;
        let mut phrases = Vec::new();
        let mut set = RowSet::default();
        for value in values {
            has_values = true;
            if column == "files" && self.add_rows_of_file(value, &mut set)? {
                continue;
            }
            phrases.extend(column_phrase(column, value));
        }
        if has_values {
            self.add_matching(&phrases, &mut set);
            sets.push(set);
        }
        Ok(())
    }

    fn exclude(&self, test: &mut Test, phrases: &[TokenPhrase]) {
        self.add_matching(phrases, test.without.get_or_insert_default());
    }
}

fn type_trait(rows: &Rows, name: &str) -> Trait {
    let found = rows
        .names
        .find(name)
        .or_else(|| rows.names.find(&name.to_lowercase()));
    found.map_or(Trait::Nothing, Trait::Type)
}

fn session_trait(rows: &Rows, key: &str) -> Trait {
    let found = rows.names.find(&rows.session_key(key));
    found.map_or(Trait::Nothing, Trait::Session)
}

/// Of the projects that have that id or had that name.
fn project_traits(rows: &Rows, name: &str) -> Vec<Trait> {
    let mut numbers = rows.projects_named(name);
    if numbers.is_empty() {
        numbers = rows.projects_named(&key_of(name));
    }
    let mut traits: Vec<Trait> = numbers.into_iter().map(Trait::Project).collect();
    if traits.is_empty() {
        traits.push(Trait::Nothing);
    }
    traits
}
