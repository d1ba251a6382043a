//! The tags of a whole text, for what one of them alone does not tell.

use super::tag::TAGS;

/// What the end of a tag makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Opens,
    Closes,
    Neither,
}

/// Where tags close. Read as if nothing were removed, so it is a hint: who goes by it
/// must drop too much, and not too little, where it is wrong.
#[derive(Default)]
pub(super) struct Outline {
    /// Behind the last closing tag of each name; 0 if there is none.
    pub last_closing: [usize; TAGS.len()],
    /// After each tag named `private`: where it ends, how many are open, and the fewest that
    /// are open from there on. Those of programs do not count.
    privates: Vec<Private>,
    /// How many of these are open behind the last.
    open: isize,
}

struct Private {
    end: usize,
    open: isize,
    fewest: isize,
}

impl Outline {
    /// Takes note of the next tag, which ends at a place; `before` and `rest` as
    /// [`is_of_program`] takes them.
    pub fn note(&mut self, name: u8, ending: Ending, end: usize, before: &str, rest: &str) {
        if ending == Ending::Closes {
            self.last_closing[usize::from(name)] = end;
        }
        if TAGS[usize::from(name)] != "private" {
            return;
        }
        self.open += match ending {
            Ending::Opens if is_of_program(before, rest) => 0,
            Ending::Opens => 1,
            Ending::Closes => -1,
            Ending::Neither => 0,
        };
        self.privates.push(Private {
            end,
            open: self.open,
            fewest: self.open,
        });
    }

    /// Looks back from the last tag.
    pub fn end(&mut self) {
        let mut fewest = isize::MAX;
        for private in self.privates.iter_mut().rev() {
            fewest = fewest.min(private.open);
            private.fewest = fewest;
        }
    }

    /// Whether behind a place more tags named `private` close than open.
    pub fn closes_more(&self, at: usize) -> bool {
        let next = self.privates.partition_point(|private| private.end <= at);
        let open = match next.checked_sub(1) {
            Some(last) => self.privates[last].open,
            None => 0,
        };
        let behind = self.privates.get(next);
        behind.is_some_and(|behind| behind.fewest < open)
    }
}

/// Whether an opening tag looks like a part of a program: directly before it stands a name,
/// and `rest`, from behind its own name to behind its `>`, goes on as a type's argument or a
/// comparison would.
pub(super) fn is_of_program(before: &str, rest: &str) -> bool {
    const LONGEST: usize = 200;
    let named = before.strip_suffix("::").unwrap_or(before);
    if !named.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
        return false;
    }
    let inner = rest.trim_start();
    if rest.starts_with("::")
        || inner.starts_with("&& ")
        || inner.starts_with(['.', ',', ')', ']', '[', '(', '|', '+', '*'])
    {
        return true;
    }
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | ' ' | ',' | '&' | '*' | ':' | '.');
    let argument = inner.strip_suffix('>');
    inner.len() < rest.len()
        && rest.len() <= LONGEST
        && argument.is_some_and(|argument| !argument.is_empty() && argument.chars().all(is_word))
}

/// What is open inside of what is dropped.
#[derive(Default)]
pub(super) struct Open {
    names: Vec<u8>,
    /// Closing tags of each name that a later one may make good.
    waiting: [usize; TAGS.len()],
}

impl Open {
    pub fn push(&mut self, name: u8) {
        self.names.push(name);
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether the outermost or the innermost is of that name.
    pub fn is_within(&self, name: u8) -> bool {
        self.names.first() == Some(&name) || self.is_innermost(name)
    }

    pub fn is_innermost(&self, name: u8) -> bool {
        self.names.last() == Some(&name)
    }

    /// A closing tag. One that is not of the innermost and not the last waits; the last
    /// ends as many as have waited.
    pub fn close(&mut self, name: u8, is_last: bool) {
        if self.is_innermost(name) {
            self.names.pop();
            return;
        }
        let waiting = &mut self.waiting[usize::from(name)];
        *waiting += 1;
        if !is_last {
            return;
        }
        // Once for each name, so the time stays linear.
        let mut left = std::mem::take(waiting);
        for at in (0..self.names.len()).rev() {
            if left > 0 && self.names[at] == name {
                self.names[at] = CLOSED;
                left -= 1;
            }
        }
        self.names.retain(|&name| name != CLOSED);
    }
}

/// Stands for a name that is closed.
const CLOSED: u8 = u8::MAX;
