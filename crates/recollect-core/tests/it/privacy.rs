//! What the privacy filter removes, what it leaves, and what holds for any text.

use proptest::prelude::*;
use recollect_core::intake::privacy::{TAGS, clean_and_strip, strip, strip_in_place, strip_json};
use serde_json::json;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for &(text, left) in cases {
        let stripped = strip(text);
        assert_eq!(stripped.text, left, "of {text:?}");
        assert_eq!(stripped.had_private, text != left, "of {text:?}");
        assert_eq!(strip(left).text, left, "a second time, of {text:?}");
    }
}

#[test]
fn a_tag_goes_with_what_it_encloses() {
    check(&[
        ("", ""),
        ("nothing private", "nothing private"),
        ("a <private>b</private> c", "a  c"),
        ("<private>all</private>", ""),
        ("a<private></private>b", "ab"),
        ("a<private>1</private>b<private>2</private>c", "abc"),
        ("a <private>one\ntwo\r\n\nthree</private>\nb", "a \nb"),
        ("ä<private>ö</private>ü😀", "äü😀"),
        ("`<private>` in a code span is a tag", "`"),
        ("```\n<private>\nx\n</private>\n```", "```\n\n```"),
    ]);
    for tag in TAGS {
        check(&[
            (&format!("a<{tag}>x</{tag}>b"), "ab"),
            (&format!("a<{tag}>x"), "a"),
        ]);
    }
}

#[test]
fn letter_case_white_space_and_attributes_do_not_matter() {
    check(&[
        ("a<PRIVATE>x</Private>b", "ab"),
        ("a<System-Reminder>x</SYSTEM-REMINDER>b", "ab"),
        ("a< private >x< / private >b", "ab"),
        ("a<\n\tprivate\n>x</private\n>b", "ab"),
        ("a<private reason=\"x>y\">s</private>b", "ab"),
        ("a<private reason='x>y' level=2 on>s</private>b", "ab"),
        ("a<private x = \"</private>\">s</private>b", "ab"),
        ("a<private x=\"<private>\">s</private>b", "ab"),
        ("a<private x=\"it's\">s</private>b", "ab"),
        ("a<private don't keep>s</private>b", "ab"),
        ("a<private a=b/c>s</private>b", "ab"),
        ("a<private>s</private class=\"x\">b", "ab"),
        ("a<private,>s</private>b", "ab"),
        ("a<private:>s</private>b", "ab"),
    ]);
}

#[test]
fn nested_tags_are_counted() {
    check(&[
        ("a<private>1<private>2</private>3</private>b", "ab"),
        ("a<private>1<private>2</private>3", "a"),
        (
            "a<private>1<PRIVATE x>2</private\n>3</private>b</private>c",
            "abc",
        ),
        ("a<private>1<private/>2</private>b", "ab"),
        ("a<private>1<system-reminder>2</private>b", "ab"),
        ("a<private>1</system-reminder>2</private>b", "ab"),
        // Never closed: private to the end, wherever it was opened.
        ("a<system-reminder>say <private> so</system-reminder>b", "a"),
        (
            "a<private><system-reminder a=\"</private>\">s</private>b",
            "ab",
        ),
        ("a<private>about <system-reminder </private>b", "ab"),
        (
            "a<private>1</pri<private>2</private>vate>3</private>b",
            "ab",
        ),
    ]);
    let deep = format!(
        "a{}x{}b",
        "<private>".repeat(20_000),
        "</private>".repeat(20_000)
    );
    check(&[(&deep, "ab")]);
    let open = format!(
        "a{}x{}b",
        "<private>".repeat(20_000),
        "</private>".repeat(19_999)
    );
    check(&[(&open, "a")]);
}

