//! Texts as the pieces that the model knows: WordPiece, with BERT's rules by which words are
//! parted and folded, as `tokenizer.json` tells them.

use std::collections::HashMap;

use serde::Deserialize;
use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::Error;
use crate::folder::TOKENIZER;

/// A vocabulary, and how texts are brought into its form.
#[derive(Debug)]
pub(crate) struct Pieces {
    ids: HashMap<String, u32>,
    rules: Rules,
    continuing: String,
    longest_word: usize,
    unknown: u32,
    first: u32,
    last: u32,
}

#[derive(Deserialize)]
struct File {
    normalizer: Option<Rules>,
    model: Vocabulary,
}

#[derive(Debug, Deserialize)]
#[serde(default)]
struct Rules {
    #[serde(rename = "type")]
    kind: String,
    clean_text: bool,
    handle_chinese_chars: bool,
    strip_accents: Option<bool>,
    lowercase: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            kind: NORMALIZER.to_owned(),
            clean_text: true,
            handle_chinese_chars: true,
            strip_accents: None,
            lowercase: true,
        }
    }
}

#[derive(Deserialize)]
struct Vocabulary {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    unk_token: Option<String>,
    #[serde(default)]
    continuing_subword_prefix: Option<String>,
    #[serde(default)]
    max_input_chars_per_word: Option<usize>,
    vocab: serde_json::Value,
}

const NORMALIZER: &str = "BertNormalizer";

impl Pieces {
    /// Reads a `tokenizer.json`.
    pub(crate) fn read(text: &str) -> Result<Self, Error> {
        let wrong = |problem: String| Error::new(TOKENIZER, problem);
        let file: File = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let Vocabulary {
            kind,
            unk_token,
            continuing_subword_prefix,
            max_input_chars_per_word,
            vocab,
        } = file.model;
        if kind != "WordPiece" {
            return Err(wrong(format!(
                "its model is of the type {kind:?}, not WordPiece, as of BERT"
            )));
        }
        let rules = file.normalizer.unwrap_or_default();
        if rules.kind != NORMALIZER {
            let problem = format!(
                "its normalizer is of the type {:?}, not {NORMALIZER}",
                rules.kind
            );
            return Err(wrong(problem));
        }
        let ids: HashMap<String, u32> = serde_json::from_value(vocab)
            .map_err(|error| wrong(format!("the vocabulary is no list of ids: {error}")))?;
        let id = |piece: &str| {
            let id = ids.get(piece).copied();
            id.ok_or_else(|| wrong(format!("the vocabulary has no {piece}")))
        };
        Ok(Self {
            unknown: id(unk_token.as_deref().unwrap_or("[UNK]"))?,
            first: id("[CLS]")?,
            last: id("[SEP]")?,
            continuing: continuing_subword_prefix.unwrap_or_else(|| "##".to_owned()),
            longest_word: max_input_chars_per_word.unwrap_or(100),
            rules,
            ids,
        })
    }

    /// The greatest id.
    pub(crate) fn greatest(&self) -> u32 {
        self.ids.values().copied().max().unwrap_or(0)
    }

    /// A text's ids, the marks of its beginning and end among them; at most `most`.
    pub(crate) fn of(&self, text: &str, most: usize) -> Vec<u32> {
        let mut ids = vec![self.first];
        let mut word = String::new();
        let normal = self.normal(text, most);
        for c in normal.chars().chain(std::iter::once(' ')) {
            let is_sign = is_punctuation(c);
            if c.is_whitespace() || is_sign {
                self.take_apart(&word, &mut ids);
                word.clear();
                if is_sign {
                    self.take_apart(c.encode_utf8(&mut [0; 4]), &mut ids);
                }
            } else {
                word.push(c);
            }
            if ids.len() >= most {
                break;
            }
        }
        ids.truncate(most.saturating_sub(1));
        ids.push(self.last);
        ids
    }

    fn take_apart(&self, word: &str, ids: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = ids.len();
        let is_short = word.chars().count() <= self.longest_word;
        let mut start = 0;
        while is_short && start < word.len() {
            let ends = (start + 1..=word.len())
                .rev()
                .filter(|end| word.is_char_boundary(*end));
            let found = ends.map(|end| (end, self.find(&word[start..end], start > 0)));
            match found.into_iter().find_map(|(end, id)| Some((end, id?))) {
                Some((end, id)) => {
                    ids.push(id);
                    start = end;
                }
                None => break,
            }
        }
        if start < word.len() {
            ids.truncate(before);
            ids.push(self.unknown);
        }
    }

    fn find(&self, piece: &str, goes_on: bool) -> Option<u32> {
        match goes_on {
            true => self.ids.get(&[&self.continuing, piece].concat()).copied(),
            false => self.ids.get(piece).copied(),
        }
    }

    /// A text in the form of the vocabulary, as far as so many pieces can reach.
    fn normal(&self, text: &str, most: usize) -> String {
        const PIECE: usize = 128;
        let Rules {
            clean_text,
            handle_chinese_chars,
            strip_accents,
            lowercase,
            ..
        } = self.rules;
        let strips = strip_accents.unwrap_or(lowercase);
        let mut normal = String::new();
        for c in text.chars().take(most.saturating_mul(PIECE)) {
            if clean_text && is_unseen(c) {
                continue;
            }
            let is_alone = handle_chinese_chars && is_han(c);
            if is_alone {
                normal.push(' ');
            }
            let mut push = |c: char| match lowercase {
                true => normal.extend(c.to_lowercase()),
                false => normal.push(c),
            };
            if strips {
                decompose_canonical(c, |piece| {
                    if piece.general_category() != GeneralCategory::NonspacingMark {
                        push(piece);
                    }
                });
            } else {
                push(c);
            }
            if is_alone {
                normal.push(' ');
            }
        }
        normal
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// Characters that the reference leaves out.
fn is_unseen(c: char) -> bool {
    let is_other = c.general_category_group() == GeneralCategoryGroup::Other;
    c == '\u{FFFD}' || is_other && !matches!(c, '\t' | '\n' | '\r')
}

/// Whether a character is a word of its own, as Chinese is written.
fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2A6DF}'
        | '\u{2A700}'..='\u{2CEAF}'
        | '\u{2F800}'..='\u{2FA1F}')
}
