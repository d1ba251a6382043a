use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let (tokens, count) = indexed_text(text);
    assert_eq!(tokens.trim_end(), expected, "{text}");
    assert_eq!(count as usize, expected.split_whitespace().count());
}

#[test]
fn words_are_folded_and_english_ones_cut_to_their_stem() {
    check("Dropped queries, RETRIES!", "drop queri retri");
    check("Größe ändern", "gross andern");
    check("don't the server’s it's", "dont the server it");
    check("naïve café", "naiv cafe");
    check("", "");
    check("?! -- '' _", "");
    check("O'Brien's", "o brien obrien");
    check("you'd o'clock d'you've", "youd oclock d youv");
}

#[test]
fn what_stands_behind_an_elided_word_is_a_word() {
    check("l'été l’accès D'ALLER", "l et l acc d aller");
    check("dell'utente qu'il", "dell utent qu il");
    check("can't t'was c'mon", "cant twa cmon");
}

#[test]
fn identifiers_are_found_by_their_parts_and_as_a_whole() {
    check("getUserToken", "get user token getusertoken");
    check("get_user_token", "get user token getusertoken");
    check("get-user-token", "get user token getusertoken");
    check("GET_USER_TOKEN", "get user token getusertoken");
    check("HTTPServer2", "http server 2 httpserver2");
    check("parseJSONFast()", "pars json fast parsejsonfast");
    check("__init__", "init");
    check("a_-b", "a b");
    check("größeÄndern", "gross andern grosseandern");
    check(
        "call getUserToken twice",
        "call get user token twice getusertoken",
    );
}

#[test]
fn codes_and_versions_stay_whole() {
    check("E0502 TS2345 utf8 sha256", "e0502 ts2345 utf8 sha256");
    check("0x80070005 0xC0", "0x80070005 0xc0");
    check("v1.2.3 1.2.3 v18 3.14.", "1.2.3 1.2.3 18 3.14");
    check("ENOENT SIGSEGV", "enoent sigsegv");
    check("ERR_INVALID_ARG", "err invalid arg errinvalidarg");
    check(
        "python3 2fa 10ms v8Engine",
        "python 3 2fa 10ms v8 engin python3 v8engine",
    );
    check("#42 7d8ae1d", "42 7d8ae1d");
    check("C++ and C# in c", "c++ and c# in c");
}

#[test]
fn paths_and_qualified_names_are_found_by_any_segment() {
    check("src/api/user.ts", "src api user ts");
    check("C:\\dir\\File.cs", "c dir file cs");
    check("std::fmt::Display", "std fmt displai");
    check("obj.methodName", "obj method name methodname");
    check("https://example.org/a?b=c", "http exampl org a b c");
}

#[test]
fn scripts_without_spaces_are_cut_into_pairs() {
    check("数据库", "数据 据库");
    check("库", "库");
    check("使用FTS5索引", "使用 fts5 索引");
    check("データベース", "デー ータ タベ ベー ース");
    check("검색을", "검색 색을");
}

proptest! {
    /// Whether a word needs no closer look must not be seen: the letter behind
    /// it decides that, not the word.
    #[test]
    fn plain_words_take_no_other_way(
        word in "([A-Z]?[a-z]{1,8}s?|[A-Z]{1,3}|[0-9]{1,3}|0x[0-9a-fA-F]{2}|[_-]){1,7}|[A-Z]?[a-z]{60,70}",
        all in any::<bool>(),
    ) {
        let tokens = |text: &str| {
            let mut initials = if all { Initials::ALL } else { Initials::default() };
            initials.add("s");
            let mut found = Vec::new();
            scan_while(text, initials, &mut |token: Token<'_>| {
                let Token { text, start, end, is_whole, is_stem } = token;
                found.push((text.to_owned(), start, end, is_whole, is_stem));
                true
            });
            found
        };
        prop_assert_eq!(tokens(&format!("{word} ")), tokens(&format!("{word}…")));
    }
}

#[test]
fn a_token_says_where_it_stands() {
    let text = "é HTTPServer’s v1.2";
    let mut found = Vec::new();
    scan(text, &mut |token| {
        found.push((token.text.to_owned(), &text[token.start..token.end]));
    });
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), *b)).collect();
    assert_eq!(
        found,
        [
            ("e", "é"),
            ("http", "HTTP"),
            ("server", "Server"),
            ("httpserver", "HTTPServer"),
            ("1.2", "v1.2"),
        ]
    );
}

/// Texts that say the same have the same tokens.
#[track_caller]
fn same(texts: &[&str]) {
    let tokens = |text: &str| indexed_text(text).0;
    for text in &texts[1..] {
        assert_eq!(
            tokens(text),
            tokens(texts[0]),
            "{text:?} and {:?}",
            texts[0]
        );
    }
    assert_ne!(tokens(texts[0]), "");
}

#[track_caller]
fn unlike(one: &str, other: &str) {
    assert_ne!(
        indexed_text(one).0,
        indexed_text(other).0,
        "{one} and {other}"
    );
}

