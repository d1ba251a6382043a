//! A model and what it makes of a text.

use ndarray::{Array1, Array2, ArrayViewMut1, Axis, Slice};

use crate::Error;
use crate::bend::bend;
use crate::folder::{Activation, CONFIG, Folder, Shape, TOKENIZER};
use crate::pieces::Pieces;
use crate::weights::{Linear, Norm, WORDS, Weights, wrong};

/// A text is known by its first pieces.
const MOST_PIECES: usize = 256;

/// What a text is; some models are told before each.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Said {
    /// What is looked for.
    Question,
    /// What is found.
    Memory,
}

/// A model of the BERT family. Texts are given to it one at a time, so that no piece of it
/// attends to filling, and the mean is over what is there.
#[derive(Debug)]
pub struct Model {
    pieces: Pieces,
    shape: Shape,
    heads: usize,
    width: usize,
    words: Array2<f32>,
    places: Array2<f32>,
    /// What is added to each piece of a text that stands alone.
    kind: Array1<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attended_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

impl Model {
    /// Reads a model.
    ///
    /// # Errors
    ///
    /// Names the file and what is wrong with it: what is missing or damaged, no model of the
    /// family, too large, or of parts that do not fit each other.
    pub fn read(folder: &Folder<'_>) -> Result<Self, Error> {
        let shape = Shape::of(folder)?;
        let pieces = Pieces::read(folder.tokenizer)?;
        let weights = Weights::read(folder.weights, shape.epsilon)?;
        let (vocabulary, width) = weights.size(WORDS)?;
        if pieces.greatest() as usize >= vocabulary {
            return Err(Error::new(
                TOKENIZER,
                format!(
                    "its vocabulary goes up to {}, and the model knows {vocabulary} pieces",
                    pieces.greatest()
                ),
            ));
        }
        let heads = shape.heads.unwrap_or_else(|| usual_heads(width));
        if heads == 0 || !width.is_multiple_of(heads) {
            let problem = format!("{heads} heads do not part a width of {width}");
            return Err(Error::new(CONFIG, problem));
        }
        let of_places = "embeddings.position_embeddings.weight";
        let of_kinds = "embeddings.token_type_embeddings.weight";
        let (places, kinds) = (weights.size(of_places)?.0, weights.size(of_kinds)?.0);
        if places < 2 {
            return Err(wrong(format!("{of_places} has but {places} row")));
        }
        let kinds = weights.rows(of_kinds, kinds, width)?;
        let mut layers = Vec::new();
        while weights.has(&format!("{}.attention.self.query.weight", layer(&layers))) {
            layers.push(Layer::read(&weights, &layer(&layers), width)?);
        }
        if layers.is_empty() {
            return Err(wrong("it has no layer of attention"));
        }
        Ok(Self {
            words: weights.rows(WORDS, vocabulary, width)?,
            places: weights.rows(of_places, places, width)?,
            kind: kinds.row(0).to_owned(),
            norm: weights.norm("embeddings.LayerNorm", width)?,
            pieces,
            shape,
            heads,
            width,
            layers,
        })
    }

    /// How many numbers a vector has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// What is put before questions.
    #[must_use]
    pub fn question_prefix(&self) -> &str {
        &self.shape.question_prefix
    }

    /// Puts something else before questions.
    pub fn set_question_prefix(&mut self, prefix: &str) {
        prefix.clone_into(&mut self.shape.question_prefix);
    }

    /// What a text means: a vector of the length 1.
    ///
    /// # Errors
    ///
    /// Where the weights are of numbers with which nothing can be reckoned.
    pub fn embed(&self, text: &str, said: Said) -> Result<Vec<f32>, Error> {
        let prefix = match said {
            Said::Question => &self.shape.question_prefix,
            Said::Memory => &self.shape.memory_prefix,
        };
        let most = self.places.nrows().min(MOST_PIECES);
        let ids = self.pieces.of(&[prefix, text].concat(), most);
        let vector = self.pooled(&ids);
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        if !length.is_finite() || length <= 0.0 {
            return Err(wrong("its numbers are not such that something comes out"));
        }
        Ok(vector.into_iter().map(|value| value / length).collect())
    }

    fn pooled(&self, ids: &[u32]) -> Array1<f32> {
        let mut state = Array2::zeros((ids.len(), self.width));
        for (place, id) in ids.iter().enumerate() {
            let mut row = state.row_mut(place);
            row += &self.words.row(*id as usize);
            row += &self.places.row(place);
            row += &self.kind;
        }
        self.norm.even_out(&mut state);
        for layer in &self.layers {
            state = layer.of(state, self.heads, self.shape.activation);
        }
        match self.shape.is_by_first {
            true => state.row(0).to_owned(),
            false => state.sum_axis(Axis(0)),
        }
    }
}

impl Layer {
    fn read(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, Error> {
        let of = |part: &str| format!("{name}.{part}");
        let square = |part: &str| weights.linear(&of(part), width, width);
        let inner = of("intermediate.dense");
        let inside = weights.size(&format!("{inner}.weight"))?.0;
        Ok(Self {
            query: square("attention.self.query")?,
            key: square("attention.self.key")?,
            value: square("attention.self.value")?,
            attended: square("attention.output.dense")?,
            attended_norm: weights.norm(&of("attention.output.LayerNorm"), width)?,
            inner: weights.linear(&inner, width, inside)?,
            outer: weights.linear(&of("output.dense"), inside, width)?,
            outer_norm: weights.norm(&of("output.LayerNorm"), width)?,
        })
    }

    fn of(&self, state: Array2<f32>, heads: usize, activation: Activation) -> Array2<f32> {
        let view = state.view();
        let [query, key, value] = [&self.query, &self.key, &self.value].map(|of| of.of(&view));
        let each = state.ncols() / heads;
        let scale = 1.0 / (each as f32).sqrt();
        let mut attended = Array2::zeros(state.raw_dim());
        for head in 0..heads {
            let part = Slice::from(head * each..(head + 1) * each);
            let mut scores = query
                .slice_axis(Axis(1), part)
                .dot(&key.slice_axis(Axis(1), part).t());
            scores *= scale;
            for row in scores.rows_mut() {
                share_out(row);
            }
            attended
                .slice_axis_mut(Axis(1), part)
                .assign(&scores.dot(&value.slice_axis(Axis(1), part)));
        }
        let mut state = self.attended.of(&attended.view()) + state;
        self.attended_norm.even_out(&mut state);
        let mut inner = self.inner.of(&state.view());
        inner.mapv_inplace(|number| bend(activation, number));
        let mut state = self.outer.of(&inner.view()) + state;
        self.outer_norm.even_out(&mut state);
        state
    }
}

/// Turns scores into shares of 1: softmax.
fn share_out(mut scores: ArrayViewMut1<'_, f32>) {
    let most = scores.fold(f32::NEG_INFINITY, |most, score| most.max(*score));
    scores.mapv_inplace(|score| (score - most).exp());
    let whole = scores.sum();
    scores /= whole;
}

/// Name of the layer behind those that were read.
fn layer(before: &[Layer]) -> String {
    format!("encoder.layer.{}", before.len())
}

/// How many heads small models of that width have, where it is told nowhere.
fn usual_heads(width: usize) -> usize {
    match width {
        312 | 384 => 12,
        _ => width / 64,
    }
}
