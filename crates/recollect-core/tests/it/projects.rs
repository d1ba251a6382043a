//! Which project memories belong to, whatever it was called when they were made.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::*;
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Trust};
use recollect_core::search::request::Format;
use recollect_core::{Filter, Place, Project, Repository, Selection, Store};

const COMMIT: &str = "1f3a5c7e9b1f3a5c7e9b1f3a5c7e9b1f3a5c7e9b";
const OTHER_COMMIT: &str = "0000000000000000000000000000000000000001";

fn plain(folder: &str) -> Place {
    Place {
        folder: folder.to_owned(),
        ..Place::default()
    }
}

fn clone_at(remote: Option<&str>, commit: Option<&str>, home: &str, folder: &str) -> Place {
    Place {
        folder: folder.to_owned(),
        other_folders: Vec::new(),
        repository: Some(Repository {
            remote: remote.map(str::to_owned),
            root_commit: commit.map(str::to_owned),
            home: home.to_owned(),
        }),
    }
}

fn titled(project: &Project, title: &str) -> Draft {
    let mut draft = told(title, "");
    draft.origin.as_mut().unwrap().project = project.clone();
    draft
}

/// Remembers a text at a place; gives the project it went to.
fn remember(store: &mut Store, place: &Place, title: &str) -> Project {
    let project = store.project_at(place).unwrap();
    keep(store, vec![titled(&project, title)], NOW);
    project
}

fn of_project(store: &Store, project: &str) -> Vec<String> {
    let filter = Filter {
        projects: vec![project.to_owned()],
        ..Filter::default()
    };
    let hits = store
        .index()
        .recent(&filter, recollect_core::Page::default(), Format::Full);
    let mut titles: Vec<String> = hits
        .unwrap()
        .hits
        .into_iter()
        .map(|hit| hit.title)
        .collect();
    titles.sort();
    titles
}

#[test]
fn clones_and_worktrees_without_a_remote_are_one_project() {
    let mut store = store(1);
    let main = clone_at(None, Some(COMMIT), "/home/joe/shop", "/home/joe/shop");
    let inside = clone_at(
        None,
        Some(COMMIT),
        "/home/joe/shop",
        "/home/joe/shop/packages/ui",
    );
    let copy = clone_at(None, Some(COMMIT), "/srv/copy", "/srv/copy");
    let orphan = clone_at(
        None,
        Some(OTHER_COMMIT),
        "/home/joe/shop",
        "/home/joe/pages",
    );
    let empty = clone_at(None, None, "/home/joe/shop", "/home/joe/shop");
    let ids: Vec<String> = [main, inside, copy, orphan, empty]
        .iter()
        .zip(["a", "b", "c", "d", "e"])
        .map(|(place, title)| remember(&mut store, place, title).id)
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(of_project(&store, "shop"), ["a", "b", "c", "d", "e"]);
    let projects = store.index().projects().unwrap();
    assert_eq!(projects.len(), 1);
    assert_eq!(projects[0].project.name, "shop");
}

#[test]
fn what_was_remembered_before_there_was_a_repository_or_a_remote_stays() {
    let mut store = store(1);
    let folder = "/home/joe/shop";
    remember(&mut store, &plain(folder), "folder");
    remember(&mut store, &clone_at(None, None, folder, folder), "empty");
    remember(
        &mut store,
        &clone_at(None, Some(COMMIT), folder, folder),
        "commit",
    );
    let remote = Some("git@example.org:team/store.git");
    let last = remember(
        &mut store,
        &clone_at(remote, Some(COMMIT), folder, folder),
        "remote",
    );
    assert_eq!(
        (last.id.as_str(), last.name.as_str()),
        ("example.org/team/store", "store")
    );
    let commit_id = format!("commit:{COMMIT}");
    for name in [
        "shop",
        "store",
        "file:///home/joe/shop",
        "/home/joe/shop/",
        &commit_id,
        &last.id,
    ] {
        let found = of_project(&store, name);
        assert_eq!(found, ["commit", "empty", "folder", "remote"], "{name}");
    }
}

#[test]
fn a_remote_that_changes_takes_the_memories_along() {
    let mut store = store(1);
    let at = |remote: &str, home: &str| clone_at(Some(remote), Some(COMMIT), home, home);
    remember(
        &mut store,
        &at("https://old.example.org/team/shop", "/a/shop"),
        "old",
    );
    let new = remember(
        &mut store,
        &at("https://new.example.org/team/store", "/a/shop"),
        "new",
    );
    assert_eq!(new.id, "new.example.org/team/store");
    assert_eq!(
        of_project(&store, "old.example.org/team/shop"),
        ["new", "old"]
    );
    // Another clone that has not followed is the same project.
    remember(
        &mut store,
        &at("https://old.example.org/team/shop", "/b/shop"),
        "late",
    );
    assert_eq!(of_project(&store, "store"), ["late", "new", "old"]);
    assert_eq!(store.index().projects().unwrap().len(), 1);
}