#[test]
fn letters_typed_in_pieces_are_the_same() {
    same(&[
        "검색을",
        "\u{1100}\u{1165}\u{11B7}\u{1109}\u{1162}\u{11A8}\u{110B}\u{1173}\u{11AF}",
    ]);
    same(&["한", "\u{1112}\u{1161}\u{11AB}", "하\u{11AB}"]);
    same(&["Größe", "Gro\u{308}ße", "GRÖSSE", "Grosse", "grösse"]);
    same(&["naïve", "nai\u{308}ve", "naive"]);
    same(&["Việt", "Vie\u{323}\u{302}t", "Vie\u{302}\u{323}t", "Viet"]);
    same(&["Ёлка", "Е\u{308}лка", "елка"]);
    same(&["йод", "и\u{306}од"]);
    same(&["ўсё", "у\u{306}се"]);
    same(&["ΣΟΦΌΣ", "σοφός", "σοφο\u{301}ς", "σοφόσ"]);
    same(&["ᾳ", "α"]);
    same(&["バックアップ", "ﾊﾞｯｸｱｯﾌﾟ", "ハ\u{3099}ックアッフ\u{309A}"]);
    same(&["ガギグゲゴ", "ｶﾞｷﾞｸﾞｹﾞｺﾞ"]);
    same(&["ヴ", "ｳﾞ", "ウ\u{3099}"]);
    same(&["ヷヺ", "ワ\u{3099}ヲ\u{3099}"]);
}

#[test]
fn compatibility_forms_are_plain_ones() {
    same(&["API", "ＡＰＩ", "ａｐｉ", "𝐀𝐏𝐈", "ⒶⓅⒾ"]);
    same(&["file office", "ﬁle oﬃce", "ﬁle of\u{200C}fice"]);
    same(&[
        "getUserToken",
        "ｇｅｔＵｓｅｒＴｏｋｅｎ",
        "get\u{FF3F}user_token",
        "get\u{2011}user\u{2010}token",
    ]);
    same(&["x2 H2O CO2", "x² H₂O CO₂"]);
    same(&["C# v1.2.3", "Ｃ＃ ｖ１．２．３"]);
    same(&["株式会社", "㍿"]);
    same(&["ĳ ŉ", "ij ʼn"]);
    same(&["10 km", "10\u{A0}㎞", "１０\u{3000}㎞"]);
    same(&["trade TM", "trade ™"]);
    same(&["illusion", "ıllusion", "İllusion", "ILLUSION"]);
    same(&["straße", "STRASSE", "STRAẞE", "strasse"]);
    same(&["don't", "don’t", "donʼt", "don＇t", "dont"]);
    same(&["Ⅷ", "viii"]);
    same(&["豈", "\u{F900}"]);
    same(&["人", "⼈"]);
}

#[test]
fn marks_that_are_often_left_out_do_not_count() {
    same(&["محمد", "مُحَمَّد", "محـــمد", "ﻣﺤﻤﺪ"]);
    same(&["احمد", "أحمد", "ا\u{654}حمد"]);
    same(&["الى", "إلي", "إلى"]);
    same(&["کتاب", "كِتَاب"]);
    same(&["שלום", "שָׁלוֹם", "ש\u{5C1}\u{5B8}לו\u{5B9}ם", "שׁלום"]);
    same(&["फ़ाइल", "फाइल", "फ\u{93C}ाइल"]);
    same(&["ܫܠܡܐ", "ܫܠ\u{733}ܡ\u{733}ܐ"]);
    same(&["x", "x\u{20D7}", "x\u{36F}\u{1DC4}"]);
}

#[test]
fn marks_that_are_letters_count() {
    check("हिन्दी में", "हिन्दी में");
    check("বাংলা தமிழ்", "বাংলা தமிழ்");
    unlike("कि", "का");
    unlike("कि", "क");
    unlike("ม้า", "มา");
    unlike("ใกล้", "ไกล");
    unlike("バ", "ハ");
    unlike("はは", "ぱぱ");
    unlike("ދިވެހި", "ދވހ");
    same(&["กำ", "ก\u{E4D}\u{E32}"]);
    same(&["คู่", "ค\u{E48}\u{E39}"]);
    same(&["কো", "ক\u{9C7}\u{9BE}"]);
}

#[test]
fn characters_without_width_do_not_count() {
    for sign in [
        '\u{AD}',
        '\u{200B}',
        '\u{200C}',
        '\u{200D}',
        '\u{200E}',
        '\u{2060}',
        '\u{FEFF}',
        '\u{FE0F}',
        '\u{FE00}',
        '\u{E0100}',
        '\u{34F}',
        '\u{180E}',
        '\u{2066}',
        '\u{202E}',
        '\u{061C}',
        '\u{3164}',
        '\u{E0061}',
        '\u{180B}',
    ] {
        same(&["invisiblesplit", &format!("invisible{sign}split")]);
        same(&[
            "getUserToken",
            &format!("{sign}get{sign}User{sign}Token{sign}"),
        ]);
        same(&[
            "v1.2.3 don't",
            &format!("v1{sign}.{sign}2.3 don{sign}'{sign}t"),
        ]);
        same(&["a_b C++", &format!("a{sign}_{sign}b C{sign}+{sign}+")]);
        same(&["数据库", &format!("数{sign}据{sign}库")]);
        same(&["می‌خواهم", "میخواهم"]);
    }
}

