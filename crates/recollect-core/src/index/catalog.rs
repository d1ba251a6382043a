//! What questions name: files, people, commits, numbers and releases, and the rows that
//! are about each.
//!
//! It is made from the stored records when the first question asks for it, and takes in the
//! rows that have come since with each one after. A row that is gone stays in its lists and is
//! left out by whoever reads them, since no other row gets its number.

use std::cell::Ref;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::Index;
use crate::error::Result;
use crate::log::project;
use crate::log::record::{Git, Renamed};
use crate::order;

/// Rows by what they name, in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// The last row that was read.
    upto: u32,
    paths: Vec<Path>,
    path_numbers: HashMap<String, usize>,
    people: HashMap<String, Person>,
    /// By whole hash, in lower case.
    commits: BTreeMap<String, Vec<u32>>,
    parents: HashMap<u32, Vec<String>>,
    numbers: HashMap<u32, Vec<(u32, NumberRole)>>,
    releases: Vec<Release>,
    labels: HashMap<String, Vec<u32>>,
}

/// A path that memories name, and what they say of it.
#[derive(Debug, Default)]
pub(crate) struct Path {
    /// As paths are compared; `/` parts its segments.
    pub(crate) key: String,
    /// Rows that name it in any way.
    pub(crate) rows: Vec<u32>,
    /// Rows of commits that brought it.
    pub(crate) added: Vec<u32>,
    /// Rows of commits that took it away, under another path too.
    pub(crate) deleted: Vec<u32>,
    /// Rows of commits after which it has another path, and that.
    pub(crate) moved: Vec<(u32, String)>,
    /// Rows of commits before which it had another path, and that.
    pub(crate) was: Vec<(u32, String)>,
}

/// An author.
#[derive(Debug, Default)]
pub(crate) struct Person {
    /// As the first record has it.
    pub(crate) name: String,
    pub(crate) rows: Vec<u32>,
}

/// Why a row names a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NumberRole {
    /// It is what the number is of: the pull request that was merged.
    Itself,
    /// It closes or mends what the number is of.
    Closes,
    /// It mentions it.
    Mentions,
}

/// A release: what a tag names, or a commit that says it is one.
#[derive(Clone, Debug)]
pub(crate) struct Release {
    pub(crate) row: u32,
    /// As the tag or the commit calls it.
    pub(crate) name: String,
    pub(crate) commit: String,
    /// Whether a tag says so.
    pub(crate) is_tag: bool,
}

/// What is read of a record.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    title: String,
    #[serde(default)]
    narrative: Option<String>,
    #[serde(default)]
    facts: Vec<String>,
    #[serde(default)]
    concepts: Vec<String>,
    #[serde(default)]
    files_read: Vec<String>,
    #[serde(default)]
    files_modified: Vec<String>,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    subtitle: Option<String>,
    #[serde(default)]
    commit: Option<String>,
    #[serde(default)]
    git: Option<Git>,
}

impl Catalog {
    pub(crate) fn path(&self, key: &str) -> Option<&Path> {
        self.paths.get(*self.path_numbers.get(key)?)
    }

