use super::*;

/// Each keyword and each piece that makes a rule look far, grown `n` times.
fn hard_texts(n: usize) -> Vec<String> {
    let keywords = [
        RULES
            .formats
            .iter()
            .map(|format| format.keyword)
            .collect::<Vec<_>>(),
        command::keywords().collect(),
        services::NAMES.to_vec(),
        sentence::NOUNS.to_vec(),
        codes::NOUNS.to_vec(),
        block::ENCODED.to_vec(),
        shape::SHAPES.iter().map(|&(keyword, _)| keyword).collect(),
        web::REQUESTS.iter().map(|&(keyword, _)| keyword).collect(),
        terms::keywords().collect(),
        vec![
            "-----BEGIN ",
            concat!("-----BEGIN PRIV", "ATE KEY-----"),
            concat!("-----END PRIV", "ATE KEY-----"),
        ],
    ]
    .concat();
    let tails = [
        "",
        "=",
        ": ",
        ": 1234 ",
        "=\"",
        "a",
        "aB3",
        "\\",
        "\\/",
        "\\n",
        "-",
        ".",
        "@",
        "a:b@",
        "; ",
        " ",
        "='",
        "：",
        "?=",
        "/",
        "//",
        "'\"",
        " a1b2c3d4 ",
        " is ",
        "| ",
        "=a1",
        "%22%3A",
    ];
    let mut texts = Vec::new();
    for keyword in keywords {
        for tail in tails {
            let piece = format!("{keyword}{tail}");
            texts.push(piece.repeat(n / piece.len() + 1));
        }
        texts.push(format!("{keyword}{}", "aB3x".repeat(n / 4)));
        texts.push(format!("{keyword}=\"{}", "\\\\".repeat(n / 2)));
    }
    for piece in [
        "eyJaB3.",
        concat!("AKIAQWER", "TYUIOP234567 "),
        "cookie: a=b; ",
        concat!("Bearer ", "aB3aB3aB3a "),
        "X1b2c is my password ",
        "a:b1c2d3@",
        "http://a:b@",
        "passwords: {",
        "{\"password\":",
        "| password ",
        "password='.",
    ] {
        texts.push(piece.repeat(n / piece.len()));
    }
    texts
}

#[test]
fn every_byte_is_looked_at_a_bounded_number_of_times() {
    let steps = |text: &str| {
        let view = View::new(text);
        let scan = Scan::new(&view);
        find(&scan, &mut Vec::new());
        scan.steps.get()
    };
    /// Fewer steps a byte than this are no sign of work that grows faster than the text.
    const FEW: f64 = 25.0;
    let mut worst = 0.0_f64;
    for (small, large) in hard_texts(4_000).iter().zip(hard_texts(8_000)) {
        let twice = steps(&large);
        let share = twice as f64 / large.len() as f64;
        worst = worst.max(share);
        assert!(share < 200.0, "{share} steps a byte for {:.40}…", large);
        if share < FEW {
            continue;
        }
        let once = steps(small);
        assert!(
            twice as f64 <= once as f64 * 2.2 + 4_000.0,
            "{once} steps, then {twice}, for {large:.40}…"
        );
    }
    println!("at most {worst:.0} steps a byte");
}

#[test]
fn what_makes_too_much_work_is_not_kept() {
    let drawn = ["aB3", "xQ9", "kL7w"].concat();
    for piece in ["token=", "x7q9token=", "xoxb-word/", "smbclient a%b'\""] {
        let text = piece.repeat(64_000 / piece.len()) + " api_key=" + &drawn;
        let view = View::new(&text);
        let scan = Scan::new(&view);
        find(&scan, &mut Vec::new());
        let share = scan.steps.get() as f64 / text.len() as f64;
        assert!(share < 60.0, "{share} steps a byte for {piece}");
        let kept = redact(&text).text.into_owned();
        assert!(!kept.contains(&drawn), "of {piece}");
        assert_eq!(redact(&kept).text, kept, "of {piece}");
    }
    let row = "token=".repeat(64_000 / 6);
    assert!(redact(&row).text.ends_with("[redacted:unchecked]"));
    let lines: String = (0..2_000)
        .map(|number| format!("DB_{number}_PASSWORD={drawn}{number} # the password\n"))
        .collect();
    assert!(!redact(&lines).text.contains(UNCHECKED));
}

#[test]
fn a_value_that_many_rules_ask_about_is_judged_once() {
    let text = "password a1b2c3d4 ".repeat(2);
    let view = View::new(&text);
    let scan = Scan::new(&view);
    let once = scan.look(&scan.text[9..17]);
    let left = scan.left();
    assert_eq!(scan.look(&scan.text[9..17]), once);
    assert_eq!(scan.left(), left);
    scan.look(&scan.text[27..35]);
    assert!(scan.left() < left);
    // What is no part of the text is judged each time.
    let left = scan.left();
    scan.look("a1b2c3d4");
    assert!(scan.left() < left);
}

#[test]
fn what_is_left_of_a_hard_text_holds_no_secret() {
    for text in hard_texts(300) {
        let once = redact(&text).text.into_owned();
        assert_eq!(redact(&once).text, once, "from {text}");
    }
}

#[test]
fn personal_data_is_found_in_linear_time() {
    for piece in ["a@", "a.b@c.de ", "+1", "1 ", "1", "DE12", "AA11 ", "A"] {
        let text = piece.repeat(8_000 / piece.len());
        let view = View::new(&text);
        let scan = Scan::new(&view);
        personal::find(&scan, &mut Vec::new());
        let share = scan.steps.get() as f64 / text.len() as f64;
        assert!(share < 200.0, "{share} steps a byte for {piece}");
    }
}
