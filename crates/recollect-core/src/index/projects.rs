//! Which ids and names mean one project.
//!
//! Ids that spell one place or remote are one by themselves; others by records of
//! the kind `alias`. Each row keeps the id that its record names, by its number,
//! and the number of the group that this id belongs to now. What a group is called
//! depends on the set of records alone, not on the order in which they came.

use std::collections::{HashMap, HashSet};

use super::names::Name;
use super::row::StampKey;
use crate::log::project::{self, Project};

/// An id that some record names.
#[derive(Clone, Debug)]
struct Known {
    project: Project,
    /// Of the record that the name is from: the newest spells it.
    named_at: StampKey,
    /// What it has in common with other spellings.
    key: Box<str>,
    /// What it is called by the id alone.
    name_in_id: Option<Box<str>>,
    /// The number of its group: that of the first id of it.
    group: u32,
    /// Names that rows have for it, and how many do.
    names: Vec<(Name, u32)>,
}

/// What a group is called.
#[derive(Clone, Debug)]
struct Shown {
    project: Project,
    named_at: StampKey,
}

/// A project and other ids that are its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) project: Project,
    pub(crate) of: Vec<String>,
}

/// All ids.
#[derive(Debug, Default)]
pub(crate) struct Projects {
    /// By number.
    known: Vec<Known>,
    by_id: HashMap<Box<str>, u32>,
    /// Groups by the key of the id that they go by.
    by_key: HashMap<Box<str>, u32>,
    shown: HashMap<u32, Shown>,
    /// From the key of an id to that of the project it belongs to. No way along
    /// these comes back to where it began.
    owners: HashMap<Box<str>, Box<str>>,
    /// Keys of projects and of ids that records say are theirs.
    claims: HashSet<(Box<str>, Box<str>)>,
}

impl Projects {
    /// The number of an id, which from here on is known; the newest stamp names it.
    pub(super) fn note(&mut self, project: &Project, stamp: StampKey) -> u32 {
        let number = match self.by_id.get(project.id.as_str()) {
            Some(number) => *number,
            None => self.add(project, stamp),
        };
        let Some(known) = self.known.get_mut(number as usize) else {
            return number;
        };
        if stamp > known.named_at {
            known.named_at = stamp;
            known.project.name.clone_from(&project.name);
        }
        if stamp >= known.named_at {
            self.show(number);
        }
        number
    }

    fn add(&mut self, project: &Project, stamp: StampKey) -> u32 {
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let key: Box<str> = project::key(&project.id).into();
        let group = *(self.by_key)
            .entry(self.owner(&key).into())
            .or_insert(number);
        self.by_id.insert(project.id.as_str().into(), number);
        self.known.push(Known {
            project: project.clone(),
            named_at: stamp,
            key,
            name_in_id: project::name_in(&project.id).map(Into::into),
            group,
            names: Vec::new(),
        });
        self.show(number);
        number
    }

    /// Lets an id tell what its group is called, if the group goes by it.
    fn show(&mut self, number: u32) {
        let Some(known) = self.known.get(number as usize) else {
            return;
        };
        let goes_by_it = !self.owners.contains_key(&known.key);
        match self.shown.get_mut(&known.group) {
            Some(shown) if goes_by_it => {
                if known.project.id < shown.project.id {
                    shown.project.id.clone_from(&known.project.id);
                }
                if known.named_at >= shown.named_at {
                    shown.named_at = known.named_at;
                    shown.project.name.clone_from(&known.project.name);
                }
            }
            None if goes_by_it => {
                let shown = Shown {
                    project: known.project.clone(),
                    named_at: known.named_at,
                };
                self.shown.insert(known.group, shown);
            }
            _ => {}
        }
    }

    /// The key of the project that a key belongs to.
    fn owner<'k>(&'k self, key: &'k str) -> &'k str {
        let mut at = key;
        while let Some(owner) = self.owners.get(at) {
            at = owner;
        }
        at
    }

    /// Goes by these claims from here on, in their order; whether an id that was
    /// known is of another group now.
    pub(super) fn regroup(&mut self, claims: &[(Claim, StampKey)]) -> bool {
        self.owners.clear();
        self.claims.clear();
        for (claim, _) in claims {
            self.take(claim);
        }
        let before: Vec<u32> = self.known.iter().map(|known| known.group).collect();
        self.by_key.clear();
        self.shown.clear();
        for number in 0..self.known.len() {
            let Some(key) = self.known.get(number).map(|known| known.key.clone()) else {
                continue;
            };
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let owner: Box<str> = self.owner(&key).into();
            let group = *self.by_key.entry(owner).or_insert(number);
            self.known[number as usize].group = group;
            self.show(number);
        }
        for (claim, stamp) in claims {
            self.note(&claim.project, *stamp);
        }
        let after = self.known.iter().map(|known| known.group);
        before
            .into_iter()
            .zip(after)
            .any(|(one, other)| one != other)
    }

    fn take(&mut self, claim: &Claim) {
        let by = project::key(&claim.project.id);
        for id in &claim.of {
            let key = project::key(id);
            self.claims
                .insert((by.as_str().into(), key.as_str().into()));
            let owner = self.owner(&by).to_owned();
            let theirs = self.owner(&key).to_owned();
            let is_taken = theirs != key && !project::is_remote(id);
            if owner != theirs && !is_taken {
                self.owners.insert(theirs.into(), owner.into());
            }
        }
    }