#[test]
fn of_overlapping_tags_the_reading_counts_that_keeps_less() {
    check(&[
        (
            "a<system-reminder>b <private>c</system-reminder> S</private>d",
            "ad",
        ),
        (
            "a<private>b <system-reminder>c</private> S</system-reminder>d",
            "ad",
        ),
        (
            "a<private>b <system-reminder></private></system-reminder> S</private>d",
            "ad",
        ),
        (
            "a<private><private><system-reminder></private></private>b</system-reminder>c",
            "ac",
        ),
        (
            "a<system-reminder><claude-mem-context><private></claude-mem-context></system-reminder>S</private>b",
            "ab",
        ),
        ("a<private>1<system-reminder>2</private>b", "ab"),
        (
            "a<private>1<system-reminder>2</private>b<private>3</private>c",
            "abc",
        ),
    ]);
}

#[test]
fn a_tag_that_a_program_spells_swallows_nothing() {
    for text in [
        "Use Vec<private::Key> for it, then go on.",
        "Vec::<private::Key>::new() and on",
        "template<private T> class Box; and on",
        "template<private T, private U> class Box; and on",
        "Map<private::K, Vec<private::V>> and on",
        "for (let i = 0; i<private.length; i++) { go(on) }",
        "extends Base<private.Type> and on",
    ] {
        check(&[(text, text)]);
        let and_private = format!("{text} <private>x</private>!");
        check(&[(&and_private, &format!("{text} !"))]);
    }
    check(&[
        // A closing tag belongs to it.
        ("a<private::Key>s</private>b", "ab"),
        ("a<private T>s</private>b", "ab"),
        ("a<private T>1<private>2</private>3</private>b", "ab"),
        // What is only quoted fails closed.
        ("say `<private>` and on", "say `"),
        ("Vec<private> and on", "Vec"),
        ("key<private reason=\"x\"> and on", "key"),
    ]);
}

#[test]
fn characters_of_several_bytes_are_read_in_addresses() {
    check(&[
        ("a%EF%BC%9Cprivate%EF%BC%9Ex%3C/private%3Eb", "ab"),
        (
            "file:///h/%EF%BC%9C%EF%BD%90%EF%BD%92%EF%BD%89%EF%BD%96%EF%BD%81%EF%BD%94%EF%BD%85%EF%BC%9Ex",
            "file:///h/",
        ),
        ("a%25EF%25BC%259Cprivate>x</private>b", "ab"),
        ("a%EF%3Cprivate>x</private>b", "ab"),
        ("a%EF%BC%3Cprivate>x</private>b", "ab"),
        ("a<pri%E2%80%8Bvate>x</private>b", "ab"),
        (
            "%E3%83%90%F0%9F%98%80 %FF %C3",
            "%E3%83%90%F0%9F%98%80 %FF %C3",
        ),
    ]);
}

#[test]
fn colours_and_hidden_sequences_hide_no_tag() {
    for (text, left) in [
        (
            "a <\u{1b}[01;31m\u{1b}[Kprivate\u{1b}[m\u{1b}[K>x</\u{1b}[01;31m\u{1b}[Kprivate\u{1b}[m\u{1b}[K> b",
            "a  b",
        ),
        ("a <pri\u{9b}1mvate>x</private> b", "a  b"),
        ("a \u{1b}]0;<private>\u{7}x</private> b", "a 0; b"),
        ("a <\u{1b}]0;t\u{7}private>x</private> b", "a  b"),
        ("a \u{1b}[<private>x</private> b", "a  b"),
        ("a \u{1b}<private>x</private> b", "a  b"),
        ("a <\u{1b}[1mprivate>x", "a "),
    ] {
        let stripped = clean_and_strip(text);
        assert_eq!(stripped.text, left, "of {text:?}");
        assert!(stripped.had_private);
    }
}

