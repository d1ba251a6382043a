//! A made-up model of a few kilobytes.

use std::collections::BTreeMap;

use recollect_model::Folder;
use safetensors::tensor::{Dtype, TensorView};

pub const WIDTH: usize = 16;
pub const INSIDE: usize = 24;
pub const LAYERS: usize = 2;
pub const HEADS: usize = 2;
pub const PLACES: usize = 24;

const PIECES: [&str; 14] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "cache", "fills", "disk", "and", "##s", "cafe", ",",
    "用", "!",
];

/// Names of lists with their shapes and numbers, and the texts beside them.
pub struct Tiny {
    pub lists: BTreeMap<String, (Vec<usize>, Vec<f32>)>,
    pub tokenizer: String,
    pub config: String,
    pub pooling: String,
    pub prompts: String,
    bytes: Option<Vec<u8>>,
    /// A list of single bytes besides.
    more: Option<(String, Vec<usize>)>,
}

impl Tiny {
    pub fn new() -> Self {
        let mut tiny = Self {
            lists: BTreeMap::new(),
            tokenizer: tokenizer(),
            config: format!(
                r#"{{"model_type": "bert", "num_attention_heads": {HEADS}, "hidden_act": "gelu"}}"#
            ),
            pooling: String::new(),
            prompts: String::new(),
            bytes: None,
            more: None,
        };
        let mut seed = 7_u64;
        let mut list = |name: &str, shape: &[usize]| {
            let count = shape.iter().product();
            let is_norm = name.ends_with("LayerNorm.weight");
            let numbers = (0..count).map(|_| {
                // The generator of Knuth's MMIX; the high bits are the good ones.
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let number = (seed >> 40) as f32 / 16_777_216.0 - 0.5;
                if is_norm { 1.0 + number } else { number }
            });
            let numbers = numbers.collect();
            tiny.lists
                .insert(name.to_owned(), (shape.to_vec(), numbers));
        };
        list("embeddings.word_embeddings.weight", &[PIECES.len(), WIDTH]);
        list("embeddings.position_embeddings.weight", &[PLACES, WIDTH]);
        list("embeddings.token_type_embeddings.weight", &[2, WIDTH]);
        let mut pair = |name: &str, to: usize, from: Option<usize>| {
            let shape: Vec<usize> = std::iter::once(to).chain(from).collect();
            list(&format!("{name}.weight"), &shape);
            list(&format!("{name}.bias"), &[to]);
        };
        pair("embeddings.LayerNorm", WIDTH, None);
        for layer in 0..LAYERS {
            let of = |part: &str| format!("encoder.layer.{layer}.{part}");
            for part in ["self.query", "self.key", "self.value", "output.dense"] {
                pair(&of(&format!("attention.{part}")), WIDTH, Some(WIDTH));
            }
            pair(&of("attention.output.LayerNorm"), WIDTH, None);
            pair(&of("intermediate.dense"), INSIDE, Some(WIDTH));
            pair(&of("output.dense"), WIDTH, Some(INSIDE));
            pair(&of("output.LayerNorm"), WIDTH, None);
        }
        tiny.bytes = Some(tiny.weights());
        tiny
    }

    pub fn folder(&self) -> Folder<'_> {
        Folder {
            weights: self.bytes.as_deref().unwrap_or_default(),
            tokenizer: &self.tokenizer,
            config: &self.config,
            pooling: &self.pooling,
            prompts: &self.prompts,
        }
    }

    pub fn weights(&self) -> Vec<u8> {
        let bytes: Vec<(&String, &Vec<usize>, Vec<u8>)> = self
            .lists
            .iter()
            .map(|(name, (shape, numbers))| {
                let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
                (name, shape, bytes.collect())
            })
            .collect();
        let view =
            |kind, shape: &Vec<usize>, bytes| TensorView::new(kind, shape.clone(), bytes).unwrap();
        let views = bytes
            .iter()
            .map(|(name, shape, bytes)| (*name, view(Dtype::F32, shape, bytes)));
        let zeros = vec![
            0;
            self.more
                .iter()
                .map(|(_, shape)| shape.iter().product::<usize>())
                .sum()
        ];
        let more = self.more.iter();
        let more = more.map(|(name, shape)| (name, view(Dtype::I8, shape, &zeros)));
        safetensors::serialize(views.chain(more), None).unwrap()
    }

    pub fn rename(&mut self, from: &str, to: &str) {
        let list = self.lists.remove(from).unwrap();
        self.lists.insert(to.to_owned(), list);
        self.bytes = Some(self.weights());
    }

    pub fn fill(&mut self, name: &str, number: f32) {
        self.lists.get_mut(name).unwrap().1.fill(number);
        self.bytes = Some(self.weights());
    }

    pub fn reshape(&mut self, name: &str, shape: Vec<usize>) {
        self.lists.get_mut(name).unwrap().0 = shape;
        self.bytes = Some(self.weights());
    }

    /// Adds a list of zeros, a byte each, so that a large one is made in no time.
    pub fn add(&mut self, name: &str, shape: Vec<usize>) {
        self.more = Some((name.to_owned(), shape));
        self.bytes = Some(self.weights());
    }

    /// The ids of a text's pieces, by the few rules that the texts here need.
    pub fn ids(&self, text: &str) -> Vec<usize> {
        let id = |piece: &str| PIECES.iter().position(|one| *one == piece);
        let text = text.to_lowercase().replace('é', "e").replace('ö', "o");
        let mut spaced = String::new();
        for c in text.chars() {
            match c {
                ',' | ':' | '!' | '用' | '户' => spaced.extend([' ', c, ' ']),
                _ => spaced.push(c),
            }
        }
        let mut ids = vec![2];
        for word in spaced.split_whitespace() {
            match (id(word), word.strip_suffix('s').and_then(id)) {
                (Some(id), _) => ids.push(id),
                (None, Some(id)) => ids.extend([id, 9]),
                (None, None) => ids.push(1),
            }
        }
        ids.push(3);
        ids
    }
}

fn tokenizer() -> String {
    let vocabulary: Vec<String> = PIECES
        .iter()
        .enumerate()
        .map(|(id, piece)| format!("{piece:?}:{id}"))
        .collect();
    let vocabulary = vocabulary.join(",");
    format!(
        r###"{{"normalizer": {{"type": "BertNormalizer", "lowercase": true}},
        "model": {{"type": "WordPiece", "unk_token": "[UNK]",
        "continuing_subword_prefix": "##", "vocab": {{{vocabulary}}}}}}}"###
    )
}
