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
    let text = one_line(&memory.text());
    let text = if text.is_empty() {
        one_line(&memory.files().collect::<Vec<_>>().join(" "))
    } else {
        text
    };
    excerpt(&text, terms)
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