proptest! {
    /// Whatever order tags open and close in.
    #[test]
    fn nothing_inside_any_private_tag_survives(
        parts in prop::collection::vec((0_usize..3, any::<bool>()), 1..14),
    ) {
        let names = ["private", "system-reminder", "claude-mem-context"];
        let mut text = String::from("kept ");
        let mut private = 0_usize;
        for (position, &(name, is_closing)) in parts.iter().enumerate() {
            let slash = if is_closing { "/" } else { "" };
            text.push_str(&format!("<{slash}{}>", names[name]));
            match (name, is_closing) {
                (0, false) => private += 1,
                (0, true) => private = private.saturating_sub(1),
                _ => {}
            }
            let word = if private > 0 { "SECRET" } else { "word" };
            text.push_str(&format!(" {word}{position} "));
        }
        let left = strip(&text).text.into_owned();
        prop_assert!(left.starts_with("kept "));
        prop_assert!(!left.contains("SECRET"), "{text} -> {left}");
        prop_assert!(!left.contains('<'), "{text} -> {left}");
    }
}

#[test]
fn what_is_not_finished_is_private_to_the_end() {
    check(&[
        ("a <private>b c", "a "),
        ("a <private", "a "),
        ("a <private ", "a "),
        ("a <private attr=\"x>b</private> c", "a "),
        ("a <private attr=\"x\" b</private c", "a "),
        ("a <private>b</private", "a "),
        ("a <private>b</private c\n<b>d</b>", "a "),
        ("a <private>b</private-> c", "a "),
        ("a <private>b<\\private> c", "a "),
        ("a <private <private>b</private> c", "a "),
        ("if (a <private && b) { c() }", "if (a "),
        ("a <private / >b", "a "),
        ("a <private x=/>b", "a "),
        ("a&lt;private", "a"),
        ("a&lt;privat&#101", "a"),
        ("a&lt;privat&#101<private>x", "a"),
    ]);
}

#[test]
fn stray_and_empty_tags_are_removed_alone() {
    check(&[
        ("a</private>b", "ab"),
        ("a</private></private>b", "ab"),
        ("a</ Private x='1'>b", "ab"),
        ("a<private/>b", "ab"),
        ("a<private />b", "ab"),
        ("a<private x=\"1\"/>b", "ab"),
        ("a</private/>b", "ab"),
        ("a</private <i>b</i>", "a<i>b</i>"),
        ("a</private b", "a"),
    ]);
}

#[test]
fn other_text_is_left_as_it_is() {
    for text in [
        "<privateer>x</privateer>",
        "<private-key> <private_x> <private2> <privaté>",
        "<priv",
        "<priv ate>x</priv ate>",
        "private> x /private",
        "a < b && c > d; e &lt; f &amp;&amp; g",
        "Vec<Option<&'a str>> \\u003cb\\u003e %3Cb%3E &#60;b&#62;",
        "C:\\private\\new \\u00 \\uzz \\x3 &#; &#x; &#xfffffffffff; &#99999999999; %",
        "\\u{ffffffffffffffff} \\U0000003cb \\ud83d\\ude00 ＜b＞ ＆",
        "<<<<<<< HEAD\n=======\n>>>>>>> main",
        "<system> <reminder> <system reminder> <recollect> <\u{7f}",
        "\\",
        "&",
        "<",
        "</",
        "<\u{200b}",
    ] {
        check(&[(text, text)]);
        assert!(
            matches!(strip(text).text, std::borrow::Cow::Borrowed(_)),
            "copied {text:?}"
        );
    }
}

