use super::rules::{LINKS, RULES};
use super::scan::rule_of;
use super::*;

#[track_caller]
fn check(text: &str, primary: Sector) {
    let sectors = classify_texts(Kind::Observation, None, &[text]);
    assert_eq!(sectors.primary(), primary, "{text}");
}

#[test]
fn every_rule_is_found_as_it_was_written() {
    for (sector, points, phrases) in RULES {
        for phrase in phrases.split(',') {
            assert_eq!(
                rule_of(phrase),
                points << 3 | *sector as u8,
                "{phrase:?} stands in two lists or shares a hash"
            );
        }
    }
    for link in LINKS.split(',') {
        assert_eq!(rule_of(link) & 7, 7, "{link:?}");
    }
}

#[test]
fn letter_case_quotes_and_dashes_do_not_matter() {
    for text in [
        "I can't stand it",
        "I CAN'T STAND IT",
        "i can\u{2019}t stand it",
        "\u{201c}I can\u{2019}t\u{201d} \u{2014} stand it?",
        "'I can't stand it'",
    ] {
        check(text, Sector::Emotional);
    }
}

#[test]
fn a_phrase_does_not_cross_sentences() {
    check("Next time the cache", Sector::Reflective);
    check("The cache is next. Time is in UTC", Sector::Semantic);
    // The dot of a name ends no sentence, so nothing is ordered here.
    check("config.use is a flag", Sector::Semantic);
}

#[test]
fn a_past_form_at_the_beginning_tells_what_happened() {
    check("Renamed the module", Sector::Episodic);
    check("Need the module", Sector::Semantic);
    check("Red", Sector::Semantic);
}

#[test]
fn several_sectors_are_kept_beside_the_primary() {
    let text = "Yesterday the deploy failed twice and I was so frustrated, I hate this pipeline.";
    let sectors = classify_texts(Kind::Observation, None, &[text]);
    assert!(sectors.contains(Sector::Episodic), "{sectors:?}");
    assert!(sectors.contains(Sector::Emotional), "{sectors:?}");
    assert!(!sectors.contains(Sector::Procedural), "{sectors:?}");
}

#[test]
fn kind_and_type_decide_where_words_do_not() {
    let of = |kind, memory_type| classify_texts(kind, memory_type, &["xyz"]).primary();
    assert_eq!(of(Kind::Event, Some("file_open")), Sector::Episodic);
    assert_eq!(of(Kind::Fact, None), Sector::Semantic);
    assert_eq!(of(Kind::Prompt, None), Sector::Semantic);
    assert_eq!(of(Kind::Observation, Some("bugfix")), Sector::Episodic);
    assert_eq!(of(Kind::Observation, Some("decision")), Sector::Reflective);
    assert_eq!(of(Kind::Observation, Some("pattern")), Sector::Procedural);
}

#[test]
fn any_bytes_are_read_without_a_panic_and_no_further_than_the_limit() {
    for text in [
        "",
        "'",
        "a'",
        "\u{2019}",
        "\u{2019}\u{2019}s",
        "\u{2192}",
        "日本語 😀",
        "\0\n,.!?",
    ] {
        let _ = classify_texts(Kind::Prompt, None, &[text]);
    }
    // The limit falls into the middle of a letter.
    let long = "\u{e9}\u{2019}".repeat(READ_BYTES);
    let _ = classify_texts(Kind::Prompt, None, &[&long, &long]);
    let late = format!("{}\nYesterday it crashed", "x ".repeat(READ_BYTES));
    check(&late, Sector::Semantic);
}

#[test]
fn bits_are_read_back_and_others_are_refused() {
    for primary in Sector::ALL {
        for other in Sector::ALL {
            let sectors = Sectors::only(primary).with(other);
            assert_eq!(Sectors::from_bits(sectors.bits()), Some(sectors));
            assert_eq!(sectors.iter().next(), Some(primary));
            assert_eq!(sectors.iter().count() as u32, sectors.others() + 1);
        }
    }
    for wrong in [0, 0b0_0010, 0b101_00001, 0b111_11111] {
        assert_eq!(Sectors::from_bits(wrong), None, "{wrong:#b}");
    }
}

#[test]
fn names_are_read_back() {
    for sector in Sector::ALL {
        assert_eq!(Sector::parse(sector.as_str()), Some(sector));
    }
    assert_eq!(Sector::parse("Episodic"), None);
}
