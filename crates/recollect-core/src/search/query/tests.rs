use super::*;

/// Shows every part of a query with what it means.
fn meaning(query: &Query) -> String {
    let mut parts = Vec::new();
    for Term { text, form, need } in &query.terms {
        let sign = match need {
            Need::Optional => "",
            Need::Required => "+",
            Need::Excluded => "-",
        };
        let (open, close) = match form {
            Form::Word => ("", ""),
            Form::Phrase => ("\"", "\""),
            Form::Prefix => ("", "…"),
        };
        parts.push(format!("{sign}{open}{text}{close}"));
    }
    for Condition { field, is_excluded } in &query.conditions {
        let sign = if *is_excluded { "-" } else { "" };
        parts.push(format!("{sign}{field:?}"));
    }
    parts.join(" | ")
}

#[track_caller]
fn check_as(text: &str, is_prefix: bool, expected: &str) {
    let query = Query::parse(text, is_prefix);
    assert_eq!(meaning(&query), expected, "{text}");
    let printed = query.to_string();
    assert_eq!(
        Query::parse(&printed, false),
        query,
        "{text} printed as {printed}"
    );
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        check_as(text, false, expected);
    }
}

#[test]
fn a_question_becomes_its_meaningful_words() {
    check(&[
        ("why did we drop the retry queue?", "drop | retry | queue?"),
        ("what do we know about the foxglove?", "foxglove?"),
        ("please tell me anything", "please | tell | me | anything"),
        ("What's the plan, and who'll do it", "plan,"),
        ("why didn’t we cache", "cache"),
        ("what was that?", "what | was | that?"),
        ("the what -kafka", "the | what | -kafka"),
        (
            "what did we decide on type:decision",
            "decide | Type(\"decision\")",
        ),
        ("what was that type:decision", "Type(\"decision\")"),
        (
            "what was that -type:decision",
            "what | was | that | -Type(\"decision\")",
        ),
        ("foo & bar - baz", "foo | bar | baz"),
        ("?!", "?!"),
        ("", ""),
        (" \t\n", ""),
        ("()", ""),
        ("\"\"", ""),
        ("Retry retry RETRY", "Retry"),
    ]);
}

#[test]
fn stop_words_stay_in_phrases_and_where_asked_for() {
    check(&[
        ("\"the end\" of the loop", "\"the end\" | loop"),
        ("\"the\" loop", "\"the\" | loop"),
        ("+the loop", "+the | loop"),
        ("th* loop", "th… | loop"),
        ("-the loop", "-the | loop"),
    ]);
}

#[test]
fn phrases_and_prefixes_are_kept() {
    check(&[
        ("\"retry queue\" cach*", "\"retry queue\" | cach…"),
        ("\"Retry  Queue\"", "\"Retry  Queue\""),
        ("an \"open phrase", "\"open | phrase"),
        ("\"a\"b\"c d\"", "\"a\" | b\"c | d\""),
        ("a 5\" or 6\" disk", "5\" | 6\" | disk"),
        ("src/** f*o *.ts *", "src/… | f*o | *.ts"),
        (
            "-\"not this\" +\"but this\"",
            "-\"not this\" | +\"but this\"",
        ),
    ]);
}

#[test]
fn the_last_word_may_still_be_typed() {
    for (text, expected) in [
        ("retry qu", "retry | qu…"),
        ("retry qu ", "retry | qu"),
        ("the", "the…"),
        ("\"retry queue\"", "\"retry queue\""),
        ("\"retry qu", "\"retry | qu…"),
        ("retry -qu", "retry | -qu"),
        ("retry NOT qu", "retry | -qu"),
        ("retry +qu", "retry | +qu…"),
        ("retry AND", "retry | and…"),
        ("retry AND NOT", "retry | not…"),
        ("retry type:", "retry | type:…"),
        ("retry type:bug", "retry | Type(\"bug\")"),
        ("retry (qu)", "retry | qu…"),
        ("retry ?", "retry"),
    ] {
        check_as(text, true, expected);
    }
}