#[test]
fn escaped_spellings_are_tags_too() {
    check(&[
        ("a\\u003cprivate\\u003ex\\u003c/private\\u003eb", "ab"),
        ("a\\u003Cprivate\\u003Ex\\u003C\\/private\\u003Eb", "ab"),
        (
            "a\\\\u003cprivate\\\\u003ex\\\\u003c/private\\\\u003eb",
            "ab",
        ),
        ("a\\x3cprivate\\x3Ex\\x3c\\x2fprivate\\x3eb", "ab"),
        ("a\\u{3c}private\\u{3E}x\\u{003c}/private\\u{3e}b", "ab"),
        ("a\\U0000003cprivate>x</private>b", "ab"),
        ("a&lt;private&gt;x&lt;/private&gt;b", "ab"),
        ("a&LT;private&Gt;x&lt;&sol;private&gt;b", "ab"),
        ("a&ltprivate&gtx&lt/private&gtb", "ab"),
        ("a&#60;private&#62;x&#60;&#47;private&#62;b", "ab"),
        ("a&#x3c;private&#X3E;x&#x0003c;/private&#x3e;b", "ab"),
        ("a&amp;lt;private&amp;gt;x&amp;lt;/private&amp;gt;b", "ab"),
        ("a&amp;amp;#60;private>x</private>b", "ab"),
        (
            "a\\u0026lt;private\\u0026gt;x\\u0026lt;/private\\u0026gt;b",
            "ab",
        ),
        ("a&#92;u003cprivate>x</private>b", "ab"),
        ("a%3Cprivate%3Ex%3C%2Fprivate%3eb", "ab"),
        ("a%253Cprivate%253Ex%253C%252fprivate%253Eb", "ab"),
        ("a<private>x<\\/private>b", "ab"),
        ("a<private>x<\\\\\\/private>b", "ab"),
        ("a\\u003cprivate>x</private&gt;b", "ab"),
        ("a<\\u0070riv&#97;te>x</private>b", "ab"),
        ("a<system\\_instruction\\>x</system_instruction>b", "ab"),
        ("a<\\nprivate\\n>x</private\\n>b", "ab"),
        (
            "a&lt;private&nbsp;x=&quot;&gt;&quot;&gt;s&lt;/private&gt;b",
            "ab",
        ),
        ("a<private x=\"&quot;</private>\">s</private>b", "ab"),
        ("a&lt;private&gt;x&lt;/private&gt;;b", "a;b"),
    ]);
}

