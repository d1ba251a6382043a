use super::Closing;

#[track_caller]
fn check(message: &str, learned: &[&str], decisions: &[&str]) {
    let closing = Closing::of(message);
    assert_eq!(closing.learned, learned, "of {message:?}");
    assert_eq!(closing.decisions, decisions, "of {message:?}");
}

#[test]
fn what_was_decided_and_found_out_is_told() {
    for (message, learned, decision) in [
        (
            "We decided to keep SSR since SEO matters.",
            "We decided to keep SSR since SEO matters.",
            true,
        ),
        (
            "Done.\n\nIt turned out that Varnish caches the headers.",
            "It turned out that Varnish caches the headers.",
            false,
        ),
        ("- We opted for a queue.", "We opted for a queue.", true),
        ("Use UTC everywhere.", "Use UTC everywhere.", true),
        ("Done.\n\nRedis it is.", "Redis it is.", true),
        (
            "> The culprit was a lock.",
            "The culprit was a lock.",
            false,
        ),
        ("我们决定保留服务端渲染。", "我们决定保留服务端渲染。", true),
        ("原因はロックでした。", "原因はロックでした。", false),
    ] {
        let decisions: &[&str] = if decision { &[learned] } else { &[] };
        check(message, &[learned], decisions);
    }
}

#[test]
fn what_is_neither_decided_nor_found_out_is_kept_as_it_was_said() {
    let message =
        "It waits 1800 ms between attempts.\n\n```sh\nmake\n```\n- We opted for a queue.\n\nDone.";
    assert_eq!(
        Closing::of(message).rest,
        "It waits 1800 ms between attempts."
    );
    let long = "A sentence that tells what was done and why it was done so. ".repeat(100);
    assert!((1_000..1_500).contains(&Closing::of(&long).rest.len()));
}

#[test]
fn labels_and_headings_say_what_they_hold() {
    for message in [
        "Decision: keep SSR.",
        "**Decision:** keep SSR.",
        "**Decision**: keep SSR.",
        "- **Decision:** keep SSR.",
        "1. __Decision:__ keep SSR.",
        "> Decision: keep SSR.",
    ] {
        check(message, &["Decision: keep SSR."], &["keep SSR."]);
    }
    for message in [
        "## Decision\nkeep SSR",
        "## Decision\n\nkeep SSR\n\n## Tests\n\nall pass",
        "### 1. Decision ###\n- keep SSR",
        "**Decision**\n\nkeep SSR",
        "Decision:\n- keep SSR\n\nAll tests pass.",
        "Decision:\n\nkeep SSR\n\nAll tests pass.",
        "## Entscheidung\nkeep SSR",
        "## 决定\nkeep SSR",
    ] {
        check(message, &["keep SSR"], &["keep SSR"]);
    }
    check(
        "## Root cause\nVarnish\n## Decisions\n- drop it\n- keep SSR\n## Files\na.ts",
        &["Varnish", "drop it", "keep SSR"],
        &["drop it", "keep SSR"],
    );
}

#[test]
fn of_a_long_line_the_sentence_that_counts_is_told() {
    let filler = "I looked at every file of the folder and read the tests twice. ".repeat(4);
    let message = format!("{filler}We went with SQLite for the cache. {filler}");
    check(
        &message,
        &["We went with SQLite for the cache."],
        &["We went with SQLite for the cache."],
    );
}

#[test]
fn what_is_no_statement_is_left_out() {
    check("Should we go with SQLite?", &[], &[]);
    check(
        "```\n// because of this we decided\nDecision: x\n```",
        &[],
        &[],
    );
    check("All tests pass. I added two files.", &[], &[]);
    check("", &[], &[]);
}

#[test]
fn what_is_left_is_told_under_its_heading() {
    let closing = Closing::of("## Next steps\n- ship it\n- tell them\n\n## Notes\n- it is slow");
    assert_eq!(closing.left, ["ship it", "tell them"]);
    assert_eq!(closing.learned, ["it is slow"]);
}
