//! What a model makes of a text, by loops over single numbers of 64 bits: slow, and easy to see
//! through.

use super::tiny::{HEADS, LAYERS, Tiny, WIDTH};

type Rows = Vec<Vec<f64>>;

/// The vector of the length 1 for a text's pieces.
pub fn embed(tiny: &Tiny, ids: &[usize], bend: fn(f64) -> f64, is_by_first: bool) -> Vec<f64> {
    let list = |name: &str| -> Rows {
        let (shape, numbers) = &tiny.lists[name];
        let columns = *shape.last().unwrap();
        let row = |row: &[f32]| row.iter().map(|number| f64::from(*number)).collect();
        numbers.chunks(columns).map(row).collect()
    };
    let weigh = |name: &str, rows: &Rows| -> Rows {
        let weight = list(&format!("{name}.weight"));
        let bias = list(&format!("{name}.bias")).remove(0);
        let of = |row: &Vec<f64>| {
            weight
                .iter()
                .zip(&bias)
                .map(|(w, b)| dot(w, row) + b)
                .collect()
        };
        rows.iter().map(of).collect()
    };
    let even = |name: &str, rows: Rows| -> Rows {
        let weight = list(&format!("{name}.weight")).remove(0);
        let bias = list(&format!("{name}.bias")).remove(0);
        let of = |row: Vec<f64>| -> Vec<f64> {
            let count = row.len() as f64;
            let mean = row.iter().sum::<f64>() / count;
            let spread = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
            let scale = 1.0 / (spread + 1e-12).sqrt();
            let each = row.iter().zip(&weight).zip(&bias);
            each.map(|((x, w), b)| (x - mean) * scale * w + b).collect()
        };
        rows.into_iter().map(of).collect()
    };
    let words = list("embeddings.word_embeddings.weight");
    let places = list("embeddings.position_embeddings.weight");
    let kind = list("embeddings.token_type_embeddings.weight").remove(0);
    let begin = ids.iter().zip(places);
    let begin = begin.map(|(id, place)| add(&add(&words[*id], &place), &kind));
    let mut state = even("embeddings.LayerNorm", begin.collect());
    for layer in 0..LAYERS {
        let of = |part: &str| format!("encoder.layer.{layer}.{part}");
        let [query, key, value] = ["query", "key", "value"]
            .map(|part| weigh(&of(&format!("attention.self.{part}")), &state));
        let attended = attend(&query, &key, &value);
        let attended = weigh(&of("attention.output.dense"), &attended);
        state = even(&of("attention.output.LayerNorm"), sum(&attended, &state));
        let mut inner = weigh(&of("intermediate.dense"), &state);
        for number in inner.iter_mut().flatten() {
            *number = bend(*number);
        }
        let outer = weigh(&of("output.dense"), &inner);
        state = even(&of("output.LayerNorm"), sum(&outer, &state));
    }
    let pooled = match is_by_first {
        true => state.remove(0),
        false => state
            .iter()
            .fold(vec![0.0; WIDTH], |sum, row| add(&sum, row)),
    };
    let length = dot(&pooled, &pooled).sqrt();
    pooled.iter().map(|number| number / length).collect()
}

fn attend(query: &Rows, key: &Rows, value: &Rows) -> Rows {
    let each = WIDTH / HEADS;
    let mut rows = vec![vec![0.0; WIDTH]; query.len()];
    for head in 0..HEADS {
        let part = head * each..(head + 1) * each;
        for (row, query) in rows.iter_mut().zip(query) {
            let score = |key: &Vec<f64>| {
                (dot(&query[part.clone()], &key[part.clone()]) / (each as f64).sqrt()).exp()
            };
            let scores: Vec<f64> = key.iter().map(score).collect();
            let whole: f64 = scores.iter().sum();
            for (score, value) in scores.iter().zip(value) {
                for at in part.clone() {
                    row[at] += score / whole * value[at];
                }
            }
        }
    }
    rows
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn add(one: &[f64], other: &[f64]) -> Vec<f64> {
    one.iter().zip(other).map(|(a, b)| a + b).collect()
}

fn sum(one: &Rows, other: &Rows) -> Rows {
    one.iter().zip(other).map(|(a, b)| add(a, b)).collect()
}

pub fn relu(x: f64) -> f64 {
    x.max(0.0)
}

/// `x` times the share of a normal distribution below it.
pub fn gelu(x: f64) -> f64 {
    x * 0.5 * (1.0 + erf(x / std::f64::consts::SQRT_2))
}

/// The error function by its power series, which is enough for small numbers.
fn erf(x: f64) -> f64 {
    let mut term = x;
    let mut sum = x;
    for n in 1..200 {
        let n = f64::from(n);
        term *= -x * x / n;
        sum += term / (2.0 * n + 1.0);
    }
    sum * std::f64::consts::FRAC_2_SQRT_PI
}