    /// All paths that memories name.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter()
    }

    /// Keys of the paths that a text names by whole segments: the path itself and those that end
    /// with it; where there is none and `may_be_folder`, those in folders of that name.
    pub(crate) fn named(&self, told: &str, may_be_folder: bool) -> Vec<String> {
        let key = project::relative_key(told);
        let key = key.trim_matches('/');
        if key.is_empty() {
            return Vec::new();
        }
        let lower = key.to_lowercase();
        let ends_with = |path: &str, key: &str| {
            let before = path.strip_suffix(key);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let keys = |is_it: &dyn Fn(&str) -> bool| -> Vec<String> {
            let found = self.paths.iter().filter(|path| is_it(&path.key));
            found.map(|path| path.key.clone()).collect()
        };
        let inside = [key, "/"].concat();
        let is_folder = told.ends_with('/');
        let mut found = Vec::new();
        if is_folder {
            found = keys(&|path| path.starts_with(&inside));
        }
        if found.is_empty() {
            found = keys(&|path| ends_with(path, key));
        }
        if found.is_empty() {
            found = keys(&|path| ends_with(&path.to_lowercase(), &lower));
        }
        if found.is_empty() && may_be_folder {
            let anywhere = ["/", key, "/"].concat();
            found = keys(&|path| path.starts_with(&inside) || path.contains(&anywhere));
        }
        found
    }

    /// Keys of the files that a text names without their endings, those at the root where there
    /// are some: `README` is `README.md`.
    pub(crate) fn named_without_ending(&self, told: &str) -> Vec<String> {
        let name_of = |path: &Path| {
            let name = path.key.rsplit('/').next().unwrap_or(&path.key);
            name.split('.').next().unwrap_or(name).to_lowercase()
        };
        let lower = told.to_lowercase();
        let found = self.paths.iter().filter(|path| name_of(path) == lower);
        let mut found: Vec<String> = found.map(|path| path.key.clone()).collect();
        if found.iter().any(|path| !path.contains('/')) {
            found.retain(|path| !path.contains('/'));
        }
        found
    }

    /// Rows of the paths that have the segments of a text one behind the other. The ending of a
    /// file's name may be left out.
    pub(crate) fn rows_within(&self, told: &str) -> Vec<u32> {
        let key = project::relative_key(told).to_lowercase();
        let key = key.trim_matches('/');
        if key.is_empty() {
            return Vec::new();
        }
        let is_within = |path: &str| {
            let path = path.to_lowercase();
            path.match_indices(key).any(|(start, _)| {
                let behind = &path[start + key.len()..];
                let is_ended = behind.is_empty()
                    || behind.starts_with('/')
                    || behind.starts_with('.') && !behind.contains('/') && !key.ends_with('.');
                is_ended && (start == 0 || path[..start].ends_with('/'))
            })
        };
        let found = self.paths.iter().filter(|path| is_within(&path.key));
        found.flat_map(|path| path.rows.iter().copied()).collect()
    }

    /// Rows of the authors whose names have the words of a text.
    pub(crate) fn rows_by(&self, told: &str) -> Vec<u32> {
        let told = told.to_lowercase();
        let words: Vec<&str> = told.split_whitespace().collect();
        let parts = |name: &str| -> Vec<String> {
            name.split([' ', '-', '_', '.', '[', ']'])
                .map(str::to_owned)
                .collect()
        };
        let is_it = |name: &str| {
            name == told || {
                let parts = parts(name);
                words
                    .iter()
                    .all(|word| parts.iter().any(|part| part == word))
            }
        };
        let found = self.people.iter().filter(|(name, _)| is_it(name));
        found
            .flat_map(|(_, person)| person.rows.iter().copied())
            .collect()
    }

    /// Hashes of some commits and of all that they follow.
    pub(crate) fn ancestors(
        &self,
        heads: Vec<String>,
        is_there: &impl Fn(u32) -> bool,
    ) -> HashSet<String> {
        let mut seen: HashSet<String> = HashSet::new();
        let mut open = heads;
        while let Some(hash) = open.pop() {
            let Some(rows) = self.commits.get(&hash) else {
                continue;
            };
            if seen.contains(&hash) {
                continue;
            }
            let of_commit = rows.iter().filter(|row| is_there(**row));
            for parent in of_commit.filter_map(|row| self.parents.get(row)).flatten() {
                if !seen.contains(parent) {
                    open.push(parent.to_ascii_lowercase());
                }
            }
            seen.insert(hash);
        }
        seen
    }

    /// Rows of the commit of that whole hash and of its tags.
    pub(crate) fn rows_of_commit(&self, hash: &str) -> &[u32] {
        self.commits.get(hash).map_or(&[], Vec::as_slice)
    }

    /// Everybody, by the name in lower case.
    pub(crate) fn people(&self) -> impl Iterator<Item = (&str, &Person)> {
        self.people
            .iter()
            .map(|(key, person)| (key.as_str(), person))
    }

    /// Commits whose hashes begin so, each with its rows: those of the commit and of its tags.
    pub(crate) fn commits<'a>(
        &'a self,
        start: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a [u32])> {
        let behind = self.commits.range(start.to_owned()..);
        behind
            .take_while(move |(hash, _)| hash.starts_with(start))
            .map(|(hash, rows)| (hash.as_str(), rows.as_slice()))
    }

    /// Hashes of the commits before the commit of a row, where they are known.
    pub(crate) fn parents(&self, row: u32) -> Option<&[String]> {
        self.parents.get(&row).map(Vec::as_slice)
    }

    /// Rows that name `#number`, and why.
    pub(crate) fn number(&self, number: u32) -> &[(u32, NumberRole)] {
        self.numbers.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Rows with a label.
    pub(crate) fn labelled(&self, label: &str) -> &[u32] {
        self.labels.get(label).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn releases(&self) -> &[Release] {
        &self.releases
    }

    fn path_mut(&mut self, path: &str) -> &mut Path {
        let key = project::relative_key(path);
        let number = match self.path_numbers.get(&key) {
            Some(number) => *number,
            None => {
                self.paths.push(Path {
                    key: key.clone(),
                    ..Path::default()
                });
                self.path_numbers.insert(key, self.paths.len() - 1);
                self.paths.len() - 1
            }
        };
        &mut self.paths[number]
    }

    fn add(&mut self, row: u32, named: Named) {
        let Named {
            title,
            narrative,
            facts,
            concepts,
            files_read,
            files_modified,
            files,
            file,
            subtitle,
            commit,
            git,
        } = named;
        for path in files_read
            .iter()
            .chain(&files_modified)
            .chain(&files)
            .chain(&file)
        {
            push(&mut self.path_mut(path).rows, row);
        }
        for label in concepts {
            push(self.labels.entry(label).or_default(), row);
        }
        let Git {
            author,
            parents,
            added,
            deleted,
            renamed,
            tag,
        } = git.unwrap_or_default();
        for path in &added {
            push(&mut self.path_mut(path).added, row);
        }
        for path in &deleted {
            push(&mut self.path_mut(path).deleted, row);
        }
        for Renamed { from, to } in renamed {
            let is_mover = |(mover, path): &(u32, String)| *mover == row && *path == to;
            let before = self.path_mut(&from);
            push(&mut before.rows, row);
            push(&mut before.deleted, row);
            if !before.moved.iter().any(is_mover) {
                before.moved.push((row, to.clone()));
            }
            let after = self.path_mut(&to);
            push(&mut after.added, row);
            after.was.push((row, from));
        }
        let Some(hash) = commit else {
            // What a hosting service tells of a pull request or an issue has no commit.
            let told = ["Pull request #", "Issue #"];
            for fact in &facts {
                if told.iter().any(|told| fact.starts_with(told)) {
                    each_number(fact, &mut |number| {
                        let named = self.numbers.entry(number).or_default();
                        named.push((row, NumberRole::Itself));
                    });
                }
            }
            return;
        };
        // Commits that were learned before their authors were kept say it in words.
        let told = || {
            subtitle
                .as_deref()?
                .split_once(" by ")
                .map(|(_, name)| name.to_owned())
        };
        if let Some(name) = author.or_else(told) {
            let person = self.people.entry(name.to_lowercase()).or_default();
            if person.name.is_empty() {
                person.name = name;
            }
            push(&mut person.rows, row);
        }
        if tag.is_none() {
            let mut numbers: Vec<(u32, NumberRole)> = Vec::new();
            for fact in &facts {
                let role = match fact.split(' ').next() {
                    Some("Pull" | "Merges") => NumberRole::Itself,
                    _ => NumberRole::Closes,
                };
                each_number(fact, &mut |number| numbers.push((number, role)));
            }
            for text in [Some(&title), narrative.as_ref()].into_iter().flatten() {
                each_number(text, &mut |number| {
                    numbers.push((number, NumberRole::Mentions))
                });
            }
            order::sort(&mut numbers, Ord::cmp);
            numbers.dedup_by_key(|(number, _)| *number);
            for (number, role) in numbers {
                self.numbers.entry(number).or_default().push((row, role));
            }
            self.parents.insert(row, parents);
        }
        let is_tag = tag.is_some();
        if let Some(name) = tag.or_else(|| released(&title).map(str::to_owned)) {
            self.releases.push(Release {
                row,
                name,
                commit: hash.clone(),
                is_tag,
            });
        }
        push(
            self.commits.entry(hash.to_ascii_lowercase()).or_default(),
            row,
        );
    }
}

fn push(rows: &mut Vec<u32>, row: u32) {
    if rows.last() != Some(&row) {
        rows.push(row);
    }
}

/// Calls `each` with the numbers that stand behind a `#` or `GH-` in a text.
fn each_number(text: &str, each: &mut dyn FnMut(u32)) {
    let bytes = text.as_bytes();
    for (place, _) in text.match_indices(['#', '-']) {
        // Two bytes before it are looked at: a text can be nothing but signs.
        let before = bytes.get(place.saturating_sub(2)..place);
        let is_led = before.is_some_and(|before| before.eq_ignore_ascii_case(b"gh"));
        if bytes[place] == b'-' && !is_led {
            continue;
        }
        let digits = text[place + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let behind = bytes.get(place + 1 + digits);
        // `#3fa9` is a colour.
        let is_word = behind.is_some_and(|byte| byte.is_ascii_alphanumeric());
        if let Ok(number) = text[place + 1..place + 1 + digits].parse()
            && !is_word
        {
            each(number);
        }
    }
}

/// The version that a commit's title says it releases: `5.1.0`, `Release v5.1`,
/// `Bump version to 2.0.0-beta.1`.
fn released(title: &str) -> Option<&str> {
    let title = title.trim().trim_end_matches('.');
    let (before, version) = title.rsplit_once(' ').unwrap_or(("", title));
    let digits = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let mut parts = digits.split(['.', '-', '+']);
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if !(is_number(parts.next()) && is_number(parts.next())) || version.len() > 40 {
        return None;
    }
    let says_so = before.is_empty()
        || before.split(' ').count() <= 5 && {
            let before = before.to_ascii_lowercase();
            let mut words = before.split(|c: char| !c.is_ascii_alphanumeric());
            words.all(|word| {
                matches!(
                    word,
                    "" | "release"
                        | "releases"
                        | "released"
                        | "version"
                        | "bump"
                        | "to"
                        | "the"
                        | "for"
                        | "prepare"
                        | "preparing"
                        | "chore"
                        | "cut"
                        | "tag"
                        | "new"
                        | "set"
                        | "is"
                )
            })
        };
    says_so.then_some(version)
}

impl Index {
    /// What the memories that are there now name.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub(crate) fn catalog(&self) -> Result<Ref<'_, Catalog>> {
        while self.extend_catalog(usize::MAX)? {}
        Ok(self.catalog.borrow())
    }

    /// Reads at most so many of the rows that have come since; whether others are left.
    pub(crate) fn extend_catalog(&self, most: usize) -> Result<bool> {
        let upto = self.catalog.borrow().upto;
        if self.rows().behind(upto).next().is_none() {
            return Ok(false);
        }
        // Whoever reads it at this moment has all that was there when it began.
        let Ok(mut catalog) = self.catalog.try_borrow_mut() else {
            return Ok(false);
        };
        let rows: Vec<u32> = (self.rows().behind(catalog.upto))
            .take(most)
            .map(|(number, _)| number)
            .collect();
        let Some(last) = rows.last().copied() else {
            return Ok(false);
        };
        self.each_record(&rows, &mut |row, json| {
            if let Ok(named) = serde_json::from_str(json) {
                catalog.add(row, named);
            }
        })?;
        catalog.upto = last;
        Ok(self.rows().behind(last).next().is_some())
    }

    /// The commits of a project, each as its hash and those of the commits that it follows,
    /// parted by spaces.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn known_commits(&self, project: &str) -> Result<Vec<String>> {
        let catalog = self.catalog()?;
        let rows = self.rows();
        let group = rows.project_number(project);
        let mut known = Vec::new();
        for (hash, numbers) in catalog.commits("") {
            let of_commit = numbers.iter().find(|number| {
                let row = rows.get(**number);
                row.is_some_and(|row| Some(row.project) == group)
                    && catalog.parents(**number).is_some()
            });
            let Some(parents) = of_commit.and_then(|number| catalog.parents(*number)) else {
                continue;
            };
            let mut line = hash.to_owned();
            for parent in parents {
                line.push(' ');
                line.push_str(parent);
            }
            known.push(line);
        }
        Ok(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_behind_their_signs() {
        let mut numbers = Vec::new();
        each_number(
            "Fixes #12, GH-7 and gh-8; #3fa9 and a-9 are none, nor #",
            &mut |number| {
                numbers.push(number);
            },
        );
        assert_eq!(numbers, [12, 7, 8]);
    }

    #[test]
    fn titles_that_only_name_a_version_are_releases() {
        for (title, version) in [
            ("5.1.0", Some("5.1.0")),
            ("Release v5.1", Some("v5.1")),
            ("Bump version to 2.0.0-beta.1", Some("2.0.0-beta.1")),
            ("chore: release 1.2.3.", Some("1.2.3")),
            ("Update certmagic to v0.7.3", None),
            ("Release the lock", None),
            ("Release 5", None),
            ("", None),
        ] {
            assert_eq!(released(title), version, "{title}");
        }
    }
}
