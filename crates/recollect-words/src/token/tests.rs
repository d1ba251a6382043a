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
