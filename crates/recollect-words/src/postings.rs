//! The words of the index: which rows hold each, and how often.
//!
//! A search for words looks at nothing else. FTS5 would walk its own lists as
//! well, but through SQL, a virtual table and a call-back for every match; here a
//! match costs a few additions.
//!
//! A list is coded as the distance to the row before and, where the word stands
//! otherwise than once in a story, its frequency: a byte and a half a row. Rows
//! only ever come behind all others, so a list grows at its end. What is taken
//! out stays in the lists, skipped, until it is half of them.

use std::collections::BinaryHeap;

use crate::bm25::FIELD_WEIGHTS;
use crate::code::{put, take};
use crate::phrase::TokenPhrase;
use crate::recent::Recent;
use crate::sequence::{Sequences, Sought};
use crate::table::Table;
use crate::token::{Sink, Token, scan_into};

/// All words and their rows.
#[derive(Debug, Default)]
pub struct Postings {
    words: Table<List>,
    /// In which order the words stand in each row, for phrases.
    sequences: Sequences,
    recent: Recent,
    /// Tokens of each row, by its number; 0 of those that went.
    lengths: Vec<u32>,
    rows: u32,
    tokens: u64,
    /// Pairs of a word and a row in the lists, and those of rows that went.
    entries: usize,
    dead: usize,
}

/// The rows that hold one word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// How many there are, without those that went.
    rows: u32,
    /// The last of them, and how often it holds the word; not coded yet.
    last: u32,
    frequency: u32,
    /// The last that is coded.
    coded: u32,
    bytes: Vec<u8>,
}

/// Bytes of a row and its frequency, at most.
const LONGEST: usize = 10;

/// The frequency that needs no number of its own: once in a story.
const USUAL: u32 = FIELD_WEIGHTS[2];

impl List {
    /// Counts one more place in the last row, or in a new one behind it.
    pub fn add(&mut self, row: u32, weight: u32) {
        if self.last == row {
            self.frequency += weight;
            return;
        }
        self.close();
        self.last = row;
        self.frequency = weight;
        self.rows += 1;
    }

    fn close(&mut self) {
        if self.last == 0 {
            return;
        }
        if self.bytes.capacity() - self.bytes.len() < LONGEST {
            // There are many lists, and twice as long is half empty. Short ones grow
            // most often.
            let length = self.bytes.len();
            let part = if length < 256 { 2 } else { 4 };
            let more = (2 * LONGEST).max(length / part);
            self.bytes.reserve_exact(more);
        }
        let distance = u64::from(self.last.wrapping_sub(self.coded)) << 1;
        self.coded = self.last;
        if self.frequency == USUAL {
            put(&mut self.bytes, distance);
        } else {
            put(&mut self.bytes, distance | 1);
            put(&mut self.bytes, u64::from(self.frequency));
        }
    }

    /// How many rows hold the word.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The rows, ascending, those that went among them.
    #[must_use]
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor {
            bytes: &self.bytes,
            row: 0,
            last: (self.last, self.frequency),
        }
    }
}

/// Walks over the rows of a list, each with its weighted frequency.
#[derive(Clone, Debug, Default)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    row: u32,
    last: (u32, u32),
}

impl Iterator for Cursor<'_> {
    type Item = (u32, u32);

    #[inline]
    fn next(&mut self) -> Option<(u32, u32)> {
        let Some(code) = take(&mut self.bytes) else {
            let last = std::mem::take(&mut self.last);
            return (last.0 != 0).then_some(last);
        };
        self.row = self.row.wrapping_add((code >> 1) as u32);
        let frequency = if code & 1 == 0 {
            USUAL
        } else {
            take(&mut self.bytes)? as u32
        };
        Some((self.row, frequency))
    }
}

impl Postings {
    /// Puts in the texts of a row, each with the number of its column, in the order of the
    /// columns; the row's number is above all before it. Gives how many tokens they have.
    #[inline(never)]
    pub fn add(&mut self, row: u32, texts: &[(usize, &str)]) -> u32 {
        let mut length = 0;
        for (column, text) in texts {
            let weight = FIELD_WEIGHTS.get(*column).copied().unwrap_or(0);
            let mut adding = Adding {
                postings: self,
                row,
                weight,
                length,
            };
            adding.postings.sequences.begin(*column);
            scan_into(text, &mut adding);
            length = adding.length;
            self.sequences.end_text();
        }
        self.sequences.keep(row);
        self.set_length(row, length);
        length
    }

