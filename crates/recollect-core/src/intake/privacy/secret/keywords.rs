//! Finds all keywords in one pass over a text.
//!
//! The automaton of "Efficient string matching: an aid to bibliographic search"
//! (Aho and Corasick, 1975), with every transition made beforehand. A hundred
//! short keywords need so little of it that a general one would cost the module
//! more than all rules together.

use std::collections::VecDeque;

/// An automaton for keywords in any letter case.
pub(super) struct Keywords {
    /// For each byte its column; 0 for bytes that are in no keyword.
    columns: [u8; 256],
    width: usize,
    /// For each state a row of next states; the first is the state at the start.
    next: Vec<u16>,
    /// For each state the keywords that end there, by their numbers.
    ending: Vec<Vec<u16>>,
}

impl Keywords {
    pub fn new(keywords: &[&str]) -> Self {
        let mut columns = [0; 256];
        let mut width = 1;
        for byte in keywords.iter().flat_map(|keyword| keyword.bytes()) {
            let lower = byte.to_ascii_lowercase();
            if columns[usize::from(lower)] == 0 {
                columns[usize::from(lower)] = width;
                columns[usize::from(byte.to_ascii_uppercase())] = width;
                columns[usize::from(lower.to_ascii_uppercase())] = width;
                width += 1;
            }
        }
        let mut made = Self {
            columns,
            width: usize::from(width),
            next: Vec::new(),
            ending: Vec::new(),
        };
        made.add_state();
        for (number, keyword) in (0..).zip(keywords) {
            made.add(keyword, number);
        }
        made.complete();
        made
    }

    fn add_state(&mut self) -> u16 {
        let state = u16::try_from(self.ending.len()).expect("the keywords are few and short");
        self.ending.push(Vec::new());
        self.next.resize(self.ending.len() * self.width, 0);
        state
    }

    fn add(&mut self, keyword: &str, number: u16) {
        let mut state = 0;
        for byte in keyword.bytes() {
            let place = self.place(state, byte);
            state = match self.next[place] {
                0 => {
                    let state = self.add_state();
                    self.next[place] = state;
                    state
                }
                known => known,
            };
        }
        self.ending[usize::from(state)].push(number);
    }

    /// Fills the empty transitions with those of the longest ending of what was
    /// read that begins a keyword as well.
    fn complete(&mut self) {
        let mut fallback = vec![0_u16; self.ending.len()];
        let mut waiting = VecDeque::from([0_usize]);
        while let Some(state) = waiting.pop_front() {
            let other = usize::from(fallback[state]);
            for column in 0..self.width {
                // The state at the start falls back on itself.
                let fallen = match state {
                    0 => 0,
                    _ => self.next[other * self.width + column],
                };
                let child = usize::from(self.next[state * self.width + column]);
                if child == 0 {
                    self.next[state * self.width + column] = fallen;
                    continue;
                }
                fallback[child] = fallen;
                let inherited = self.ending[usize::from(fallen)].clone();
                self.ending[child].extend(inherited);
                waiting.push_back(child);
            }
        }
    }

    #[inline]
    fn place(&self, state: u16, byte: u8) -> usize {
        usize::from(state) * self.width + usize::from(self.columns[usize::from(byte)])
    }

    /// The state after one more byte.
    #[inline]
    pub fn step(&self, state: u16, byte: u8) -> u16 {
        self.next[self.place(state, byte)]
    }

    /// The state after a whole word.
    pub fn after(&self, word: &str) -> u16 {
        let mut state = 0;
        for byte in word.bytes() {
            state = self.step(state, byte);
        }
        state
    }

    /// Whether one of them is in a text.
    pub fn is_in(&self, text: &str) -> bool {
        let mut state = 0;
        for byte in text.bytes() {
            state = self.step(state, byte);
            if !self.ending(state).is_empty() {
                return true;
            }
        }
        false
    }

    /// Numbers of the keywords that end with the byte that led to a state.
    pub fn ending(&self, state: u16) -> &[u16] {
        &self.ending[usize::from(state)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_is_found_wherever_it_ends() {
        let words = ["he", "she", "his", "hers", "-- e", "Sh"];
        let keywords = Keywords::new(&words);
        for text in ["ushers", "SHE said HIS-- E", "hhehishe", "", "ä she"] {
            let mut found = Vec::new();
            let mut state = 0;
            for (at, byte) in text.bytes().enumerate() {
                state = keywords.step(state, byte);
                let ending = keywords.ending(state).iter();
                found.extend(ending.map(|&number| (at + 1, words[usize::from(number)])));
            }
            let lower = text.to_ascii_lowercase();
            let mut wanted: Vec<(usize, &str)> = words
                .iter()
                .flat_map(|&word| {
                    let plain = word.to_ascii_lowercase();
                    let hits: Vec<_> = (0..lower.len())
                        .filter(|&at| lower.as_bytes()[at..].starts_with(plain.as_bytes()))
                        .map(|at| (at + word.len(), word))
                        .collect();
                    hits
                })
                .collect();
            found.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(found, wanted, "in {text}");
        }
    }
}
