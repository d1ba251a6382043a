//! Which project a place belongs to.

use super::Store;
use crate::error::Result;
use crate::index::projects::Claim;
use crate::intake::admit::Draft;
use crate::intake::privacy::{self, key_of};
use crate::log::project::{self, Place, Project, Repository};
use crate::log::record::{Alias, Body, Origin, Provenance, Trust};
use crate::log::time::UnixMillis;

/// Most claims that wait for a memory to be written along with.
const MAX_WAITING: usize = 256;

impl Store {
    /// The project that a place belongs to: that of its repository's remote, else of
    /// its first commit, else of where it keeps its data, else of the folder.
    ///
    /// What was recorded under other ids of it is found from here on. The other
    /// windows learn of that by a record, which is written along with the next
    /// memory of the project: who only looks around writes nothing.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn project_at(&mut self, place: &Place) -> Result<Project> {
        let folders = || [&place.folder].into_iter().chain(&place.other_folders);
        let folders: Vec<Project> = folders().map(|folder| Project::of(None, folder)).collect();
        let Some(repository) = &place.repository else {
            let told = Project::of(None, &place.folder);
            let rows = self.index.rows();
            // A link and where it leads are one place, by whichever it was known first.
            let known = folders.iter().find(|folder| {
                let projects = rows.projects();
                projects.has_rows(&folder.id) || projects.is_owned(&folder.id)
            });
            let base = known.unwrap_or(folders.last().unwrap_or(&told)).clone();
            return Ok(self.known_as(base));
        };
        let home = repository.by_home();
        let commit = repository.by_commit();
        let remote = repository.by_remote();
        let mut base = self.base(remote.as_ref(), commit.as_ref(), &home);
        if remote.is_none() {
            // Whoever comes later does not rename it.
            let known = self.known_as(base.clone());
            if project::key(&known.id) == project::key(&base.id) {
                base = known;
            }
        }
        let mut of: Vec<Project> = commit.into_iter().chain([home]).collect();
        let projects = self.index.rows().projects();
        if remote.is_some() {
            of.extend(self.former_remote(&base, repository));
        }
        of.extend(
            folders
                .into_iter()
                .filter(|folder| projects.has_rows(&folder.id)),
        );
        let mut claimed: Vec<String> = Vec::new();
        let mut is_new = false;
        for Project { id, .. } in of {
            if project::key(&id) == project::key(&base.id) || claimed.contains(&id) {
                continue;
            }
            is_new |= !projects.is_claimed(&base.id, &id) && !self.is_ours(&base.id, &id);
            claimed.push(id);
        }
        claimed.truncate(Alias::MAX);
        let name_is_told = remote.is_some();
        if is_new {
            let claim = Claim {
                project: base.clone(),
                of: claimed,
            };
            self.index.tell_claim(claim.clone())?;
            if self.claims.len() >= MAX_WAITING {
                self.claims.remove(0);
            }
            if !self.claims.contains(&claim) {
                self.claims.push(claim);
            }
        }
        let known = self.known_as(base.clone());
        let is_by_itself = project::key(&known.id) == project::key(&base.id);
        Ok(match name_is_told && is_by_itself {
            true => Project {
                name: base.name,
                ..known
            },
            false => known,
        })
    }

    /// The id that a repository goes by.
    fn base(&self, remote: Option<&Project>, commit: Option<&Project>, home: &Project) -> Project {
        if let Some(remote) = remote {
            return remote.clone();
        }
        // A branch with a beginning of its own is no other repository.
        let projects = self.index.rows().projects();
        match commit {
            Some(commit) if projects.is_owned(&commit.id) || !projects.is_owned(&home.id) => {
                commit.clone()
            }
            _ => home.clone(),
        }
    }

    /// Whether an id of a repository without a remote belongs to the project by now.
    fn is_ours(&self, base: &str, id: &str) -> bool {
        !project::is_remote(base) && self.index.rows().projects().is_one(base, id)
    }

    /// The remote that this very clone had before, if it had another.
    fn former_remote(&self, base: &Project, repository: &Repository) -> Option<Project> {
        let commit = repository.by_commit()?;
        let home = repository.by_home();
        let projects = self.index.rows().projects();
        if projects.is_claimed(&base.id, &home.id) {
            return None;
        }
        let former = projects.remote_of(&commit.id, &home.id)?;
        (!projects.is_one(&former.id, &base.id)).then(|| former.clone())
    }

    /// The project as it is known, if it is.
    fn known_as(&self, project: Project) -> Project {
        let rows = self.index.rows();
        let number = rows.project_number(&project.id);
        let known = number.and_then(|number| rows.project(number));
        known.cloned().unwrap_or(project)
    }

    /// The project of an id or a name, the one that was used last of several.
    #[must_use]
    pub fn project_named(&self, text: &str) -> Option<Project> {
        let rows = self.index.rows();
        let cleaned = key_of(text);
        let is_known = rows.project_number(text).is_some() || !rows.projects_named(text).is_empty();
        let text = if is_known { text } else { &cleaned };
        let number = match rows.project_number(text) {
            Some(number) => number,
            None => {
                let named = rows.projects_named(text);
                let newest = rows.newest_first(None).map(|(_, row)| row.project);
                let mut used = newest.filter(|number| named.contains(number));
                used.next().or(named.first().copied())?
            }
        };
        rows.project(number).cloned()
    }

    /// Makes what was told of a project's other ids pending, before the first record of it.
    pub(super) fn push_claims(&mut self, project: &str, now: UnixMillis) -> Result<()> {
        if self.claims.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.claims);
        let (ours, others): (Vec<Claim>, Vec<Claim>) = {
            let projects = self.index.rows().projects();
            let is_ours = |claim: &Claim| projects.is_one(&claim.project.id, project);
            waiting.into_iter().partition(is_ours)
        };
        self.claims = others;
        for Claim { project, of } in ours {
            let is_kept = |text: &String| {
                let mut filtered = text.clone();
                !privacy::strip_in_place(&mut filtered)
                    && !self.rules.redact_in_place(&mut filtered)
                    && filtered == *text
            };
            let of: Vec<String> = of.into_iter().filter(is_kept).collect();
            if of.is_empty() || !is_kept(&project.id) || !is_kept(&project.name) {
                continue;
            }
            let draft = Draft {
                at: None,
                origin: Some(Origin {
                    project,
                    provenance: Provenance::Tool,
                    trust: Trust::High,
                    flag: None,
                    session: None,
                    workspace: None,
                }),
                body: Body::Alias(Alias { of }),
            };
            let pending = self.seal(None, draft, now)?;
            self.pending.push_back(pending);
        }
        Ok(())
    }
}