#[test]
fn signs_and_operators_say_what_is_needed() {
    check(&[
        ("foo +bar -baz", "foo | +bar | -baz"),
        ("foo AND bar", "+foo | +bar"),
        (
            "foo AND bar AND \"a b\" baz",
            "+foo | +bar | +\"a b\" | baz",
        ),
        ("foo OR bar", "foo | bar"),
        ("foo NOT bar", "foo | -bar"),
        ("foo AND NOT bar", "+foo | -bar"),
        ("NOT foo", "-foo"),
        ("foo and bar or not baz", "foo | bar | not | baz"),
        ("(foo OR bar) AND (baz)", "foo | +bar | +baz"),
        ("-(foo) +(bar", "-foo | +bar"),
        ("NOT type:bugfix foo", "foo | -Type(\"bugfix\")"),
        ("foo AND type:bugfix", "+foo | Type(\"bugfix\")"),
        ("+type:bugfix", "Type(\"bugfix\")"),
    ]);
}

#[test]
fn an_operator_without_operands_is_a_word() {
    check(&[
        ("AND foo", "foo"),
        ("foo AND", "foo"),
        ("foo NOT", "foo | not"),
        ("AND", "and"),
        ("NOT NOT foo", "-not | foo"),
        ("foo AND AND bar", "+foo | +and | bar"),
        ("\"AND\" foo", "\"AND\" | foo"),
        ("add a NOT NULL constraint", "add | not | NULL | constraint"),
    ]);
}

#[test]
fn a_minus_may_belong_to_a_word() {
    check(&[
        ("exit code -1", "exit | code | -1"),
        ("cargo build --release", "cargo | build | --release"),
        ("node ->next a-b", "node | ->next | a-b"),
        ("foo - bar", "foo | bar"),
        ("error -32601 NOT 404", "error | -32601 | -404"),
        ("NOT -5 ++i C++", "--5 | ++i | C++"),
        ("NOT +-x NOT -y NOT y", "--x | -y"),
        ("-", "-"),
    ]);
}

#[test]
fn fields_are_conditions() {
    check(&[
        ("type:bugfix", "Type(\"bugfix\")"),
        (
            "type:bugfix,decision",
            "Type(\"bugfix\") | Type(\"decision\")",
        ),
        ("TYPE:Bugfix Obs_Type:x", "Type(\"Bugfix\") | Type(\"x\")"),
        (
            "file:src/api.ts,\"my file.ts\"",
            "File(\"src/api.ts\") | File(\"my file.ts\")",
        ),
        ("file:C:\\dir\\a.rs", "File(\"C:\\\\dir\\\\a.rs\")"),
        (
            "project:\"a b\" -concept:gotcha",
            "Project(\"a b\") | -Concept(\"gotcha\")",
        ),
        ("-type:a,b", "-Type(\"a\") | -Type(\"b\")"),
        ("(type:a OR type:b)", "Type(\"a\") | Type(\"b\")"),
        (
            "type:prompts kind:summaries",
            "Kind(Prompt) | Kind(Summary)",
        ),
        (
            "sector:Procedural is:PINNED",
            "Sector(\"procedural\") | Is(Pinned)",
        ),
        (
            "since:7d before:2026-01-01",
            "Since(Age { millis: 604800000 }) | Before(Local(1767225600000))",
        ),
        ("after:today", "Since(Today)"),
        (
            "did we (see type:decision)? since:7d, then (type:a.)",
            "see | Type(\"decision\") | Since(Age { millis: 604800000 }) | Type(\"a\")",
        ),
        ("(file:a)?;) (f(x))", "f(x) | File(\"a\")"),
        ("file:\"what?\"", "File(\"what?\")"),
        ("type:a type:a", "Type(\"a\")"),
        ("session:s-1", "Session(\"s-1\")"),
        ("file:\"a\"foo", "foo | File(\"a\")"),
    ]);
}

