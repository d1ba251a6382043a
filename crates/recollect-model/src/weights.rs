//! The numbers of a model, each list by its name and checked for its shape.

use ndarray::{Array1, Array2, ArrayView2, Axis};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use crate::Error;
use crate::folder::WEIGHTS;

/// The most numbers a model may have: one with more would take seconds for a text.
pub const MOST_PARAMETERS: usize = 35_000_000;

/// What tells a model of this family.
pub(crate) const WORDS: &str = "embeddings.word_embeddings.weight";

/// What is wrong with the weights.
pub(crate) fn wrong(problem: impl Into<String>) -> Error {
    Error::new(WEIGHTS, problem)
}

/// The lists of numbers in a file.
pub(crate) struct Weights<'a> {
    file: SafeTensors<'a>,
    /// What stands before all names.
    prefix: &'static str,
    epsilon: f32,
}

/// A layer that weighs and adds.
#[derive(Debug)]
pub(crate) struct Linear {
    /// A column for each number that comes out.
    weight: Array2<f32>,
    bias: Array1<f32>,
}

/// A layer that evens the numbers of each row out.
#[derive(Debug)]
pub(crate) struct Norm {
    weight: Array1<f32>,
    bias: Array1<f32>,
    epsilon: f32,
}

impl<'a> Weights<'a> {
    /// Reads which lists there are; no numbers yet.
    pub(crate) fn read(bytes: &'a [u8], epsilon: f32) -> Result<Self, Error> {
        let file = SafeTensors::deserialize(bytes)
            .map_err(|error| wrong(format!("it is damaged or no such file: {error}")))?;
        let numbers = file.iter().map(|(_, list)| {
            let sizes = list.shape().iter();
            sizes.fold(1_usize, |product, size| product.saturating_mul(*size))
        });
        let numbers = numbers.fold(0, usize::saturating_add);
        if numbers > MOST_PARAMETERS {
            return Err(wrong(format!(
                "the model has {numbers} parameters, more than the {MOST_PARAMETERS} allowed"
            )));
        }
        let has = |prefix: &str| file.tensor(&[prefix, WORDS].concat()).is_ok();
        let prefixes = ["", "bert.", "model."].into_iter();
        let Some(prefix) = prefixes.into_iter().find(|prefix| has(prefix)) else {
            return Err(wrong(format!(
                "it has no {WORDS}, so it is no model of the BERT family"
            )));
        };
        Ok(Self {
            file,
            prefix,
            epsilon,
        })
    }

    /// Whether there is a list of a name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.view(name).is_ok()
    }

    /// The rows and columns of a list.
    pub(crate) fn size(&self, name: &str) -> Result<(usize, usize), Error> {
        match *self.view(name)?.shape() {
            [rows, columns] if rows > 0 && columns > 0 => Ok((rows, columns)),
            ref other => Err(wrong(format!(
                "{name} has the shape {other:?}, not rows and columns"
            ))),
        }
    }

    /// A list of rows, which must be so many of so many.
    pub(crate) fn rows(
        &self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Array2<f32>, Error> {
        let numbers = self.numbers(name, &[rows, columns])?;
        Array2::from_shape_vec((rows, columns), numbers)
            .map_err(|error| wrong(format!("{name}: {error}")))
    }

    fn row(&self, name: &str, columns: usize) -> Result<Array1<f32>, Error> {
        Ok(Array1::from_vec(self.numbers(name, &[columns])?))
    }

    /// A layer that weighs and adds, from `from` numbers to `to`.
    pub(crate) fn linear(&self, name: &str, from: usize, to: usize) -> Result<Linear, Error> {
        Ok(Linear {
            weight: self
                .rows(&format!("{name}.weight"), to, from)?
                .reversed_axes(),
            bias: self.row(&format!("{name}.bias"), to)?,
        })
    }

    /// A layer that evens numbers out.
    pub(crate) fn norm(&self, name: &str, width: usize) -> Result<Norm, Error> {
        Ok(Norm {
            weight: self.row(&format!("{name}.weight"), width)?,
            bias: self.row(&format!("{name}.bias"), width)?,
            epsilon: self.epsilon,
        })
    }

    fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let view = self.view(name)?;
        if view.shape() != shape {
            let found = view.shape();
            return Err(wrong(format!(
                "{name} has the shape {found:?}, not {shape:?}"
            )));
        }
        let (pairs, fours) = (view.data().as_chunks().0, view.data().as_chunks().0);
        match view.dtype() {
            Dtype::F32 => Ok(fours
                .iter()
                .map(|bytes| f32::from_le_bytes(*bytes))
                .collect()),
            Dtype::F16 => {
                let half = |bytes: &[u8; 2]| of_half(u16::from_le_bytes(*bytes));
                Ok(pairs.iter().map(half).collect())
            }
            Dtype::BF16 => {
                let upper = |bytes: &[u8; 2]| u32::from(u16::from_le_bytes(*bytes)) << 16;
                Ok(pairs
                    .iter()
                    .map(|bytes| f32::from_bits(upper(bytes)))
                    .collect())
            }
            other => Err(wrong(format!(
                "{name} is of the type {other:?}, not F32, F16 or BF16"
            ))),
        }
    }

    fn view(&self, name: &str) -> Result<TensorView<'a>, Error> {
        let found = self.file.tensor(&[self.prefix, name].concat());
        found.map_err(|_| wrong(format!("it lacks {name}")))
    }
}

/// A number of 16 bits, as IEEE 754 has it.
fn of_half(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023) / 1024.0);
    let size = match exponent {
        0 => fraction * (-14_f32).exp2(),
        31 if fraction > 0.0 => f32::NAN,
        31 => f32::INFINITY,
        _ => (1.0 + fraction) * ((exponent - 15) as f32).exp2(),
    };
    if bits >> 15 == 1 { -size } else { size }
}

impl Linear {
    pub(crate) fn of(&self, rows: &ArrayView2<'_, f32>) -> Array2<f32> {
        rows.dot(&self.weight) + &self.bias
    }
}

impl Norm {
    pub(crate) fn even_out(&self, rows: &mut Array2<f32>) {
        for mut row in rows.axis_iter_mut(Axis(0)) {
            let count = row.len() as f32;
            let mean = row.sum() / count;
            row -= mean;
            let spread = row.iter().map(|number| number * number).sum::<f32>() / count;
            row *= 1.0 / (spread + self.epsilon).sqrt();
            row *= &self.weight;
            row += &self.bias;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_16_bits_are_read() {
        for (bits, number) in [
            (0x0000, 0.0),
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7BFF, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0xFC00, f32::NEG_INFINITY),
        ] {
            assert_eq!(of_half(bits), number, "{bits:x}");
        }
        assert!(of_half(0x7E00).is_nan());
    }
}
