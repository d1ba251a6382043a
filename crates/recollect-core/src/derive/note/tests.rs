use super::*;
use crate::log::record::ObservationType::*;

#[track_caller]
fn observed(text: &str) -> Observation {
    let note = Note {
        text: text.into(),
        ..Note::default()
    };
    observe(note).unwrap().unwrap()
}

#[test]
fn the_title_is_the_first_line_that_says_something() {
    for (text, title) in [
        ("Use tabs", "Use tabs"),
        ("\n\n  # Use   tabs #\nand more", "Use tabs"),
        ("- [ ] use tabs\n- [x] use spaces", "use tabs"),
        ("1. first\n2. second", "first"),
        ("> quoted", "quoted"),
        ("```rust\nlet a = 1;\n```", "let a = 1;"),
        ("---\n***\n===\nafter rules", "after rules"),
        ("**Bold** and more", "**Bold** and more"),
        ("**All bold**", "All bold"),
        ("`code`", "code"),
        ("`a` or `b`", "`a` or `b`"),
        ("/* a comment */", "a comment"),
        ("// a comment\ncode()", "a comment"),
        ("<!-- hidden -->", "hidden"),
        ("C#", "C#"),
        ("#hashtag", "hashtag"),
        ("```\n```\n---", "Untitled note"),
        ("!?", "Untitled note"),
        ("größe zählt 😀", "größe zählt 😀"),
    ] {
        assert_eq!(title_of(text), title, "of {text:?}");
    }
    assert_eq!(title_of(""), "Untitled note");
}

#[test]
fn a_long_title_is_cut_behind_a_word() {
    let title = title_of(&"twelve chars ".repeat(20));
    assert!(
        title.ends_with("chars…") || title.ends_with("twelve…"),
        "{title}"
    );
    for text in [
        "ä".repeat(300),
        "word ".repeat(90),
        format!("a {}", "b".repeat(200)),
    ] {
        let title = title_of(&text);
        assert!(title.chars().count() <= TITLE_CHARS, "{title}");
        assert!(title.chars().count() > TITLE_CHARS / 2, "{title}");
        assert!(title.ends_with('…'));
    }
    let exact = "x".repeat(TITLE_CHARS);
    assert_eq!(title_of(&exact), exact);
}

#[test]
fn the_narrative_is_there_when_it_says_more() {
    for (text, narrative) in [
        ("Use tabs", None),
        ("# Use tabs\n\n", None),
        ("```\nUse tabs\n```", None),
        ("# Use tabs\nbecause", Some("# Use tabs\nbecause")),
        ("\n  a\n  b\n", Some("  a\n  b")),
        ("!?", Some("!?")),
    ] {
        assert_eq!(
            observed(text).narrative.as_deref(),
            narrative,
            "of {text:?}"
        );
    }
    let long = "word ".repeat(90);
    assert_eq!(observed(&long).narrative.as_deref(), Some(long.trim()));
}

#[test]
fn the_type_is_what_the_first_telling_words_say() {
    for (text, observation_type) in [
        ("We decided to fix the parser later", Decision),
        ("Let's use SQLite for the index", Decision),
        ("We chose postcard, no, JSON", Decision),
        ("Going with tabs", Decision),
        ("JSON rather than CBOR: it can be read", Decision),
        ("We pin undici because 7 breaks HTTP/2", Decision),
        ("Keep the queue in memory so that tests stay fast", Decision),
        ("# Releases\n- Deploy only on Mondays", Decision),
        ("A plugin must not write to the log itself", Decision),
        ("From now on every route has a schema", Decision),
        ("Do not retry POST since it may run twice", Decision),
        ("We no longer support Node 16", Decision),
        (
            "We added a retry because the gateway drops requests",
            Feature,
        ),
        (
            "The cache is stale because the key lacks the tenant",
            Discovery,
        ),
        ("We run Node 20 since May", Discovery),
        ("Build fails only on Windows", Discovery),
        ("It happens only on Fridays", Discovery),
        ("Fixed: the timer fired twice", Bugfix),
        ("Root cause was a stale cache", Bugfix),
        ("Workaround: restart the daemon", Bugfix),
        ("The login crashes on empty names", Bugfix),
        ("TIL git has worktrees", Discovery),
        ("Turns out the bug was in the compiler", Discovery),
        ("Note that we added a retry here", Discovery),
        ("I learned how FTS5 ranks", Discovery),
        ("Renamed Store to Log", Refactor),
        ("Refactored the scanner and added tests", Refactor),
        ("Added a dark theme", Feature),
        ("The importer now supports CSV", Feature),
        ("The API key is read from the environment", Discovery),
        ("prefix and bugle, nothing to see", Discovery),
    ] {
        assert_eq!(type_of(text), observation_type, "of {text:?}");
    }
}

#[test]
fn what_is_told_is_not_guessed() {
    let note = Note {
        text: "fixed it".into(),
        title: Some("  The\nfix ".into()),
        observation_type: Some(Change),
        file: Some("src/a.rs".into()),
        concepts: vec!["gotcha".into()],
    };
    let observation = observe(note).unwrap().unwrap();
    assert_eq!(observation.title, "The fix");
    assert_eq!(observation.narrative.as_deref(), Some("fixed it"));
    assert_eq!(observation.observation_type, Change);
    assert_eq!(observation.files_read, ["src/a.rs"]);
    assert_eq!(observation.concepts, ["gotcha"]);
}

#[test]
fn a_private_part_reaches_neither_title_nor_narrative() {
    let observation = observed("The key <private>\nhunter2");
    assert_eq!(observation.title, "The key");
    assert_eq!(observation.narrative, None);

    let private = Note {
        text: "<private>x".into(),
        title: Some("t".into()),
        ..Note::default()
    };
    assert_eq!(observe(private).unwrap(), None);
    let titled = Note {
        text: "text".into(),
        title: Some("<private>x".into()),
        ..Note::default()
    };
    assert_eq!(observe(titled).unwrap().unwrap().title, "text");
}

#[test]
fn a_blank_or_huge_text_is_refused() {
    let blank = Note {
        text: " \n".into(),
        ..Note::default()
    };
    assert!(matches!(
        observe(blank),
        Err(Error::InvalidInput { field: "text", .. })
    ));
    let huge = Note {
        text: "x".repeat(MAX_BODY_BYTES + 1),
        ..Note::default()
    };
    assert!(matches!(
        observe(huge),
        Err(Error::TooLarge { field: "text", .. })
    ));
}

#[test]
fn choices_and_causes_are_told_in_many_words() {
    use telling::{Telling, told};
    for sentence in [
        "We'll stay on Node 20 until the LTS ends.",
        "Let's go with pnpm.",
        "I'd rather keep the monolith for now.",
        "The team agreed that we keep REST.",
        "Chose Vite over Webpack for build speed.",
        "Picked Tailwind over Bootstrap.",
        "We're sticking to the old parser.",
        "We moved away from Moment.js to date-fns.",
        "We switched from npm to pnpm.",
    ] {
        assert_eq!(told(sentence), Some(Telling::Decision), "{sentence}");
    }
    for sentence in [
        "We concluded that caching per user is not worth it.",
        "The failure comes from a race in the scheduler.",
        "The problem lies in the timezone conversion.",
    ] {
        assert_eq!(told(sentence), Some(Telling::Finding), "{sentence}");
    }
    assert_eq!(told("Selected files are listed over there?"), None);
}