#[test]
fn what_is_no_field_is_words() {
    check(&[
        ("foo:bar", "foo:bar"),
        ("since:banana", "since:banana"),
        (
            "sector:foo kind:wipe is:open",
            "sector:foo | kind:wipe | is:open",
        ),
        ("sector:episodic,foo", ",foo | Sector(\"episodic\")"),
        ("a:b:c", "a:b:c"),
        ("http://x C:\\dir std::fmt", "http://x | C:\\dir | std::fmt"),
        (
            "file:///home/a.ts file::open",
            "file:///home/a.ts | file::open",
        ),
        ("key: type: file:\"\"", "key: | type: | file:\"\""),
        ("file:\"my file", "file:\"my | file"),
        ("since:\"7 d\" x", "since:\"7 | d\" | x"),
        ("type:bugfix, decision", "decision | Type(\"bugfix\")"),
        ("NEAR(a b)", "NEAR(a | b"),
    ]);
}

#[test]
fn a_quote_is_not_closed_by_what_was_left_out() {
    check(&[
        (
            "x\"y file:\"abc x\"y r\"",
            "x\"y | y | r\" | File(\"abc x\")",
        ),
        ("file:\"my file\" \"abc", "\"abc | File(\"my file\")"),
        ("\"abc type:a", "\"abc | Type(\"a\")"),
        ("since:\"7d \"x y\"", "since:\"7d | \"x y\""),
    ]);
}

#[test]
fn a_long_text_is_cut_to_the_limit() {
    let words: Vec<String> = (0..1_000).map(|n| format!("the w{n} type:t{n}")).collect();
    let query = Query::parse(&words.join(" "), false);
    assert_eq!(
        (query.terms.len(), query.conditions.len()),
        (MAX_WORDS, MAX_CONDITIONS)
    );
    assert_eq!(Query::parse(&query.to_string(), false), query);
}

/// Passes in a second; a parser that reads anything again and again takes minutes.
#[test]
fn a_long_text_takes_time_in_proportion_to_its_length() {
    for unit in [
        "\"",
        "-(",
        ")",
        "x)",
        "the ",
        "a AND ",
        "\"a\"-",
        "file:\"a\"",
        "file:a,\"",
        "since:\"7 ",
        "is:pinned,\"x y\",",
    ] {
        let query = Query::parse(&unit.repeat(1 << 20 >> unit.len().ilog2()), true);
        assert_eq!(Query::parse(&query.to_string(), false), query, "{unit}");
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Pieces that mean something, alone or side by side.
    fn tricky() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            " ",
            " ",
            " ",
            "\"",
            "\"",
            "+",
            "-",
            "*",
            "(",
            ")",
            ",",
            ":",
            "/",
            ".",
            "'",
            "?",
            ";",
            "AND",
            "OR",
            "NOT",
            "NULL",
            "the",
            "a",
            "x",
            "7d",
            "5",
            ">",
            "=",
            "type:",
            "file:",
            "since:",
            "before:",
            "is:",
            "kind:",
            "sector:",
            "pinned",
            "prompts",
            "episodic",
            "2026-01-01",
            "T10:00Z",
            "foo",
            "é",
            "日本",
            "\u{3000}",
            "\0",
        ]);
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_query_prints_as_itself(text in prop_oneof!["\\PC{0,80}", tricky()], is_prefix in any::<bool>()) {
            let query = Query::parse(&text, is_prefix);
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed, false), query, "{:?} printed as {:?}", text, printed);
        }

        #[test]
        fn no_word_is_lost(words in prop::collection::vec("[xyz]{1,3}", 1..9), signs in prop::collection::vec("[-+:(){}\\[\\]^*~/\\\\,.;!?@#$%&=<>|]{0,2}", 9)) {
            let text: String = words.iter().zip(&signs).map(|(word, sign)| format!("{sign}{word} ")).collect();
            let query = Query::parse(&text, false);
            for word in &words {
                prop_assert!(query.terms.iter().any(|term| term.text.contains(word.as_str())), "{text}: {word}");
            }
        }
    }
}

/// What a query wants, and what it leaves out, without quotes and signs.
fn wanted_and_left_out(text: &str) -> (Vec<String>, Vec<String>) {
    let query = Query::parse(text, false);
    assert_eq!(Query::parse(&query.to_string(), false), query, "{text}");
    let texts = |is_excluded: bool| {
        let terms = query.terms.iter();
        let terms = terms.filter(|term| (term.need == Need::Excluded) == is_excluded);
        terms.map(|term| term.text.clone()).collect()
    };
    (texts(false), texts(true))
}

