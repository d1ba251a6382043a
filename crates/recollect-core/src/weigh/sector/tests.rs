use super::lexicon::{LEXICON, SHAPES};
use super::table::{EMPTY, WORDS, join, letter};
use super::weights::PAIRS as PAIR_LIST;
use super::*;

#[track_caller]
fn check(text: &str, primary: Sector) {
    let sectors = classify_texts(Kind::Observation, None, &[text]);
    assert_eq!(sectors.primary(), primary, "{text}");
}

#[test]
fn every_word_is_found_in_its_class() {
    let hash = |word: &str| word.bytes().fold(EMPTY, letter);
    for (place, (name, _, words)) in LEXICON.iter().enumerate() {
        let class = (SHAPES.len() + place) as u8;
        for word in words.split(',') {
            let key = match word.split_once(' ') {
                Some((first, second)) => join(hash(first), hash(second)),
                None => hash(word),
            };
            assert_eq!(WORDS.look_up(key), class, "{word:?} of {name}");
        }
    }
}

#[test]
fn every_pair_is_found_and_there_is_a_weight_for_each_class() {
    assert_eq!(
        CLASS_WEIGHTS.len(),
        CLASSES,
        "fit again after a change of the lexicon"
    );
    for (pair, place) in PAIR_LIST {
        assert_eq!(PAIRS.look_up(*pair), *place, "{pair}");
        assert!(usize::from(*place) < PAIR_WEIGHTS.len());
    }
}

#[test]
fn words_count_in_their_usual_forms() {
    let class_of = |text: &str| features(text)[0];
    assert_eq!(class_of("planned"), class_of("merged"));
    assert_eq!(class_of("verifies"), class_of("installs"));
    assert_eq!(class_of("annoying"), class_of("annoyed"));
    assert_ne!(class_of("red"), class_of("merged"));
    assert_ne!(class_of("config.use"), class_of("use"));
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
fn the_dot_of_a_name_ends_no_sentence() {
    check("config.use is a flag", Sector::Semantic);
    check(
        "Use config.toml for the settings of a project.",
        Sector::Procedural,
    );
}

#[test]
fn a_past_form_at_the_beginning_tells_what_happened() {
    check("Renamed the module", Sector::Episodic);
    check("Rename the module before you merge", Sector::Procedural);
}

#[test]
fn several_sectors_are_kept_beside_the_primary() {
    let text = "Yesterday the deploy failed twice. We spent the night on it and I was frustrated.";
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
    let early = "x ".repeat(READ_BYTES);
    assert_eq!(
        classify_texts(Kind::Prompt, None, &[&late]),
        classify_texts(Kind::Prompt, None, &[&early])
    );
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