#[test]
fn json_around_a_tag_stays_json() {
    check(&[
        (r#"{"p":"a<private>x</private>b"}"#, r#"{"p":"ab"}"#),
        (
            r#"{"p":"a<private r=\"x>y\">s<\/private>b","q":1}"#,
            r#"{"p":"ab","q":1}"#,
        ),
        (
            r#"{"p":"a\\\u003cprivate\u003ex\u003c/private\u003eb"}"#,
            r#"{"p":"ab"}"#,
        ),
        (r#"{"p":"C:\\<private>x</private>b"}"#, r#"{"p":"C:\\b"}"#),
    ]);
}

#[test]
fn lookalikes_and_invisible_characters_do_not_hide_a_tag() {
    check(&[
        ("a＜private＞x＜／private＞b", "ab"),
        ("a＜ＰＲＩＶＡＴＥ＞x</private>b", "ab"),
        ("a\\uff1cprivate\\uff1ex</private>b", "ab"),
        ("a<pri\u{200b}vate>x</\u{feff}private>b", "ab"),
        ("a<\u{202e}private>x</private\u{200d}>b", "ab"),
        ("a<p\0rivate>x</private>b", "ab"),
        ("a<pri\u{ad}vate>x</private>b", "ab"),
        ("a<PRİVATE>x</prıvate>b", "ab"),
        ("a<pri\u{307}vate>x</private>b", "ab"),
        ("a<system\u{2011}reminder>x</system-reminder>b", "ab"),
    ]);
}

#[test]
fn what_a_removal_joins_is_read_again() {
    check(&[
        ("<pri<private>x</private>vate>secret</private>", ""),
        (
            "a<pri<pri<private>x</private>vate>y</private>vate>s</private>b",
            "ab",
        ),
        ("a<</private>private>s</private>b", "ab"),
        ("a\\u00<private>x</private>3cprivate>s</private>b", "ab"),
        ("a\\<private>x</private>u003cprivate>s</private>b", "ab"),
        ("a&l<private/>t;private>s</private>b", "ab"),
        ("a&lt<private/>;private>s</private>b", "ab"),
        ("a&#6<private/>0;private>s</private>b", "ab"),
        ("a&#6\\u003cprivate/>0private>s</private>b", "ab"),
        ("a<&#11<private/>2;rivate>s</private>b", "ab"),
        ("a%<private/>3Cprivate>s</private>b", "ab"),
        (
            "a<pri<system-reminder>x</system-reminder>vate>s</private>b",
            "ab",
        ),
        ("a<pri<b<private>x</private>vate>s", "a<pri<bvate>s"),
        ("a<<private>x</private>b", "a<b"),
        ("a<pri<private>x", "a<pri"),
    ]);
}

#[test]
fn a_text_is_private_as_a_whole_when_only_white_space_is_left() {
    for (text, is_private) in [
        ("<private>x</private>", true),
        (" \n<private>x</private>\t<system-reminder>y", true),
        ("<private/>", true),
        ("", false),
        (" \n", false),
        ("x", false),
        ("x<private>y", false),
    ] {
        assert_eq!(strip(text).is_private_as_a_whole(), is_private, "{text:?}");
    }
}

#[test]
fn every_string_and_key_of_a_json_value_is_stripped() {
    let mut value = json!({
        "prompt": "a <private>s</private>b",
        "list": [1, null, "<private>s", { "k": "x</private>y" }],
        "key <private>s</private>": 1,
        "<private>s</private>": "gone with its key",
        "a": 1,
        "a<private>s</private>": 2,
    });
    assert!(strip_json(&mut value));
    let left = json!({
        "prompt": "a b",
        "list": [1, null, "", { "k": "xy" }],
        "key ": 1,
        "a": 1,
    });
    assert_eq!(value, left);
    assert!(!strip_json(&mut value));

    let mut deep = json!("<private>s");
    for _ in 0..1_000 {
        deep = json!([deep]);
    }
    assert!(strip_json(&mut deep));
    assert!(!deep.to_string().contains('s'));
}

#[test]
fn a_text_can_be_stripped_where_it_stands() {
    let mut text = String::from("a<private>b");
    assert!(strip_in_place(&mut text));
    assert_eq!(text, "a");
    assert!(!strip_in_place(&mut text));
}

const MARKER: &str = "S3CR3T";

/// Ways to write one character of a tag. White space is written where `_` is.
fn spelled(c: char) -> BoxedStrategy<String> {
    let code = u32::from(c);
    let escapes = prop_oneof![
        Just(format!("\\u{code:04x}")),
        Just(format!("\\u{code:04X}")),
        Just(format!("\\\\u{code:04x}")),
        Just(format!("\\x{code:02x}")),
        Just(format!("\\u{{{code:x}}}")),
        Just(format!("&#{code};")),
        Just(format!("&#x{code:x};")),
        Just(format!("&amp;#{code};")),
        Just(format!("%{code:02X}")),
        Just(format!("%25{code:02x}")),
    ];
    let itself = Just(c.to_string());
    match c {
        '<' => prop_oneof![6 => itself, 1 => Just("&lt;".into()), 2 => escapes].boxed(),
        '>' => prop_oneof![6 => itself, 1 => Just("&gt;".into()), 2 => escapes].boxed(),
        '/' => prop_oneof![6 => itself, 1 => Just("\\/".into()), 2 => escapes].boxed(),
        _ => prop_oneof![
            9 => itself,
            3 => Just(c.to_ascii_uppercase().to_string()),
            1 => Just(format!("\u{200b}{c}")),
            1 => escapes,
        ]
        .boxed(),
    }
}

fn tag(name: &'static str, is_closing: bool) -> impl Strategy<Value = String> {
    let start = if is_closing { "</" } else { "<" };
    let spelled: Vec<_> = start.chars().chain(name.chars()).map(spelled).collect();
    let rest = if is_closing {
        prop_oneof![Just(""), Just(" "), Just("\n"), Just(" x='1>2'")].boxed()
    } else {
        prop_oneof![
            3 => Just(""),
            1 => Just(" "),
            1 => Just("\n\t"),
            1 => Just(" reason=\"x>y\" on"),
            1 => Just(" a='</private>'"),
            1 => Just(" a=b/c"),
            1 => Just(" a=\\\"x>\\\""),
        ]
        .boxed()
    };
    (spelled, rest, spelled_end()).prop_map(|(start, rest, end)| start.concat() + rest + &end)
}

fn spelled_end() -> BoxedStrategy<String> {
    spelled('>')
}

/// Text that can be no part of a tag.
fn plain() -> impl Strategy<Value = String> {
    "[a-z0-9 \n.,\"'>/;ä😀-]{0,12}"
}

/// Parts that tags are made of, in any order, as well as whole ones.
fn pieces() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "<",
        "</",
        "<pri",
        "vate",
        "vate>",
        ">",
        "/>",
        "private",
        "<private",
        "<private>",
        "</private>",
        "<private/>",
        "<private a=\"",
        "\"",
        "'",
        "=",
        "\\",
        "\\u00",
        "3c",
        "\\u003c",
        "\\u003e",
        "&",
        "&l",
        "t;",
        "&lt;",
        "&gt;",
        "&amp;",
        "amp;",
        "#60;",
        "&#6",
        "0;",
        "0",
        "%",
        "3C",
        "25",
        "%3",
        "C",
        ";",
        " ",
        "\n",
        "x",
        "system",
        "-reminder>",
        "<system-reminder>",
        "</system-reminder>",
        "\u{200b}",
        "＜",
        "＞",
        "&#112",
        "&#11",
        "2;",
        "rivate>",
        "é",
    ]);
    prop::collection::vec(parts, 0..24).prop_map(|parts| parts.concat())
}

