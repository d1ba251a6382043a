//! What a hit shows: the words around what was looked for, and where it stands.

use recollect_words::excerpt::excerpt;
use recollect_words::find::{Range, Terms};
use recollect_words::token::{folded, scan};

use crate::log::memory::Memory;
use crate::search::expression::parts_of;
use crate::search::query::{Form, Need, Query};
use crate::text::one_line;

/// The words that a query wants.
pub(crate) fn terms_of(query: &Query) -> Terms {
    let mut terms = Terms::default();
    for term in query
        .terms
        .iter()
        .filter(|term| term.need != Need::Excluded)
    {
        if term.form == Form::Phrase {
            parts_of(&term.text)
                .into_iter()
                .for_each(|token| terms.add(token));
            continue;
        }
        scan(&term.text, &mut |token| terms.add(token.text.to_owned()));
        if term.form == Form::Prefix
            && let Some(last) = folded(&term.text)
                .split(|c: char| !c.is_alphanumeric())
                .next_back()
            && !last.is_empty()
        {
            terms.add_prefix(last.to_owned());
        }
    }
    terms
}

/// The part of a memory's text that shows why it was found, and where.
pub(crate) fn preview(memory: &Memory, terms: &Terms) -> (String, Vec<Range>) {
    let text = one_line(&with_points(told(&memory.text(), memory)));
    let text = if text.is_empty() {
        one_line(&memory.files().collect::<Vec<_>>().join(" "))
    } else {
        text
    };
    excerpt(&text, terms)
}

/// The text of a memory without the line that names its commit and author, which are shown
/// beside it, unless that is all.
fn told<'a>(text: &'a str, memory: &Memory) -> &'a str {
    let naming = memory.commit.as_ref().and(memory.subtitle.as_deref());
    let rest = naming.and_then(|line| text.strip_prefix(line));
    rest.map(str::trim_start)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(text)
}

/// A text whose points of lists are told apart where they stand in one line.
fn with_points(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let point = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        if point.is_some() && !shown.is_empty() && !shown.ends_with(['.', ':', ';', ',']) {
            shown.push_str(" ·");
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(point.unwrap_or(line));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, marked: &str) {
        let terms = terms_of(&Query::parse(query, false));
        let mut shown = String::new();
        let mut at = 0;
        for Range { start, end } in terms.highlights(text) {
            shown.push_str(&text[at..start]);
            shown.push('[');
            shown.push_str(&text[start..end]);
            shown.push(']');
            at = end;
        }
        shown.push_str(&text[at..]);
        assert_eq!(shown, marked, "{query}");
    }

    #[test]
    fn points_are_told_apart_in_one_line() {
        for (text, shown) in [
            ("- one\n- two", "one · two"),
            ("Changes:\n* one.\n* two\n\nEnd", "Changes: one. two End"),
            ("a - b", "a - b"),
            ("", ""),
        ] {
            assert_eq!(with_points(text), shown, "{text}");
        }
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        check(
            "drop queue",
            "we dropped both queues",
            "we [dropped] both [queues]",
        );
        check("token", "call getUserToken()", "call getUser[Token]()");
        check(
            "getUserToken",
            "a get_user_token here",
            "a [get_user_token] here",
        );
        check("cach*", "Caching caches", "[Caching] [caches]");
        check("größe", "die GROSSE Größe", "die [GROSSE] [Größe]");
        check("数据库", "使用数据库吗", "使用[数据库]吗");
        check("cafe", "ein cafe\u{301}, ﬁn", "ein [cafe\u{301}], ﬁn");
        check("fin", "ein cafe\u{301}, ﬁn", "ein cafe\u{301}, [ﬁn]");
        check("バックアップ", "毎日ﾊﾞｯｸｱｯﾌﾟする", "毎日[ﾊﾞｯｸｱｯﾌﾟ]する");
        check("ｂａｃｋｕｐｓ", "a backup", "a [backup]");
        check(
            "split",
            "in\u{200B}visible sp\u{AD}lit.",
            "in\u{200B}visible [sp\u{AD}lit].",
        );
        check("محمد", "قال مُحَمَّد.", "قال [مُحَمَّد].");
        check("👍", "ok 👍🏽 go", "ok [👍🏽] go");
        check("ｃａｃｈ*", "Caching", "[Caching]");
        check("-no yes", "no yes", "no [yes]");
        check("", "nothing", "nothing");
    }
}
