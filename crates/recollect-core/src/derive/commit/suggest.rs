//! The type of a commit from the words of its first line.

use super::words::Words;
use crate::derive::note::telling::titles_decision;
use crate::log::record::ObservationType::{
    self, Bugfix, Change, Decision, Discovery, Feature, Refactor,
};

/// The type that the words suggest, most telling first; `None` if they say nothing.
pub(crate) fn suggested_by(words: &Words) -> Option<ObservationType> {
    const TRIFLES: [&str; 8] = [
        "typo",
        "typos",
        "spelling",
        "lint",
        "linter",
        "formatting",
        "whitespace",
        "indentation",
    ];
    const CHANGES: [&str; 22] = [
        "revert",
        "reverts",
        "reverted",
        "remove",
        "removes",
        "removed",
        "delete",
        "deletes",
        "update",
        "updates",
        "updated",
        "bump",
        "bumps",
        "upgrade",
        "upgrades",
        "merge",
        "release",
        "prepare",
        "initial commit",
        "first commit",
        "merged",
        "document",
    ];
    const DISCOVERIES: [&str; 18] = [
        "investigate",
        "investigates",
        "investigated",
        "find out",
        "found out",
        "figure out",
        "document findings",
        "document the findings",
        "record findings",
        "research",
        "explore",
        "analyse",
        "analyze",
        "measure",
        "diagnose",
        "findings",
        "spike",
        "benchmark",
    ];
    const DECISIONS: [&str; 27] = [
        "decide",
        "decides",
        "decided",
        "choose",
        "chooses",
        "chose",
        "switch to",
        "switch from",
        "switches to",
        "switched to",
        "adopt",
        "adopts",
        "adopted",
        "drop",
        "drops",
        "dropped",
        "migrate to",
        "migrate from",
        "standardise on",
        "standardize on",
        "settle on",
        "prefer",
        "give up",
        "go back to",
        "move to",
        "record decision",
        "record the decision",
    ];
    const CHOICES: [&str; 6] = [
        "instead of",
        "rather than",
        "in favour of",
        "in favor of",
        "we decided",
        "decision to",
    ];
    const FIXES: [&str; 19] = [
        "fix",
        "fixes",
        "fixed",
        "fixing",
        "bugfix",
        "hotfix",
        "correct",
        "corrects",
        "corrected",
        "repair",
        "repairs",
        "resolve",
        "resolves",
        "resolved",
        "prevent",
        "prevents",
        "avoid",
        "work around",
        "workaround",
    ];
    const FAULTS: [&str; 22] = [
        "bug",
        "bugs",
        "crash",
        "crashes",
        "crashing",
        "regression",
        "hotfix",
        "leak",
        "leaks",
        "deadlock",
        "race condition",
        "segfault",
        "panic",
        "panics",
        "off by one",
        "null pointer",
        "npe",
        "infinite loop",
        "data loss",
        "broken",
        "no longer fails",
        "fix",
    ];
    const REFACTORINGS: [&str; 41] = [
        "refactor",
        "refactors",
        "refactored",
        "rename",
        "renames",
        "renamed",
        "move",
        "moves",
        "moved",
        "extract",
        "extracts",
        "extracted",
        "clean up",
        "cleans up",
        "cleanup",
        "cleaned",
        "simplify",
        "simplifies",
        "simplified",
        "restructure",
        "reorganise",
        "reorganize",
        "split",
        "splits",
        "inline",
        "deduplicate",
        "tidy",
        "rework",
        "rewrite",
        "reuse",
        "consolidate",
        "unify",
        "reformat",
        "modularise",
        "modularize",
        "decouple",
        "pull out",
        "factor out",
        "tidy up",
        "merge duplicate",
        "flatten",
    ];
    const ADDITIONS: [&str; 25] = [
        "add",
        "adds",
        "added",
        "adding",
        "introduce",
        "introduces",
        "introduced",
        "implement",
        "implements",
        "implemented",
        "support",
        "supports",
        "allow",
        "allows",
        "enable",
        "enables",
        "provide",
        "provides",
        "create",
        "creates",
        "expose",
        "exposes",
        "teach",
        "let",
        "new",
    ];
    /// What is added without the program doing anything new.
    const ADDED_ASIDE: [&str; 16] = [
        "test",
        "tests",
        "doc",
        "docs",
        "documentation",
        "comment",
        "comments",
        "readme",
        "changelog",
        "license",
        "licence",
        "gitignore",
        "workflow",
        "contributing",
        "todo",
        "changelog entry",
    ];
    let is_use = words.starts_with_any(&["use", "uses", "replace", "replaces", "keep", "make"]);
    if words.starts_with_any(&DISCOVERIES) {
        Some(Discovery)
    } else if words.starts_with_any(&DECISIONS)
        || is_use && words.has_any(&CHOICES)
        || words.has_any(&["we decided", "decision to"])
    {
        Some(Decision)
    } else if words.starts_with_any(&FIXES) {
        Some(if words.has_any(&TRIFLES) {
            Change
        } else {
            Bugfix
        })
    } else if words.starts_with_any(&REFACTORINGS) {
        Some(Refactor)
    } else if words.starts_with_any(&CHANGES) {
        let has_fault = words.has_any(&FAULTS);
        Some(match !has_fault && titles_decision(words) {
            true => Decision,
            false => Change,
        })
    } else if words.starts_with_any(&ADDITIONS) {
        Some(if words.has_any(&ADDED_ASIDE) {
            Change
        } else {
            Feature
        })
    } else if words.has_any(&FAULTS) {
        Some(Bugfix)
    } else if words.has_any(&["now supports", "is now possible", "can now"]) {
        Some(Feature)
    } else {
        titles_decision(words).then_some(Decision)
    }
}