fn settings() -> ProptestConfig {
    ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn a_secret_in_a_tag_never_comes_out_and_the_rest_does(
        (before, open, inside, close, after) in prop::sample::select(TAGS.to_vec()).prop_flat_map(
            |name| (plain(), tag(name, false), (plain(), plain()), tag(name, true), plain()),
        ),
        other in prop::sample::select(TAGS.to_vec()).prop_flat_map(|name| (tag(name, false), tag(name, true))),
    ) {
        let (left, right) = inside;
        let text = format!("{before}{open}{left}{MARKER}{right}{close}{after}");
        prop_assert_eq!(strip(&text).text, format!("{before}{after}"));

        let unclosed = format!("{before}{open}{left}{MARKER}{after}");
        prop_assert_eq!(strip(&unclosed).text, &*before);

        let (other_open, other_close) = other;
        let nested = format!(
            "{before}{open}{left}{other_open}{MARKER}{other_close}{MARKER}{right}{close}{after}"
        );
        prop_assert_eq!(strip(&nested).text, format!("{before}{after}"));
    }

    #[test]
    fn a_secret_stays_in_whatever_stands_around_its_tag(before in pieces(), inside in pieces()) {
        // Not in an attribute's value and with nothing that closes the tag, so
        // that nothing can end it before the secret.
        let inside = inside.replace('/', "").replace("2f", "").replace("47", "");
        let text = format!("{before}\"'><private>{inside}{MARKER}</private>");
        let stripped = strip(&text);
        prop_assert!(!stripped.text.contains(MARKER), "left {:?}", stripped.text);
    }

    #[test]
    fn what_is_left_holds_no_tag(text in pieces()) {
        let once = strip(&text);
        prop_assert!(once.text.len() <= text.len());
        prop_assert_eq!(once.had_private, once.text != text);
        let twice = strip(&once.text);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert!(!twice.had_private);
    }

    #[test]
    fn any_text_at_all_can_be_stripped(text in any::<String>()) {
        let once = strip(&text).text.into_owned();
        prop_assert_eq!(strip(&once).text, &*once);
    }

    #[test]
    fn a_cut_text_shows_no_more_than_the_whole(text in pieces(), at in any::<prop::sample::Index>()) {
        let mut end = at.index(text.len() + 1);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let marked = format!("a<private>{MARKER}</private>{text}");
        let cut = &marked[..marked.len() - text.len() + end];
        prop_assert!(!strip(cut).text.contains(MARKER));
    }
}