#[test]
fn a_command_line_means_its_options() {
    for text in [
        "-Wall",
        "gcc -Wall",
        "gcc -Wall -Wextra -Werror",
        "-Wno-unused-variable",
        "clang++ -std=c++17 -O2",
        "gcc-12 -fPIC -shared",
        "gcc -DNDEBUG -I/usr/include -L./lib -lpthread",
        "cc -march=native -mavx2",
        "-fno-exceptions",
        "git push -f",
        "git commit -am wip",
        "git log -p -n10",
        "docker run -it",
        "docker run -d -p8080 nginx",
        "npm i --save-dev",
        "npm install -D typescript",
        "npm i -g",
        "ls -la",
        "ls -ltrh",
        "-la",
        "-it",
        "-- -x",
        "cargo test -- -nocapture",
        "rm -rf node_modules",
        "rm -rf",
        "tar -xzvf archive",
        "tar -czf archive",
        "rsync -avzP",
        "ps -aux",
        "ps -eLf",
        "ps -ef",
        "netstat -tulpn",
        "find src -name parser -type f -exec rm",
        "java -jar app.jar -Xmx2g",
        "java -XX:+UseG1GC",
        "mvn -DskipTests package",
        "curl -sSL https://example.org",
        "curl -X POST -H accept",
        "grep -rn needle",
        "/usr/bin/grep -E needle",
        "sudo chown -R joe",
        "kubectl get pods -A",
        "kubectl get pods -n kube-system",
        "terraform apply -auto-approve",
        "openssl req -nodes -days",
        "go test -run Parser -race",
        "Remove-Item dist -Recurse -Force",
        "make -j8",
        "make -j",
        "cmake -DCMAKE_BUILD_TYPE=Release",
        "error with -O3?",
        "ssh -vvv host",
    ] {
        let (wanted, left_out) = wanted_and_left_out(text);
        assert!(left_out.is_empty(), "{text}: {left_out:?}");
        for option in text
            .split_whitespace()
            .filter(|word| word.len() > 1 && word.starts_with('-') && *word != "--")
        {
            assert!(
                wanted.iter().any(|word| word == option),
                "{text}: {option} of {wanted:?}"
            );
        }
    }
}

#[test]
fn a_minus_before_a_word_leaves_it_out() {
    for text in [
        "retry -queue",
        "queue -kafka",
        "-kafka",
        "docker -kubernetes",
        "docker compose -swarm",
        "git -svn",
        "git -submodule",
        "npm -yarn",
        "npm -css",
        "node -deno -bun",
        "python -django",
        "java -spring",
        "go -generics",
        "react -Redux",
        "editor -Windows",
        "desktop -Wayland",
        "gcc -fortran",
        "gcc -linux",
        "clang -llvm",
        "find -replace",
        "make -cmake",
        "storage -s3",
        "api -v1",
        "hash -sha256",
        "network -DNS",
        "attack -DDOS",
        "design -DDD",
        "api -http",
        "api -grpc",
        "auth -jwt",
        "style -css -html",
        "database -sql -mysql",
        "search -ui",
        "yes -no",
        "retry -qu",
        "deploy -prod",
        "-draft",
        "retry -(it)",
        "docs -README.md",
        "files -src/api",
        "größe -grün",
        "数据库 -索引",
        "docker -🚀",
        "tests -e2e",
        "docker -IBM",
        "git -GitHub",
    ] {
        let (_, left_out) = wanted_and_left_out(text);
        let signed = text
            .split_whitespace()
            .filter(|word| word.starts_with('-'))
            .count();
        assert_eq!(left_out.len(), signed, "{text}: {left_out:?}");
    }
    assert_eq!(wanted_and_left_out("docker NOT it").1, ["it"]);
    assert_eq!(wanted_and_left_out("ls -\"la\"").1, ["la"]);
}
