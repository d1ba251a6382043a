//! The files of a model's folder, and what those say that hold no weights.

use serde::Deserialize;

use crate::Error;

/// Names of the files, as models of this family are published.
pub const WEIGHTS: &str = "model.safetensors";
/// See [`WEIGHTS`].
pub const TOKENIZER: &str = "tokenizer.json";
/// See [`WEIGHTS`].
pub const CONFIG: &str = "config.json";
/// See [`WEIGHTS`].
pub const POOLING: &str = "1_Pooling/config.json";
/// See [`WEIGHTS`].
pub const PROMPTS: &str = "config_sentence_transformers.json";

/// What the files of a folder hold. Those that may be missing are empty then.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folder<'a> {
    /// `model.safetensors`.
    pub weights: &'a [u8],
    /// `tokenizer.json`.
    pub tokenizer: &'a str,
    /// `config.json`; without it the number of heads is guessed from the width.
    pub config: &'a str,
    /// `1_Pooling/config.json`; without it the mean of all pieces is taken.
    pub pooling: &'a str,
    /// `config_sentence_transformers.json`; without it nothing is put before a text.
    pub prompts: &'a str,
}

/// How the numbers are to be used.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Heads of attention, if it is told.
    pub(crate) heads: Option<usize>,
    pub(crate) epsilon: f32,
    pub(crate) activation: Activation,
    /// Whether the first piece alone stands for the text, and not the mean of all.
    pub(crate) is_by_first: bool,
    pub(crate) question_prefix: String,
    pub(crate) memory_prefix: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Activation {
    Gelu,
    GeluByTanh,
    Relu,
}

#[derive(Default, Deserialize)]
struct Config {
    model_type: Option<String>,
    num_attention_heads: Option<usize>,
    layer_norm_eps: Option<f32>,
    hidden_act: Option<String>,
    position_embedding_type: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Pooling {
    pooling_mode: Option<String>,
    pooling_mode_cls_token: bool,
    pooling_mode_mean_tokens: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    prompts: Prompts,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Prompts {
    query: String,
    document: String,
    passage: String,
}

impl Shape {
    pub(crate) fn of(folder: &Folder<'_>) -> Result<Self, Error> {
        let config: Config = read(CONFIG, folder.config)?;
        let pooling: Pooling = read(POOLING, folder.pooling)?;
        let Prompts {
            query,
            document,
            passage,
        } = read::<Named>(PROMPTS, folder.prompts)?.prompts;
        if let Some(other) = config.model_type.filter(|name| name != "bert") {
            return wrong(CONFIG, format!("the model_type is {other}, not bert"));
        }
        if let Some(other) = config.position_embedding_type.filter(|of| of != "absolute") {
            let problem = format!("the position_embedding_type is {other}, not absolute");
            return wrong(CONFIG, problem);
        }
        let activation = match config.hidden_act.as_deref() {
            None | Some("gelu") => Activation::Gelu,
            Some("gelu_new" | "gelu_pytorch_tanh" | "gelu_fast") => Activation::GeluByTanh,
            Some("relu") => Activation::Relu,
            Some(other) => {
                let problem = format!("the hidden_act is {other}, not gelu or relu");
                return wrong(CONFIG, problem);
            }
        };
        let epsilon = config.layer_norm_eps.unwrap_or(1e-12);
        if !(0.0..1.0).contains(&epsilon) {
            return wrong(CONFIG, format!("layer_norm_eps is {epsilon}"));
        }
        let is_by_first = match pooling.pooling_mode.as_deref() {
            Some("cls") => true,
            Some("mean") => false,
            Some(other) => {
                let problem = format!("the pooling_mode is {other}, not mean or cls");
                return wrong(POOLING, problem);
            }
            None if folder.pooling.is_empty() || pooling.pooling_mode_mean_tokens => false,
            None if pooling.pooling_mode_cls_token => true,
            None => return wrong(POOLING, "it pools by neither the mean nor the first".into()),
        };
        Ok(Self {
            heads: config.num_attention_heads,
            epsilon,
            activation,
            is_by_first,
            question_prefix: query,
            memory_prefix: if document.is_empty() {
                passage
            } else {
                document
            },
        })
    }
}

/// Reads a file that may be missing.
fn read<T: Default + for<'a> Deserialize<'a>>(file: &'static str, text: &str) -> Result<T, Error> {
    if text.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_str(text).map_err(|error| Error::new(file, error.to_string()))
}

fn wrong<T>(file: &'static str, problem: String) -> Result<T, Error> {
    Err(Error::new(file, problem))
}
