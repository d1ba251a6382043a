use super::*;
use crate::log::record::ObservationType::*;

fn commit(message: &str) -> Commit {
    Commit {
        hash: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d".into(),
        message: message.into(),
        at: 1_700_000_000_000,
        author: Some("Ada Lovelace <ada@example.org>".into()),
        files: vec!["src/lib.rs".into()],
        ..Commit::default()
    }
}

#[track_caller]
fn observed(message: &str) -> Observation {
    observe(&commit(message)).unwrap()
}

#[test]
fn type_title_and_facts_come_from_the_message() {
    let cases: &[(&str, ObservationType, &str, &[&str])] = &[
        // Conventional Commits.
        ("feat: add dark theme", Feature, "add dark theme", &[]),
        (
            "feat(parser): accept empty input",
            Feature,
            "parser: accept empty input",
            &[],
        ),
        (
            "feat(parser)!: reject tabs",
            Feature,
            "parser!: reject tabs",
            &[],
        ),
        (
            "feat!: require Node 20",
            Feature,
            "feat!: require Node 20",
            &[],
        ),
        (
            "fix(deps)!: send@^1.0.0 (#7)",
            Bugfix,
            "deps!: send@^1.0.0",
            &["Pull request #7"],
        ),
        ("fix: flaky", Bugfix, "fix: flaky", &[]),
        (
            "* fix: content-type spoofing",
            Bugfix,
            "content-type spoofing",
            &[],
        ),
        ("- Add search by file", Feature, "Add search by file", &[]),
        (
            "Deprecate `res.clearCookie` with `maxAge`",
            Change,
            "Deprecate `res.clearCookie` with `maxAge`",
            &[],
        ),
        (
            "Feat(UI): rounded corners",
            Feature,
            "UI: rounded corners",
            &[],
        ),
        (
            "fix: off-by-one in pager",
            Bugfix,
            "off-by-one in pager",
            &[],
        ),
        (
            "fix(api, ui): keep the cursor",
            Bugfix,
            "api, ui: keep the cursor",
            &[],
        ),
        ("hotfix: restore login", Bugfix, "restore login", &[]),
        (
            "refactor(store): split the writer",
            Refactor,
            "store: split the writer",
            &[],
        ),
        (
            "perf: read segments in parallel",
            Refactor,
            "read segments in parallel",
            &[],
        ),
        ("style: run rustfmt", Refactor, "run rustfmt", &[]),
        ("docs: fix a broken link", Change, "fix a broken link", &[]),
        (
            "docs: document findings on fsync",
            Discovery,
            "document findings on fsync",
            &[],
        ),
        (
            "docs(adr): decide on UUIDv7",
            Decision,
            "adr: decide on UUIDv7",
            &[],
        ),
        (
            "test: add cases for tabs",
            Change,
            "add cases for tabs",
            &[],
        ),
        ("build: bump esbuild", Change, "bump esbuild", &[]),
        (
            "build(deps): bump serde from 1.0.1 to 1.0.2 (#77)",
            Change,
            "deps: bump serde from 1.0.1 to 1.0.2",
            &["Pull request #77"],
        ),
        ("ci: cache the registry", Change, "cache the registry", &[]),
        ("chore: switch to pnpm", Decision, "switch to pnpm", &[]),
        ("chore(release): 1.4.0", Change, "release: 1.4.0", &[]),
        (
            "revert: feat: add dark theme\n\nThis reverts commit 9f8e7d6c5b4a39281706.",
            Change,
            "feat: add dark theme",
            &["Reverts 9f8e7d6c5b4a"],
        ),
        (
            "security: escape the title",
            Bugfix,
            "escape the title",
            &[],
        ),
        ("fix:", Bugfix, "fix:", &[]),
        (
            "fix(parser: typo in scope",
            Change,
            "fix(parser: typo in scope",
            &[],
        ),
        // Plain words.
        (
            "Fix crash when the folder is empty",
            Bugfix,
            "Fix crash when the folder is empty",
            &[],
        ),
        (
            "Fixed #12: wrong order",
            Bugfix,
            "Fixed #12: wrong order",
            &[],
        ),
        ("Fix typo in README", Change, "Fix typo in README", &[]),
        (
            "Correct the half-life",
            Bugfix,
            "Correct the half-life",
            &[],
        ),
        ("Prevent double flush", Bugfix, "Prevent double flush", &[]),
        (
            "Don't crash on a lone quote",
            Bugfix,
            "Don't crash on a lone quote",
            &[],
        ),
        (
            "Handle regression from 1.3",
            Bugfix,
            "Handle regression from 1.3",
            &[],
        ),
        ("Add search by file", Feature, "Add search by file", &[]),
        (
            "Add tests for the pager",
            Change,
            "Add tests for the pager",
            &[],
        ),
        (
            "Add documentation of the format",
            Change,
            "Add documentation of the format",
            &[],
        ),
        ("Introduce segments", Feature, "Introduce segments", &[]),
        (
            "Implement RFC 9562 ids (#4)",
            Feature,
            "Implement RFC 9562 ids",
            &["Pull request #4"],
        ),
        (
            "Support Windows paths",
            Feature,
            "Support Windows paths",
            &[],
        ),
        (
            "Allow several folders",
            Feature,
            "Allow several folders",
            &[],
        ),
        ("Rename Store to Log", Refactor, "Rename Store to Log", &[]),
        (
            "Move parsing to its own crate",
            Refactor,
            "Move parsing to its own crate",
            &[],
        ),
        ("Move to a monorepo", Decision, "Move to a monorepo", &[]),
        (
            "Extract the tokenizer",
            Refactor,
            "Extract the tokenizer",
            &[],
        ),
        ("Clean up imports", Refactor, "Clean up imports", &[]),
        (
            "Refactored error handling",
            Refactor,
            "Refactored error handling",
            &[],
        ),
        (
            "Remove the retry queue",
            Change,
            "Remove the retry queue",
            &[],
        ),
        (
            "Revert \"Add dark theme\"\n\nThis reverts commit abc1234.",
            Change,
            "Revert \"Add dark theme\"",
            &["Reverts abc1234"],
        ),
        (
            "Decide on JSON for segments",
            Decision,
            "Decide on JSON for segments",
            &[],
        ),
        (
            "Choose SQLite over Tantivy",
            Decision,
            "Choose SQLite over Tantivy",
            &[],
        ),
        (
            "Switch to tsx for tests",
            Decision,
            "Switch to tsx for tests",
            &[],
        ),
        ("Adopt house style", Decision, "Adopt house style", &[]),
        (
            "Drop support for Node 16",
            Decision,
            "Drop support for Node 16",
            &[],
        ),
        (
            "Use crc32fast instead of crc32c",
            Decision,
            "Use crc32fast instead of crc32c",
            &[],
        ),
        (
            "Investigate slow start-up",
            Discovery,
            "Investigate slow start-up",
            &[],
        ),
        (
            "Find out why fsync is slow",
            Discovery,
            "Find out why fsync is slow",
            &[],
        ),
        (
            "Document findings about IndexedDB",
            Discovery,
            "Document findings about IndexedDB",
            &[],
        ),
        (
            "Document the flush interval",
            Change,
            "Document the flush interval",
            &[],
        ),
        ("Update dependencies", Change, "Update dependencies", &[]),
        ("Initial commit", Change, "Initial commit", &[]),
        ("v1.2.3", Change, "v1.2.3", &[]),
        ("wip", Change, "wip", &[]),
        (
            "fixup! Add search by file",
            Feature,
            "Add search by file",
            &[],
        ),
        // A reason or a rule makes a decision of what would be a change.
        (
            "Remove the retry queue because it hid outages",
            Decision,
            "Remove the retry queue because it hid outages",
            &[],
        ),
        (
            "Handlers must not block",
            Decision,
            "Handlers must not block",
            &[],
        ),
        (
            "Run the linter only on changed files",
            Decision,
            "Run the linter only on changed files",
            &[],
        ),
        (
            "Bump send since it no longer builds on 16",
            Decision,
            "Bump send since it no longer builds on 16",
            &[],
        ),
        (
            "Update the list of changes since 5.0",
            Change,
            "Update the list of changes since 5.0",
            &[],
        ),
        (
            "Changes since the last release",
            Change,
            "Changes since the last release",
            &[],
        ),
        (
            "Update the notes since May",
            Change,
            "Update the notes since May",
            &[],
        ),
        (
            "Fix the crash because of a null",
            Bugfix,
            "Fix the crash because of a null",
            &[],
        ),
        (
            "Add paging so that lists stay short",
            Feature,
            "Add paging so that lists stay short",
            &[],
        ),
        (
            "Server no longer crashes on start",
            Bugfix,
            "Server no longer crashes on start",
            &[],
        ),
        (
            "Node 16 is no longer supported",
            Decision,
            "Node 16 is no longer supported",
            &[],
        ),
        (
            "Session store\n\nWe decided to keep it in memory.",
            Decision,
            "Session store",
            &[],
        ),
        // Scopes and tickets without a type.
        (
            "net: ipv6: fix a leak",
            Bugfix,
            "net: ipv6: fix a leak",
            &[],
        ),
        ("parser: add comments", Change, "parser: add comments", &[]),
        ("[BUGFIX] wrong colour", Bugfix, "wrong colour", &[]),
        ("[api] Add paging", Feature, "api: Add paging", &[]),
        (
            "[v4][PROJ-1] Add paging",
            Feature,
            "v4: [PROJ-1] Add paging",
            &[],
        ),
        ("[PROJ-12] Fix paging", Bugfix, "[PROJ-12] Fix paging", &[]),
        (
            "PROJ-12: Extract paging",
            Refactor,
            "PROJ-12: Extract paging",
            &[],
        ),
        ("PROJ-12 Add paging", Feature, "PROJ-12 Add paging", &[]),
        (
            "Why it hangs: the lock is held twice",
            Change,
            "Why it hangs: the lock is held twice",
            &[],
        ),
        // Emoji.
        ("🐛 wrong order of days", Bugfix, "wrong order of days", &[]),
        (
            ":bug: wrong order of days",
            Bugfix,
            "wrong order of days",
            &[],
        ),
        (
            "✨ feat(ui): chart of activity",
            Feature,
            "ui: chart of activity",
            &[],
        ),
        (
            "feat: ✨ chart of activity",
            Feature,
            "chart of activity",
            &[],
        ),
        (
            "♻️ one scanner for both",
            Refactor,
            "one scanner for both",
            &[],
        ),
        (
            "⚡️ cache the statement",
            Refactor,
            "cache the statement",
            &[],
        ),
        ("📝 explain segments", Change, "explain segments", &[]),
        ("🐛", Bugfix, "🐛", &[]),
        // Merges.
        (
            "Merge branch 'topic' into main",
            Change,
            "Merge branch 'topic' into main",
            &[],
        ),
        (
            "Merge remote-tracking branch 'origin/fix'",
            Change,
            "Merge remote-tracking branch 'origin/fix'",
            &[],
        ),
        (
            "Merge pull request #12 from ada/fix-pager\n\nFix the pager on Windows",
            Bugfix,
            "Fix the pager on Windows",
            &["Merges pull request #12 from ada/fix-pager"],
        ),
        (
            "Merge pull request #13 from ada/topic",
            Change,
            "Merge pull request #13 from ada/topic",
            &["Merges pull request #13 from ada/topic"],
        ),
        (
            "Merged in topic (pull request #9)\n\nAdd paging",
            Feature,
            "Add paging",
            &["Merges topic (pull request #9)"],
        ),
        (
            "Merge branch 'a' into 'main'\n\nfeat: add paging\n\nSee merge request team/app!34",
            Feature,
            "add paging",
            &["Merge request team/app!34"],
        ),
        // Other languages are changes.
        (
            "Behebt den Absturz beim Start",
            Change,
            "Behebt den Absturz beim Start",
            &[],
        ),
        ("修复崩溃", Change, "修复崩溃", &[]),
        // Blank ones.
        ("", Change, "Commit 1a2b3c4 without a message", &[]),
        (" \n\t\n", Change, "Commit 1a2b3c4 without a message", &[]),
        ("\n\n  Add  a   gap\n", Feature, "Add a gap", &[]),
        (
            "Improve speed\n\nFixes #8",
            Bugfix,
            "Improve speed",
            &["Fixes #8"],
        ),
        (
            "Improve speed\n\nCloses #8, #9",
            Change,
            "Improve speed",
            &["Closes #8", "Closes #9"],
        ),
    ];
    for (message, observation_type, title, facts) in cases {
        let observation = observed(message);
        assert_eq!(
            observation.observation_type, *observation_type,
            "type of {message:?}"
        );
        assert_eq!(observation.title, *title, "title of {message:?}");
        assert_eq!(observation.facts, *facts, "facts of {message:?}");
    }
}