    fn set_length(&mut self, row: u32, length: u32) {
        let row = row as usize;
        if self.lengths.len() <= row {
            self.lengths.resize(row + 1, 0);
        }
        self.lengths[row] = length;
        self.rows += 1;
        self.tokens += u64::from(length);
    }

    /// Takes out a row that was put in with these tokens.
    pub fn remove(&mut self, row: u32, columns: &[String]) {
        let Some(length) = self.lengths.get_mut(row as usize) else {
            return;
        };
        self.tokens -= u64::from(std::mem::take(length));
        self.sequences.remove(row);
        self.rows = self.rows.saturating_sub(1);
        // Equal tokens leave a heap one after the other, and it takes less of the module
        // than sorting does.
        let mut tokens: BinaryHeap<&[u8]> = columns.iter().flat_map(|text| split(text)).collect();
        while let Some(token) = tokens.pop() {
            if tokens.peek() == Some(&token) {
                continue;
            }
            self.dead += 1;
            let Some(list) = self.words.get_mut(token) else {
                continue;
            };
            list.rows = list.rows.saturating_sub(1);
            if list.rows == 0 {
                self.words.remove(token);
                self.recent = Recent::default();
            }
        }
        if self.dead > 1024 && self.dead * 2 > self.entries {
            self.compact();
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.len() == 0
    }

    /// Takes out of the lists what is skipped there.
    fn compact(&mut self) {
        let lengths = &self.lengths;
        self.entries = 0;
        for list in self.words.values_mut() {
            *list = living(list, lengths);
            self.entries += list.rows as usize;
        }
        self.dead = 0;
    }

    /// The rows that hold a token, if any do.
    #[must_use]
    pub fn list(&self, token: &str) -> Option<&List> {
        self.words.get(token.as_bytes())
    }

    /// The rows that hold a token of that beginning, as if all such were one token.
    #[must_use]
    pub fn beginning(&self, start: &str) -> List {
        let mut frequencies = vec![0_u32; self.lengths.len()];
        for (_, token, list) in self.words.iter() {
            if token.starts_with(start.as_bytes()) {
                for (row, frequency) in list.cursor() {
                    if let Some(sum) = frequencies.get_mut(row as usize) {
                        *sum = sum.saturating_add(frequency);
                    }
                }
            }
        }
        let mut all = List::default();
        for ((row, frequency), length) in (0..).zip(frequencies).zip(&self.lengths) {
            if frequency > 0 && *length > 0 {
                all.add(row, frequency);
            }
        }
        all
    }

    /// Tokens of each row, by its number; 0 of those that are not there.
    #[must_use]
    pub fn lengths(&self) -> &[u32] {
        &self.lengths
    }

    /// Rows, and tokens in them.
    #[must_use]
    pub fn totals(&self) -> (u64, u64) {
        (u64::from(self.rows), self.tokens)
    }

    /// All tokens, in no order.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.words
            .iter()
            .filter_map(|(_, token, _)| str::from_utf8(token).ok())
    }

