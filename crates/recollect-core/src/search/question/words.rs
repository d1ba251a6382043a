//! A question as words, each with what became of it.

/// What a word of a question turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing yet: what is left so is the subject.
    Free,
    /// Part of what a rule understood.
    Taken,
    /// Part of the query language, which no rule reads: a phrase in quotes, `type:bugfix`,
    /// `-word`.
    Verbatim,
}

/// A word as it stands in the question.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    /// Without the signs around it.
    pub(super) text: &'a str,
    /// In lower case, without `'s` at its end.
    pub(super) lower: String,
    /// Whether it ended with `'s`, as in `yesterday's fix`.
    pub(super) is_possessive: bool,
    /// Whether a sign that parts sentences follows it: `, ; : . ? !`.
    pub(super) ends_part: bool,
    /// Where it stands with its signs, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: Role,
}

impl Word<'_> {
    pub(super) fn is_free(&self) -> bool {
        self.role == Role::Free
    }

    /// Whether it begins with a capital letter.
    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// Most words of a question that are read; what is behind them is searched as it stands.
const MAX_WORDS: usize = 256;

/// A question, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    pub(super) list: Vec<Word<'a>>,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut list = Vec::new();
        let mut place = 0;
        while let Some(begin) = text[place..].find(|c: char| !c.is_whitespace()) {
            let start = place + begin;
            if list.len() == MAX_WORDS {
                list.push(verbatim(text, start, text.len()));
                break;
            }
            let quoted = text[start..]
                .strip_prefix('"')
                .and_then(|rest| rest.find('"'));
            let end = match quoted {
                Some(length) => start + length + 2,
                None => {
                    let length = text[start..].find(char::is_whitespace);
                    length.map_or(text.len(), |length| start + length)
                }
            };
            let chunk = &text[start..end];
            let is_kept = quoted.is_some()
                || is_of_query_language(chunk)
                || chunk == "find" && begins_at_path(&text[end..]);
            list.push(if is_kept {
                verbatim(text, start, end)
            } else {
                word(text, start, end)
            });
            place = end;
        }
        Self { text, list }
    }

    /// The word of that number, if no rule has taken it.
    pub(super) fn free(&self, number: usize) -> Option<&Word<'a>> {
        self.list.get(number).filter(|word| word.is_free())
    }

    /// The word of that number in lower case, if no rule has taken it; else an empty text.
    pub(super) fn lower(&self, number: usize) -> &str {
        self.free(number).map_or("", |word| word.lower.as_str())
    }

    /// The word before one, whatever became of it, in lower case.
    pub(super) fn before(&self, number: usize) -> &str {
        let before = number
            .checked_sub(1)
            .and_then(|before| self.list.get(before));
        before.map_or("", |word| word.lower.as_str())
    }

    /// Whether these words stand one behind the other from a place on.
    pub(super) fn is_at(&self, number: usize, phrase: &str) -> bool {
        let mut words = phrase.split(' ').enumerate();
        words.all(|(place, word)| self.lower(number + place) == word)
    }

    /// Marks words as understood, and gives their text.
    pub(super) fn take(&mut self, from: usize, to: usize) -> &'a str {
        let (start, end) = match (self.list.get(from), self.list.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) if from < to => (first.start, last.end),
            _ => return "",
        };
        for word in &mut self.list[from..to] {
            word.role = Role::Taken;
        }
        let signs = |c: char| c.is_whitespace() || ",;:.?!()".contains(c);
        self.text[start..end].trim_matches(signs)
    }

    /// Takes the word that says of which kind the answer is: `which function did it replace?` asks
    /// of `it`.
    pub(super) fn take_kind(&mut self) {
        let Some(at) = self.list.iter().position(|word| word.lower == "which") else {
            return;
        };
        let is_verb = matches!(
            self.lower(at + 2),
            "did" | "does" | "do" | "is" | "was" | "are" | "were" | "has" | "had" | "will"
        );
        if is_verb {
            self.take(at + 1, at + 2);
        }
    }

    /// What is left, as a text of the query language.
    pub(super) fn rest(&self, is_wanted: impl Fn(&Word<'a>) -> bool) -> String {
        let mut rest = String::new();
        for word in &self.list {
            let is_left = word.role == Role::Verbatim || word.is_free() && is_wanted(word);
            if is_left {
                if !rest.is_empty() {
                    rest.push(' ');
                }
                rest.push_str(match word.role {
                    Role::Verbatim => &self.text[word.start..word.end],
                    _ => word.text,
                });
            }
        }
        rest
    }

    pub(super) fn has_verbatim(&self) -> bool {
        self.list.iter().any(|word| word.role == Role::Verbatim)
    }
}

/// Whether a path or an option follows, so that `find` is a command and asks for nothing.
fn begins_at_path(rest: &str) -> bool {
    let next = rest.split_whitespace().next().unwrap_or_default();
    next == "." || next.starts_with(['/', '~', '-']) || next.starts_with("./")
}

/// Whether a chunk has a meaning of its own in the query language.
fn is_of_query_language(chunk: &str) -> bool {
    if matches!(chunk, "AND" | "OR" | "NOT") {
        return true;
    }
    let inner = chunk.trim_start_matches(['+', '-', '(']);
    let name = inner.split(':').next().unwrap_or_default();
    let is_field = inner.len() > name.len() + 1
        && !inner[name.len()..].starts_with("::")
        && !inner[name.len()..].starts_with("://")
        && crate::search::query::is_field(name);
    let is_signed = chunk.len() > 1
        && chunk.starts_with(['+', '-'])
        && inner.starts_with(|c: char| c.is_alphabetic());
    is_field || is_signed
}

fn verbatim(text: &str, start: usize, end: usize) -> Word<'_> {
    Word {
        text: &text[start..end],
        lower: String::new(),
        is_possessive: false,
        ends_part: false,
        start,
        end,
        role: Role::Verbatim,
    }
}

fn word(text: &str, start: usize, end: usize) -> Word<'_> {
    let whole = &text[start..end];
    let opened = whole.trim_start_matches(['(', '[', '{', '\'', '`', '“', '‘', '*']);
    let closes = |c: char| ",;:.?!)]}'`”’*…".contains(c);
    // `f()` and `path.` keep what belongs to them only while something is left.
    let bare = opened.trim_end_matches(closes);
    let bare = if bare.ends_with('(') || bare.ends_with('[') {
        opened.trim_end_matches([',', ';', ':', '.', '?', '!'])
    } else {
        bare
    };
    let bare = if bare.is_empty() { whole } else { bare };
    let lower = bare.to_lowercase().replace('’', "'");
    let ends_part = whole.ends_with([',', ';', ':', '.', '?', '!']);
    let stem = lower.strip_suffix("'s").map(str::to_owned);
    Word {
        is_possessive: stem.is_some(),
        lower: stem.unwrap_or(lower),
        text: bare,
        ends_part,
        start,
        end,
        role: Role::Free,
    }
}