#[test]
fn forks_and_other_repositories_at_the_same_place_stay_apart() {
    let mut store = store(1);
    let at =
        |remote: &str, commit: &str, home: &str| clone_at(Some(remote), Some(commit), home, home);
    remember(
        &mut store,
        &at("https://example.org/a/shop", COMMIT, "/a/shop"),
        "a",
    );
    remember(
        &mut store,
        &at("https://example.org/b/shop", COMMIT, "/b/shop"),
        "b",
    );
    remember(
        &mut store,
        &at("https://example.org/c/other", OTHER_COMMIT, "/a/shop"),
        "c",
    );
    assert_eq!(of_project(&store, "example.org/a/shop"), ["a"]);
    assert_eq!(of_project(&store, "example.org/b/shop"), ["b"]);
    assert_eq!(of_project(&store, "example.org/c/other"), ["c"]);
}

#[test]
fn a_project_is_called_as_its_repository_and_found_by_every_name_it_had() {
    let mut store = store(1);
    let id = "example.org/team/shop";
    // As versions did that called a project by the folder seen last.
    for (name, title) in [("shop-main", "one"), ("ui", "two")] {
        let project = Project {
            id: id.to_owned(),
            name: name.to_owned(),
        };
        keep(&mut store, vec![titled(&project, title)], NOW);
    }
    for name in ["shop", "shop-main", "ui", "UI", id, "example.org/team/shop"] {
        assert_eq!(of_project(&store, name), ["one", "two"], "{name}");
    }
    let remote = Some("https://example.org/team/shop.git");
    let place = clone_at(remote, Some(COMMIT), "/x/ui", "/x/ui/packages/deep");
    assert_eq!(store.project_at(&place).unwrap().name, "shop");
}