#[test]
fn a_body_becomes_a_readable_narrative() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "The cache was keyed by the name alone, which two folders\ncan share.\n\nNow by the whole path.\n",
            "The cache was keyed by the name alone, which two folders can share.\n\nNow by the whole path.",
            &[],
        ),
        (
            "Before: 10 ms\nAfter: 2 ms",
            "Before: 10 ms\nAfter: 2 ms",
            &[],
        ),
        (
            "- one thing that is long enough to be broken by the editor\n  and goes on here\n- another",
            "- one thing that is long enough to be broken by the editor and goes on here\n- another",
            &[],
        ),
        (
            "This is how a caller that wants the whole text asks for it:\n\n    let text = store.text(id)?;\n    show(text);\n\nDone.",
            "This is how a caller that wants the whole text asks for it:\n\n    let text = store.text(id)?;\n    show(text);\n\nDone.",
            &[],
        ),
        (
            "```\na line of code that is long enough to look like a broken one\nb\n```",
            "```\na line of code that is long enough to look like a broken one\nb\n```",
            &[],
        ),
        (
            "Text.\n\nSigned-off-by: Ada <ada@example.org>\nCo-authored-by: Bob <bob@example.org>\nReviewed-by: Cy\nChange-Id: I0123\nCc: stable@example.org",
            "Text.",
            &[],
        ),
        (
            "Text.\n\nBREAKING CHANGE: the option `a` is gone,\nuse `b`.\nRefs: PROJ-7",
            "Text.",
            &[
                "BREAKING CHANGE: the option `a` is gone, use `b`.",
                "Refs: PROJ-7",
            ],
        ),
        (
            "This fixes #3 and closes #4 by waiting.\n\nFixes: https://example.org/a/b/issues/5\nResolves PROJ-6",
            "This fixes #3 and closes #4 by waiting.",
            &[
                "Fixes #3",
                "Closes #4",
                "Fixes https://example.org/a/b/issues/5",
                "Resolves PROJ-6",
            ],
        ),
        (
            "This reverts commit 0123456789abcdef0123, which broke the build.",
            "This reverts commit 0123456789abcdef0123, which broke the build.",
            &["Reverts 0123456789ab"],
        ),
        (
            "(cherry picked from commit 0123456789abcdef)",
            "",
            &["Picked from 0123456789ab"],
        ),
        (
            "Text.\n\n# Conflicts:\n#\tsrc/a.rs\n#\tsrc/b.rs\n\nMore.",
            "Text.\n\nMore.",
            &[],
        ),
        (
            "Note: this is a sentence, no trailer",
            "Note: this is a sentence, no trailer",
            &[],
        ),
        (
            "It fixes the order.\nFix it twice.",
            "It fixes the order.\nFix it twice.",
            &[],
        ),
        ("Windows\r\nline ends\r\n", "Windows\nline ends", &[]),
        (
            "First.\n\n---------\n\nCo-authored-by: Bob <bob@example.org>",
            "First.",
            &[],
        ),
        (
            "* feat: change things\n\n* keep the order\n\nCo-authored-by: Bob <bob@example.org>\n\n\
             * Update Readme.md\n\n* fixup! keep the order\n\n* lint\n\n* keep the order\n\n\
             * read both files\n\nThe second may be newer.\n\n* write once\n\n---------\n",
            "- keep the order\n- read both files\n\nThe second may be newer.\n\n- write once",
            &[],
        ),
        (
            "* Change things\n\nEnable it for both.\n\n* Fix typo",
            "Enable it for both.",
            &[],
        ),
        (
            "Bumps a from 1 to 2.\n- [Commits](https://example.org/a)\n\n---\nupdated-dependencies:\n- dependency-name: a\n...\n\nSigned-off-by: bot",
            "Bumps a from 1 to 2.\n- [Commits](https://example.org/a)",
            &[],
        ),
        (
            "BREAKING CHANGE: y is gone\n---\nText.",
            "Text.",
            &["BREAKING CHANGE: y is gone"],
        ),
        ("", "", &[]),
    ];
    for (body, narrative, facts) in cases {
        let observation = observed(&format!("Change things\n\n{body}"));
        assert_eq!(
            observation.narrative.as_deref().unwrap_or(""),
            *narrative,
            "of {body:?}"
        );
        assert_eq!(observation.facts, *facts, "of {body:?}");
    }
}