    /// How many tokens there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Calls `each` with every row that holds a phrase, in their order, and with how often it
    /// does, weighted by field.
    #[inline(never)]
    pub fn each_with(&self, phrase: &TokenPhrase, each: &mut dyn FnMut(u32, u32)) {
        let tokens: Vec<&[u8]> = phrase.tokens().iter().map(String::as_bytes).collect();
        let Some((last, before)) = tokens.split_last() else {
            return;
        };
        let whole = if phrase.is_beginning() {
            before
        } else {
            &tokens[..]
        };
        let mut places = Vec::new();
        let mut shortest: Option<&List> = None;
        for token in whole {
            let Some(place) = self.words.find(token) else {
                return;
            };
            places.push(place);
            let list = self.words.get(token);
            shortest = match (shortest, list) {
                (Some(one), Some(other)) if one.rows <= other.rows => Some(one),
                _ => list,
            };
        }
        let begun = phrase.is_beginning().then(|| {
            let mut begun = vec![false; self.words.places()];
            for (place, token, _) in self.words.iter() {
                if let Some(begins) = begun.get_mut(place as usize) {
                    *begins = token.starts_with(last);
                }
            }
            begun
        });
        let mut sought = Sought::new(phrase.column(), places, begun);
        let all;
        let list = match shortest {
            Some(list) => list,
            None => {
                all = self.beginning(&String::from_utf8_lossy(last));
                &all
            }
        };
        // A token in any column needs no order.
        let is_told = tokens.len() == 1 && phrase.column().is_none();
        for (row, frequency) in list.cursor() {
            let weight = match is_told {
                true if self.is_there(row) => frequency,
                true => 0,
                false => self.sequences.weight(row, &mut sought),
            };
            if weight > 0 {
                each(row, weight);
            }
        }
    }

    fn is_there(&self, row: u32) -> bool {
        let length = self.lengths.get(row as usize);
        length.is_some_and(|length| *length > 0)
    }

    /// Calls `each` with every row and the order of its words, for [`Postings::restore_order`]
    /// once the words were put back as [`Postings::write`] gave them.
    pub fn write_order(&self, mut each: impl FnMut(u32, &[u8])) {
        let mut numbers = vec![0; self.words.places()];
        for (number, (place, ..)) in (0..).zip(self.words.iter()) {
            if let Some(renumbered) = numbers.get_mut(place as usize) {
                *renumbered = number;
            }
        }
        self.sequences.write(&numbers, &mut each);
    }

    /// Puts back the order of a row's words.
    pub fn restore_order(&mut self, row: u32, bytes: &[u8]) {
        self.sequences.restore(row, bytes);
    }

    /// Calls `each` with every token and its list, without what went.
    pub fn write(&self, mut each: impl FnMut(&[u8], [u32; 4], &[u8])) {
        let mut write = |token, list: &List| {
            each(
                token,
                [list.rows, list.last, list.frequency, list.coded],
                &list.bytes,
            );
        };
        for (_, token, list) in self.words.iter() {
            if self.dead == 0 {
                write(token, list);
            } else {
                write(token, &living(list, &self.lengths));
            }
        }
    }

    /// Puts a list back as [`Postings::write`] gave it.
    pub fn restore(&mut self, token: &[u8], numbers: [u32; 4], bytes: &[u8]) {
        let [rows, last, frequency, coded] = numbers;
        self.entries += rows as usize;
        let place = self.words.place(token);
        if let Some(list) = self.words.at(place) {
            *list = List {
                rows,
                last,
                frequency,
                coded,
                bytes: bytes.to_vec(),
            };
        }
    }

    /// Puts back what is known of a row besides its words.
    pub fn restore_row(&mut self, row: u32, length: u32) {
        self.set_length(row, length);
    }

    /// Makes room for so many tokens.
    pub fn reserve(&mut self, words: usize) {
        self.words.reserve(words);
    }
}

/// Adds the tokens of a text to the lists.
struct Adding<'p> {
    postings: &'p mut Postings,
    row: u32,
    weight: u32,
    length: u32,
}

impl Adding<'_> {
    fn count(&mut self, place: u32, is_whole: bool) {
        self.length += 1;
        self.postings.sequences.add(place, is_whole);
        if let Some(list) = self.postings.words.at(place) {
            self.postings.entries += usize::from(list.last != self.row);
            list.add(self.row, self.weight);
        }
    }
}

impl Sink for Adding<'_> {
    fn take_known(&mut self, rest: &[u8], length: usize) -> bool {
        let known = self.postings.recent.find(rest, length);
        known.map(|place| self.count(place, false)).is_some()
    }

    fn take(&mut self, token: Token<'_>) -> bool {
        let place = self.postings.words.place(token.text.as_bytes());
        self.postings.recent.note(place);
        self.count(place, token.is_whole);
        true
    }
}

fn living(list: &List, lengths: &[u32]) -> List {
    let mut living = List::default();
    for (row, frequency) in list.cursor() {
        if lengths.get(row as usize).is_some_and(|length| *length > 0) {
            living.add(row, frequency);
        }
    }
    living
}

