//! What an assistant's last message says was decided, found out and left.

use crate::derive::note::telling::{Telling, label_of, labelled, names_left, sentences, told};
use crate::derive::note::{shortened, without_marks};
use crate::text::{cut, one_line};

const MAX_ENTRIES: usize = 10;
/// Longer lines are told by the sentence that counts.
const MAX_ENTRY_BYTES: usize = 200;
/// Most of what is neither decision nor finding; what an answer is comes first.
const MAX_REST_BYTES: usize = 1_500;

/// What a last message names, each in its order.
#[derive(Debug, Default)]
pub(super) struct Closing {
    pub(super) decisions: Vec<String>,
    /// The decisions among it, with their labels.
    pub(super) learned: Vec<String>,
    pub(super) left: Vec<String>,
    /// What else it says outside of code, a line for each, up to a limit.
    pub(super) rest: String,
}

/// What the lines below a heading tell of.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Section {
    telling: Option<Telling>,
    /// Whether it ends with its paragraph or list, as that of a mere label does.
    is_label: bool,
    has_entry: bool,
    is_over: bool,
}

impl Closing {
    pub(super) fn of(message: &str) -> Self {
        let mut closing = Self::default();
        let mut section = Section::default();
        let mut in_code = false;
        for line in message.lines() {
            if is_fence(line) {
                in_code = !in_code;
            }
            if in_code || is_fence(line) {
                continue;
            }
            let plain = without_marks(line);
            if plain.is_empty() {
                section.is_over |= section.is_label && section.has_entry;
                continue;
            }
            let shown = plain.replace("**", "").replace("__", "");
            let label = labelled(&shown);
            if let Some((telling, rest)) = label.filter(|(_, rest)| !rest.is_empty()) {
                closing.take(telling, &shown, rest);
            } else if is_heading(line) || shown.ends_with([':', '：']) {
                let left = names_left(&shown).then_some(Telling::Left);
                section = Section {
                    telling: label_of(&shown).or(left),
                    is_label: !is_heading(line),
                    ..Section::default()
                };
            } else if let Some(telling) = section.telling
                && (!section.is_over || is_entry(line))
            {
                section.has_entry = true;
                closing.take(telling, &shown, &shown);
            } else {
                closing.read(&shown);
            }
        }
        closing
    }

    /// Reads a line that stands under no heading: all of it, if it is short.
    fn read(&mut self, line: &str) {
        if !is_sentence(line) {
            return;
        }
        if line.len() <= MAX_ENTRY_BYTES {
            let tells = sentences(line).find_map(|sentence| Some((told(sentence)?, sentence)));
            match tells {
                Some((telling, sentence)) => self.take(telling, line, sentence),
                None => self.keep(line),
            }
            return;
        }
        for sentence in sentences(line).filter(|sentence| is_sentence(sentence)) {
            match told(sentence) {
                Some(telling) => self.take(telling, sentence, sentence),
                None => self.keep(sentence),
            }
        }
    }

    fn keep(&mut self, said: &str) {
        if self.rest.len() + said.len() < MAX_REST_BYTES {
            if !self.rest.is_empty() {
                self.rest.push('\n');
            }
            self.rest.push_str(&one_line(said));
        }
    }

    fn take(&mut self, telling: Telling, line: &str, said: &str) {
        match telling {
            Telling::Left => push(&mut self.left, shortened(one_line(line))),
            Telling::Finding => push(&mut self.learned, one_line(line)),
            Telling::Decision => {
                push(&mut self.learned, one_line(line));
                push(
                    &mut self.decisions,
                    cut(&one_line(said), MAX_ENTRY_BYTES).into_owned(),
                );
            }
        }
    }
}

fn push(list: &mut Vec<String>, entry: String) {
    if list.len() < MAX_ENTRIES && !entry.is_empty() && !list.contains(&entry) {
        list.push(entry);
    }
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// A heading of Markdown, or a line that is bold as a whole.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('#') || line.len() > 4 && line.starts_with("**") && line.ends_with("**")
}

/// An entry of a list.
fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    let unnumbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '+', '•'])
        || unnumbered.len() < line.len() && unnumbered.starts_with(['.', ')'])
}

/// Several words, or a script that does not part them.
fn is_sentence(line: &str) -> bool {
    line.contains(' ') || !line.is_ascii()
}

#[cfg(test)]
mod tests;