#[test]
fn emoji_are_tokens() {
    check("ship it 🚀!", "ship it 🚀");
    check("🚀🚀launch🎉", "🚀 🚀 launch 🎉");
    check("👍🏽 👍 ❤️ ❤", "👍 👍 ❤ ❤");
    check("👩‍💻 👩🏾‍💻", "👩 💻 👩 💻");
    check("🇩🇪🇫🇷 🇩", "🇩🇪 🇫🇷 🇩");
    check("1️⃣2️⃣ #️⃣ *️⃣", "1⃣ 2⃣ #⃣ *⃣");
    check("✅ ✓ ⚠️ ❌ ⭐", "✅ ✓ ⚠ ❌ ⭐");
    check("foo-🚀-bar foo🚀bar", "foo 🚀 bar foo 🚀 bar");
    check("数据🚀库", "数据 🚀 库");
    check(
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        "🏴",
    );
    check("a → b — c · d ≤ e │ ⃣", "a b c d e");
}

/// However a character is typed, and whatever stands beside it: all of Unicode but most of
/// the blocks in which one character is as the next.
#[test]
fn every_character_has_the_tokens_of_its_forms() {
    use unicode_normalization::UnicodeNormalization;
    let is_tried = |c: &char| match c {
        '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}' => (*c as u32).is_multiple_of(97),
        '\u{E000}'..='\u{F8FF}' | '\u{20000}'..='\u{2F7FF}' => (*c as u32).is_multiple_of(997),
        _ => !c.is_whitespace(),
    };
    let last = '\u{2FA1F}';
    for c in ('\u{80}'..=last)
        .chain('\u{E0000}'..='\u{E01FF}')
        .filter(is_tried)
    {
        let text = format!("ab{c}cd");
        let tokens = indexed_text(&text).0;
        for other in [
            text.nfd().collect::<String>(),
            text.nfkd().collect(),
            text.nfc().collect(),
            text.nfkc().collect(),
            format!("{text}\u{200B}"),
            format!("\u{FEFF}{text}"),
        ] {
            assert_eq!(indexed_text(&other).0, tokens, "{c} U+{:04X}", c as u32);
        }
        let lower = folded(&text);
        assert_eq!(folded(&lower), lower, "{c} U+{:04X}", c as u32);
    }
}

#[test]
fn a_word_is_folded_without_being_cut() {
    for (text, expected) in [
        ("Caching", "caching"),
        ("ＣａｃｈÉ\u{301}", "cache"),
        ("Stra\u{AD}ße", "strasse"),
        ("ﾊﾞｯｸ", "バック"),
        ("İI", "ii"),
        ("", ""),
    ] {
        assert_eq!(folded(text), expected);
    }
}

#[test]
fn places_are_those_of_the_original() {
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut found = Vec::new();
        scan(text, &mut |token| {
            found.push((
                token.text.to_owned(),
                text[token.start..token.end].to_owned(),
            ));
        });
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&a[..], &b[..])).collect();
        assert_eq!(found, expected, "{text}");
    }
    check("a cafe\u{301}.", &[("a", "a"), ("cafe", "cafe\u{301}")]);
    check("(ﬁ.ﬁx)", &[("fi", "ﬁ"), ("fix", "ﬁx")]);
    check("½", &[("1", "½"), ("2", "½")]);
    check(
        "in\u{200B}visi\u{AD}ble x",
        &[("invis", "in\u{200B}visi\u{AD}ble"), ("x", "x")],
    );
    check("ﾊﾞｸ", &[("バク", "ﾊﾞｸ")]);
    check("x 👍🏽!", &[("x", "x"), ("👍", "👍🏽")]);
    check("#️⃣ 1️⃣", &[("#⃣", "#️⃣"), ("1⃣", "1️⃣")]);
    check(
        "ﬁleName",
        &[("file", "ﬁle"), ("name", "Name"), ("filename", "ﬁleName")],
    );
}

proptest! {
    #[test]
    fn places_lie_between_characters(text in "\\PC{0,40}|[a-cA-C\u{300}-\u{304}ﬁ㎞ﾊﾞ\u{200B}\u{1100}\u{1161}\u{11A8}ค\u{E39}\u{E48}#\u{FE0F}\u{20E3}'._-]{0,20}") {
        let mut last = 0;
        scan(&text, &mut |token| {
            assert!(text.get(token.start..token.end).is_some_and(|part| !part.is_empty()));
            assert!(token.is_whole || token.start + 12 >= last);
            last = token.start;
        });
    }
}