/// The tokens of a text that has a space behind each.
fn split(tokens: &str) -> impl Iterator<Item = &[u8]> {
    let tokens = tokens.as_bytes().split(|byte| *byte == b' ');
    tokens.filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(columns: &[String]) -> Vec<(usize, &str)> {
        columns.iter().map(String::as_str).enumerate().collect()
    }

    fn columns(title: &str, narrative: &str) -> [String; 6] {
        let mut columns: [String; 6] = Default::default();
        columns[0] = title.into();
        columns[2] = narrative.into();
        columns
    }

    fn found(postings: &Postings, token: &str) -> Vec<(u32, u32)> {
        let list = postings.list(token);
        let rows = list.into_iter().flat_map(List::cursor);
        rows.filter(|(row, _)| postings.lengths()[*row as usize] > 0)
            .collect()
    }

    #[test]
    fn a_word_counts_by_where_it_stands() {
        let mut postings = Postings::default();
        postings.add(1, &[(0, "retry queue"), (2, "retries retried")]);
        postings.add(9, &[(2, "queue")]);
        let [title, _, story, ..] = FIELD_WEIGHTS;
        assert_eq!(found(&postings, "retri"), [(1, title + 2 * story)]);
        assert_eq!(found(&postings, "queue"), [(1, title), (9, story)]);
        assert_eq!(found(&postings, "nothing"), []);
        assert_eq!(postings.totals(), (2, 5));
    }

    #[test]
    fn what_is_taken_out_leaves_no_word_behind() {
        let mut postings = Postings::default();
        let (one, two) = (columns("secret plan ", ""), columns("plan ", "plan "));
        postings.add(1, &texts(&one));
        postings.add(2, &texts(&two));
        postings.remove(1, &one);
        assert_eq!(postings.tokens().collect::<Vec<_>>(), ["plan"]);
        assert_eq!(postings.list("plan").map(List::rows), Some(1));
        assert_eq!(postings.totals(), (1, 2));
        let mut written = Vec::new();
        postings
            .write(|token, numbers, bytes| written.push((token.to_vec(), numbers, bytes.len())));
        let [title, _, story, ..] = FIELD_WEIGHTS;
        assert_eq!(written, [(b"plan".to_vec(), [1, 2, title + story, 0], 0)]);
    }

    /// What [`Postings::each_with`] gives, by comparing all tokens of all rows.
    fn reference(rows: &[(u32, [String; 6])], phrase: &TokenPhrase) -> Vec<(u32, u32)> {
        let sought = phrase.tokens();
        let weight = |columns: &[String; 6]| {
            let mut weight = 0;
            for ((column, text), of_column) in (0..).zip(columns).zip(FIELD_WEIGHTS) {
                let tokens = crate::token::indexed_text(text).0;
                let tokens: Vec<&str> = tokens.split_whitespace().collect();
                let is_it = |window: &&[&str]| {
                    (window.iter().zip(sought).enumerate()).all(|(place, (token, wanted))| {
                        let is_last = place + 1 == sought.len();
                        token == wanted
                            || is_last && phrase.is_beginning() && token.starts_with(wanted)
                    })
                };
                if phrase.column().is_none_or(|wanted| wanted == column) {
                    let found = tokens.windows(sought.len()).filter(is_it).count();
                    weight += found as u32 * of_column;
                }
            }
            weight
        };
        let found = rows.iter().map(|(row, columns)| (*row, weight(columns)));
        found.filter(|(_, weight)| *weight > 0).collect()
    }

    proptest! {
        #[test]
        fn phrases_are_found_where_their_tokens_stand(
            steps in prop::collection::vec(
                (any::<bool>(), "([ab]{1,2}|aB|b_a)( ([ab]{1,2}|aB|b_a)){0,5}", "[ab]{1,2}( aB){0,2}"),
                1..40,
            ),
            sought in prop::collection::vec("[ab]{1,2}", 1..4),
            column in prop_oneof![Just(None), Just(Some(0)), Just(Some(4))],
            is_beginning in any::<bool>(),
        ) {
            let mut postings = Postings::default();
            let mut rows: Vec<(u32, [String; 6])> = Vec::new();
            for (row, (is_removal, title, concept)) in (1..).zip(steps) {
                if is_removal && !rows.is_empty() {
                    let (row, texts) = rows.remove(row as usize % rows.len());
                    let tokens = texts.map(|text| crate::token::indexed_text(&text).0);
                    postings.remove(row, &tokens);
                }
                let mut texts = columns(&title, "");
                texts[4] = concept;
                postings.add(row, &self::texts(&texts));
                rows.push((row, texts));
            }
            let text = sought.join(" ");
            let phrase = match column {
                Some(column) => TokenPhrase::in_column(column, &text).unwrap(),
                None => TokenPhrase::new(&sought, is_beginning),
            };
            let mut restored = Postings::default();
            postings.write(|token, numbers, bytes| restored.restore(token, numbers, bytes));
            postings.write_order(|row, bytes| {
                restored.restore_row(row, postings.lengths()[row as usize]);
                restored.restore_order(row, bytes);
            });
            rows.sort_unstable();
            for one in [&postings, &restored] {
                let mut found = Vec::new();
                one.each_with(&phrase, &mut |row, weight| found.push((row, weight)));
                prop_assert_eq!(&found, &reference(&rows, &phrase));
            }
        }

        #[test]
        fn words_met_before_make_the_same_tokens(
            texts in prop::collection::vec("([A-Z]?[a-z]{1,3}(ing|ed|s)?|[A-Za-z0-9]{14,18}|[0-9]{1,2}|[ _.é'-]){0,9}", 1..6),
        ) {
            let mut postings = Postings::default();
            let mut fresh = Postings::default();
            let twice = texts.iter().chain(&texts);
            for (row, text) in (1..).zip(twice) {
                let (tokens, length) = crate::token::indexed_text(text);
                prop_assert_eq!(postings.add(row, &[(2, text.as_str())]), length);
                fresh.recent = Recent::default();
                fresh.add(row, &[(2, text.as_str())]);
                for token in split(&tokens) {
                    let token = str::from_utf8(token).unwrap();
                    let count = split(&tokens).filter(|one| *one == token.as_bytes()).count() as u32;
                    prop_assert_eq!(found(&postings, token).pop(), Some((row, count * USUAL)));
                }
            }
            prop_assert_eq!(postings.words.len(), fresh.words.len());
        }

        #[test]
        fn rows_come_and_go_in_any_order(
            steps in prop::collection::vec((any::<bool>(), 1_u32..400, "[a-c]{1,2}( [a-c]{1,2}){0,3} "), 0..300),
        ) {
            let mut postings = Postings::default();
            let mut there: Vec<(u32, [String; 6])> = Vec::new();
            let mut number = 0;
            for (is_removal, step, text) in steps {
                if is_removal && !there.is_empty() {
                    let (row, texts) = there.remove(step as usize % there.len());
                    postings.remove(row, &texts);
                } else {
                    number += step;
                    let texts = columns("", &text);
                    let length = postings.add(number, &self::texts(&texts));
                    prop_assert_eq!(length as usize, text.split(' ').count() - 1);
                    there.push((number, texts));
                }
                postings.dead += 600; // So that lists are made anew within few steps.
            }
            let mut restored = Postings::default();
            postings.write(|token, numbers, bytes| restored.restore(token, numbers, bytes));
            for (row, texts) in &there {
                restored.restore_row(*row, texts[2].split(' ').count() as u32 - 1);
            }
            for token in ["a", "b", "ab", "cc"] {
                let expected: Vec<(u32, u32)> = there
                    .iter()
                    .map(|(row, texts)| {
                        (*row, texts[2].split(' ').filter(|one| *one == token).count() as u32 * USUAL)
                    })
                    .filter(|(_, frequency)| *frequency > 0)
                    .collect();
                prop_assert_eq!(found(&postings, token), &expected[..]);
                prop_assert_eq!(found(&restored, token), &expected[..]);
                prop_assert_eq!(postings.list(token).map_or(0, List::rows) as usize, expected.len());
            }
        }
    }
}