#[test]
fn concepts_come_from_type_words_and_scope() {
    let cases: &[(&str, &[&str])] = &[
        ("fix(store): keep order", &["problem-solution", "store"]),
        ("feat: x", &["what-changed"]),
        ("perf(index): x", &["what-changed", "performance", "index"]),
        ("feat(api)!: x", &["what-changed", "breaking-change", "api"]),
        (
            "x\n\nBREAKING CHANGE: y",
            &["what-changed", "breaking-change"],
        ),
        ("Use a instead of b", &["why-it-exists", "trade-off"]),
        (
            "Fix x\n\nIt hung because y.",
            &["problem-solution", "why-it-exists"],
        ),
        ("Find out x\n\nBeware of y.", &["how-it-works", "gotcha"]),
        ("net: ipv6: add x", &["what-changed", "net", "ipv6"]),
        ("Follow the naming convention", &["what-changed", "pattern"]),
    ];
    for (message, concepts) in cases {
        assert_eq!(observed(message).concepts, *concepts, "of {message:?}");
    }
}

#[test]
fn the_subtitle_names_hash_and_author_but_no_address() {
    for (author, subtitle) in [
        (
            Some("Ada Lovelace <ada@example.org>"),
            "Commit 1a2b3c4 by Ada Lovelace",
        ),
        (Some("Ada Lovelace"), "Commit 1a2b3c4 by Ada Lovelace"),
        (Some("ada@example.org"), "Commit 1a2b3c4"),
        (Some("<ada@example.org>"), "Commit 1a2b3c4"),
        (Some("ada@example.org <ada@example.org>"), "Commit 1a2b3c4"),
        (Some(" "), "Commit 1a2b3c4"),
        (None, "Commit 1a2b3c4"),
    ] {
        let mut commit = commit("Fix it\n\nAsk ada@example.org.");
        commit.author = author.map(Into::into);
        let observation = observe(&commit).unwrap();
        assert_eq!(
            observation.subtitle.as_deref(),
            Some(subtitle),
            "of {author:?}"
        );
        let has_address = format!("{observation:?}").contains("ada@example.org");
        assert_eq!(
            has_address,
            !author.is_some_and(|author| author.contains('@'))
        );
    }
    let bare = Commit::default();
    let observation = observe(&bare).unwrap();
    assert_eq!((observation.subtitle, observation.commit), (None, None));
    assert_eq!(observation.title, "Commit without a message");
}