    /// What the group of that number is called.
    pub(super) fn shown(&self, number: u32) -> Option<&Project> {
        let known = self.known.get(number as usize)?;
        let shown = self.shown.get(&known.group);
        Some(shown.map_or(&known.project, |shown| &shown.project))
    }

    /// The id of that number, as records name it.
    pub(super) fn own(&self, number: u32) -> Option<&Project> {
        Some(&self.known.get(number as usize)?.project)
    }

    pub(super) fn own_number(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    pub(super) fn group(&self, number: u32) -> u32 {
        let known = self.known.get(number as usize);
        known.map_or(number, |known| known.group)
    }

    /// The group of an id, however it is spelled.
    pub(super) fn group_of(&self, id: &str) -> Option<u32> {
        match self.own_number(id) {
            Some(number) => Some(self.group(number)),
            None => self.by_key.get(self.owner(&project::key(id))).copied(),
        }
    }

    /// Whether two ids are of one project.
    pub(crate) fn is_one(&self, one: &str, other: &str) -> bool {
        self.owner(&project::key(one)) == self.owner(&project::key(other))
    }

    /// Whether some record says that an id belongs to this project, or must not be asked.
    pub(crate) fn is_claimed(&self, project: &str, id: &str) -> bool {
        let (project, id) = (project::key(project), project::key(id));
        self.claims.contains(&(project.into(), id.into()))
    }

    /// Whether an id belongs to a project of another id.
    pub(crate) fn is_owned(&self, id: &str) -> bool {
        self.owners.contains_key(project::key(id).as_str())
    }

    /// The remote whose claims hold both of these ids, the greatest id of several.
    pub(crate) fn remote_of(&self, one: &str, other: &str) -> Option<&Project> {
        let (one, other): (Box<str>, Box<str>) =
            (project::key(one).into(), project::key(other).into());
        let both = self.known.iter().filter(|known| {
            let claims = |id: &str| self.claims.contains(&(known.key.clone(), id.into()));
            project::is_remote(&known.project.id) && claims(&one) && claims(&other)
        });
        both.map(|known| &known.project)
            .max_by_key(|project| &project.id)
    }

    /// The keys of folders that are projects, or are theirs, and their groups.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&str, u32)> {
        let known = self.known.iter().map(|known| (&*known.key, known.group));
        let claimed = self.claims.iter().filter_map(|(_, key)| {
            let group = self.by_key.get(self.owner(key))?;
            Some((&**key, *group))
        });
        let all = known.chain(claimed);
        all.filter(|(key, _)| key.contains("://") || key.starts_with('~'))
    }

    /// All ids of a group.
    pub(crate) fn ids(&self, group: u32) -> impl Iterator<Item = &str> {
        let of_group = self.known.iter().filter(move |known| known.group == group);
        of_group.map(|known| known.project.id.as_str())
    }

    /// Counts a row that calls an id so, or one that no longer does.
    pub(super) fn count_name(&mut self, number: u32, name: Name, is_new: bool) {
        let Some(known) = self.known.get_mut(number as usize) else {
            return;
        };
        match known.names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) if is_new => *count += 1,
            Some((_, count)) => *count = count.saturating_sub(1),
            None if is_new => known.names.push((name, 1)),
            None => {}
        }
        known.names.retain(|(_, count)| *count > 0);
    }

    /// Whether rows name that id.
    pub(crate) fn has_rows(&self, id: &str) -> bool {
        let key = project::key(id);
        let mut of_key = self.known.iter().filter(|known| *known.key == *key);
        of_key.any(|known| !known.names.is_empty())
    }

    /// Groups with an id or a name that passes.
    fn groups_where(&self, is_wanted: impl Fn(&Known) -> bool) -> Vec<u32> {
        let mut groups = Vec::new();
        for known in &self.known {
            if !groups.contains(&known.group) && is_wanted(known) {
                groups.push(known.group);
            }
        }
        groups
    }

    /// The groups that have this id or had this name; letter case counts only if
    /// it helps.
    pub(super) fn named(&self, text: &str, name_of: impl Fn(Name) -> Option<String>) -> Vec<u32> {
        let key = project::key(text);
        let has = |known: &Known, is_it: &dyn Fn(&str) -> bool| {
            is_it(&known.project.name)
                || known.name_in_id.as_deref().is_some_and(is_it)
                || (known.names.iter())
                    .any(|(name, _)| name_of(*name).is_some_and(|name| is_it(&name)))
        };
        let exact = self.groups_where(|known| {
            *known.key == *key || known.project.id == text || has(known, &|name| name == text)
        });
        if !exact.is_empty() {
            return exact;
        }
        let lower = text.to_lowercase();
        self.groups_where(|known| has(known, &|name| name.to_lowercase() == lower))
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Ids in the order of their numbers, each with the stamp of its name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Project, StampKey)> {
        self.known
            .iter()
            .map(|known| (&known.project, known.named_at))
    }
}