#[test]
fn spellings_of_one_folder_are_one_project() {
    let mut store = store(1);
    for (spelling, title) in [
        (r"C:\Users\joe\shop", "a"),
        (r"c:\users\joe\Shop\", "b"),
        ("file:///c%3A/Users/joe/shop", "c"),
        ("c:/Users/joe/shop/", "d"),
    ] {
        // As it was recorded by versions that kept what they were told.
        let project = Project {
            id: spelling.to_owned(),
            name: "shop".to_owned(),
        };
        keep(&mut store, vec![titled(&project, title)], NOW);
    }
    assert_eq!(
        of_project(&store, r"C:\Users\joe\shop"),
        ["a", "b", "c", "d"]
    );
    assert_eq!(store.index().projects().unwrap().len(), 1);
    assert_eq!(of_project(&store, r"D:\Users\joe\shop"), [""; 0]);
}

#[test]
fn windows_agree_by_the_record_whatever_the_order() {
    let mut one = store(1);
    let folder = "/home/joe/shop";
    let mut files = Vec::new();
    let remote = Some("https://example.org/team/store");
    for (place, title) in [
        (plain(folder), "folder"),
        (clone_at(remote, Some(COMMIT), folder, folder), "remote"),
    ] {
        let project = one.project_at(&place).unwrap();
        one.append(vec![titled(&project, title)], NOW).unwrap();
        files.extend(flush(&mut one, NOW));
    }
    for is_reversed in [false, true] {
        let mut other = store(2);
        let mut order: Vec<_> = files.iter().collect();
        if is_reversed {
            order.reverse();
        }
        for file in order {
            other.ingest(&file.name, &file.bytes, NOW).unwrap();
        }
        assert_eq!(of_project(&other, "store"), ["folder", "remote"]);
        let listed = other.index().projects().unwrap();
        let [only] = &listed[..] else {
            panic!("{listed:?}");
        };
        assert_eq!(only.project.id, "example.org/team/store");
        assert_eq!(only.project.name, "store");
    }
}

#[test]
fn who_only_looks_finds_older_memories_and_writes_nothing() {
    let mut store = store(1);
    remember(&mut store, &plain("/home/joe/shop"), "folder");
    let remote = Some("https://example.org/team/store");
    let place = clone_at(remote, Some(COMMIT), "/home/joe/shop", "/home/joe/shop");
    let project = store.project_at(&place).unwrap();
    assert_eq!(of_project(&store, &project.id), ["folder"]);
    assert!(store.next_flush(NOW).is_none());
}

#[test]
fn a_forgotten_project_is_forgotten_under_every_id() {
    let mut store = store(1);
    let folder = "/home/joe/shop";
    remember(&mut store, &plain(folder), "folder");
    let remote = Some("https://example.org/team/store");
    let project = remember(
        &mut store,
        &clone_at(remote, Some(COMMIT), folder, folder),
        "remote",
    );
    remember(&mut store, &plain("/home/joe/other"), "other");
    let selection = Selection {
        project: Some(project.id),
        ..Selection::default()
    };
    assert_eq!(store.select(&selection).unwrap().total, 2);
    store.forget_selected(&selection, NOW).unwrap();
    flush(&mut store, NOW);
    assert_eq!(titles(&recent(&store)), ["other"]);
    let selection = Selection {
        text: Some("joe/shop".to_owned()),
        ..Selection::default()
    };
    assert_eq!(
        store.select(&selection).unwrap().ids.len(),
        0,
        "no record names the folder"
    );
}

#[test]
fn an_import_that_is_not_trusted_moves_nothing() {
    let mut one = store(1);
    let folder = "/home/joe/shop";
    let evil = Some("https://evil.example.org/a/b");
    let place = clone_at(evil, Some(COMMIT), folder, folder);
    let project = one.project_at(&place).unwrap();
    one.append(vec![titled(&project, "evil")], NOW).unwrap();
    let mut lines = Vec::new();
    for file in flush(&mut one, NOW) {
        lines.extend(one.export_lines(&file.bytes).unwrap());
    }
    let text = lines.join("\n");
    assert!(text.contains(r#""k":"alias""#), "{text}");
    let mut other = store(2);
    remember(&mut other, &plain(folder), "mine");
    let report = other.import_lines(&text, Trust::Low, NOW).unwrap();
    assert_eq!(report.refused.len(), 1);
    flush(&mut other, NOW);
    assert_eq!(of_project(&other, folder), ["mine"]);
    let mut trusting = store(3);
    remember(&mut trusting, &plain(folder), "mine");
    trusting.import_lines(&text, Trust::High, NOW).unwrap();
    flush(&mut trusting, NOW);
    assert_eq!(of_project(&trusting, folder), ["evil", "mine"]);
}

fn naming(project: &Project, title: &str, file: &str) -> Draft {
    let mut draft = titled(project, title);
    if let Body::Observation(observation) = &mut draft.body {
        observation.files_modified = vec![file.to_owned()];
    }
    draft
}

#[test]
fn a_file_is_found_by_the_whole_path_that_an_agent_used() {
    let mut store = store(1);
    let shop = store.project_at(&clone_at(
        None,
        Some(COMMIT),
        "/home/joe/shop",
        "/home/joe/shop",
    ));
    let shop = shop.unwrap();
    let site = store.project_at(&plain(r"C:\work\site")).unwrap();
    let drafts = vec![
        naming(&shop, "ui", "packages/ui/b.ts"),
        naming(&shop, "root", "b.ts"),
        naming(&site, "site", "packages/ui/b.ts"),
        naming(&shop, "home", "~/.zshrc"),
        naming(&shop, "café", "docs/cafe\u{301}.md"),
    ];
    keep(&mut store, drafts, NOW);
    for (asked, expected) in [
        ("/home/joe/shop/packages/ui/b.ts", vec!["ui"]),
        ("file:///home/joe/shop/packages/ui/b.ts", vec!["ui"]),
        ("/home/joe/shop/./packages/x/../ui/b.ts", vec!["ui"]),
        ("/home/joe/shop/b.ts", vec!["root"]),
        (r"C:\work\site\packages\ui\b.ts", vec!["site"]),
        ("c:/Work/Site/Packages/ui/b.ts", vec!["site"]),
        ("/tmp/worktree-7/packages/ui/b.ts", vec!["site", "ui"]),
        ("/somewhere/shop/b.ts", vec!["root"]),
        ("/somewhere/else/b.ts", vec![]),
        ("/home/joe/.zshrc", vec!["home"]),
        ("/home/joe/shop/docs/caf\u{e9}.md", vec!["café"]),
        ("/home/joe/shop/packages/ui/c.ts", vec![]),
    ] {
        let filter = Filter {
            files: vec![asked.to_owned()],
            ..Filter::default()
        };
        let hits = store
            .index()
            .recent(&filter, recollect_core::Page::default(), Format::Full);
        let mut titles: Vec<String> = hits
            .unwrap()
            .hits
            .into_iter()
            .map(|hit| hit.title)
            .collect();
        titles.sort();
        assert_eq!(titles, expected, "{asked}");
    }
}