#[test]
fn what_is_too_long_is_cut_at_a_character() {
    let message = format!("Fix {}\n\n{}", "ä".repeat(600), "ö".repeat(40_000));
    let observation = observed(&message);
    assert!(observation.title.len() <= MAX_TITLE_BYTES && observation.title.ends_with('…'));
    let narrative = observation.narrative.unwrap();
    assert!(narrative.len() <= MAX_NARRATIVE_BYTES && narrative.ends_with('…'));
    assert!(observation.is_cut);
    assert!(!observed("Fix it\n\nText").is_cut);

    let mut many = commit("Reformat");
    many.files = (0..250).map(|n| format!("src/{n}.rs")).collect();
    let observation = observe(&many).unwrap();
    assert_eq!(observation.files_modified.len(), MAX_FILES);
    assert_eq!(observation.facts, ["50 more files changed"]);

    let issues: String = (0..99).map(|n| format!("Fixes #{n}\n")).collect();
    let observation = observed(&format!("{}: x\n\n{issues}", "s".repeat(40)));
    assert!(observation.facts.len() <= MAX_FACTS);
}

#[test]
fn a_private_part_of_a_message_is_nowhere_in_it() {
    let observation = observed("Fix login <private>of Acme\n\nThey use hunter2\n\nFixes #1");
    assert_eq!(observation.title, "Fix login");
    assert!(!format!("{observation:?}").contains("hunter2"));
    assert_eq!(observation.facts, [""; 0]);
    assert_eq!(observe(&commit("<private>all</private>\n")), None);
}

#[test]
fn no_message_is_too_strange() {
    for piece in [
        ":",
        "(",
        ")",
        "!",
        "[",
        "]",
        "#",
        "feat(",
        "fix(a)",
        "(#",
        "(#1)",
        "Merge pull request ",
        "Merged in ",
        "\u{fe0f}",
        "🐛",
        "```",
        "- ",
        "\t",
        "BREAKING CHANGE: ",
        "Fixes ",
        "-by: ",
        "This reverts commit ",
        "1. ",
        "\r",
        "'",
        "\n",
    ] {
        for message in [
            piece.to_owned(),
            piece.repeat(50),
            format!("{piece}\n\n{piece}"),
            format!("a{piece}ä\n{}", format!("{piece}\n").repeat(9)),
        ] {
            let observation = observed(&message);
            assert!(!observation.title.trim().is_empty(), "of {message:?}");
            assert!(observation.title.len() <= MAX_TITLE_BYTES);
        }
    }
}
