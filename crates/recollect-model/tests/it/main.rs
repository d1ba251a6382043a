//! A tiny model with numbers from a fixed seed, compared with the same reckoned by plain loops,
//! and folders that cannot be used.

#![allow(clippy::unwrap_used)]

mod plain;
mod tiny;

use recollect_model::{Folder, Model, Said};
use tiny::{Tiny, WIDTH};

const TEXTS: [&str; 5] = [
    "",
    "the cache",
    "The caches, the CACHE: café!",
    "unknown wörds 用户 the",
    "the cache fills the disk and the the the the cache cache the disk fills and and the",
];

fn read(tiny: &Tiny) -> Model {
    Model::read(&tiny.folder()).unwrap()
}

#[track_caller]
fn close(found: &[f32], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (f64::from(*found) - expected).abs() < 1e-4,
            "{found}, not {expected}"
        );
    }
}

#[test]
fn a_text_means_what_plain_loops_reckon() {
    let tiny = Tiny::new();
    let model = read(&tiny);
    assert_eq!(model.width(), WIDTH);
    for text in TEXTS {
        let vector = model.embed(text, Said::Memory).unwrap();
        close(
            &vector,
            &plain::embed(&tiny, &tiny.ids(text), plain::gelu, false),
        );
        let length: f32 = vector.iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-4, "{length}");
    }
    let one = model.embed(TEXTS[1], Said::Memory).unwrap();
    assert_ne!(one, model.embed(TEXTS[4], Said::Memory).unwrap());
}

#[test]
fn the_folder_says_how_its_numbers_are_used() {
    let mut tiny = Tiny::new();
    tiny.config = tiny.config.replace("gelu", "relu");
    tiny.pooling = r#"{"pooling_mode_cls_token": true}"#.to_owned();
    tiny.prompts = r#"{"prompts": {"query": "fills ", "passage": "disk "}}"#.to_owned();
    let mut model = read(&tiny);
    let reckon = |text: &str| plain::embed(&tiny, &tiny.ids(text), plain::relu, true);
    close(
        &model.embed("the cache", Said::Question).unwrap(),
        &reckon("fills the cache"),
    );
    close(
        &model.embed("the cache", Said::Memory).unwrap(),
        &reckon("disk the cache"),
    );
    assert_eq!(model.question_prefix(), "fills ");
    model.set_question_prefix("and ");
    close(
        &model.embed("the cache", Said::Question).unwrap(),
        &reckon("and the cache"),
    );
}

#[test]
fn a_text_is_cut_where_the_places_end() {
    let tiny = Tiny::new();
    let model = read(&tiny);
    let long = model
        .embed(&"the cache ".repeat(500), Said::Memory)
        .unwrap();
    let mut ids = tiny.ids(&"the cache ".repeat(500));
    ids.truncate(tiny::PLACES - 1);
    ids.push(tiny.ids("")[1]);
    close(&long, &plain::embed(&tiny, &ids, plain::gelu, false));
}

/// A folder that is changed like this is refused with a message that has all of these words.
#[track_caller]
fn refused(change: impl FnOnce(&mut Tiny), words: &[&str]) {
    let mut tiny = Tiny::new();
    change(&mut tiny);
    let error = Model::read(&tiny.folder()).unwrap_err().to_string();
    for word in words {
        assert!(error.contains(word), "{error:?} does not say {word:?}");
    }
}

#[test]
fn what_cannot_be_used_is_named() {
    refused(
        |tiny| tiny.tokenizer.clear(),
        &["tokenizer.json", "EOF while parsing"],
    );
    refused(
        |tiny| tiny.tokenizer = tiny.tokenizer.replace("WordPiece", "BPE"),
        &["tokenizer.json", "BPE", "WordPiece"],
    );
    refused(
        |tiny| tiny.tokenizer = tiny.tokenizer.replace("[CLS]", "<s>"),
        &["tokenizer.json", "[CLS]"],
    );
    refused(
        |tiny| tiny.tokenizer = tiny.tokenizer.replace("\"disk\":7", "\"disk\":99"),
        &["tokenizer.json", "99"],
    );
    refused(
        |tiny| tiny.config = tiny.config.replace("bert", "roberta"),
        &["config.json", "roberta"],
    );
    refused(
        |tiny| tiny.config = r#"{"num_attention_heads": 3}"#.to_owned(),
        &["config.json", "3 heads", "16"],
    );
    refused(
        |tiny| tiny.pooling = r#"{"pooling_mode_max_tokens": true}"#.to_owned(),
        &["1_Pooling/config.json"],
    );
    refused(
        |tiny| tiny.rename("embeddings.word_embeddings.weight", "shared.weight"),
        &["model.safetensors", "BERT family"],
    );
    refused(
        |tiny| tiny.rename("encoder.layer.1.output.dense.bias", "gone"),
        &[
            "model.safetensors",
            "lacks encoder.layer.1.output.dense.bias",
        ],
    );
    refused(
        |tiny| tiny.reshape("encoder.layer.0.attention.self.key.weight", vec![8, 32]),
        &["model.safetensors", "[8, 32]", "[16, 16]"],
    );
    refused(
        |tiny| tiny.add("more.weight", vec![35_000, 1000]),
        &["model.safetensors", "parameters", "35000000"],
    );
}

#[test]
fn damaged_weights_are_refused_wherever_they_end() {
    let tiny = Tiny::new();
    let weights = tiny.weights();
    for end in (0..weights.len()).step_by(97) {
        let folder = Folder {
            weights: &weights[..end],
            ..tiny.folder()
        };
        let error = Model::read(&folder).unwrap_err();
        assert_eq!(error.file, "model.safetensors");
    }
}

#[test]
fn numbers_with_which_nothing_can_be_reckoned_are_told() {
    let mut tiny = Tiny::new();
    tiny.fill("embeddings.word_embeddings.weight", f32::NAN);
    let error = read(&tiny).embed("the", Said::Memory).unwrap_err();
    assert_eq!(error.file, "model.safetensors");
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_byte_panics(text in ".{0,300}", at in 0_usize..4000, byte: u8) {
        let tiny = Tiny::new();
        let vector = read(&tiny).embed(&text, Said::Question).unwrap();
        assert_eq!(vector.len(), WIDTH);
        let mut weights = tiny.weights();
        weights[at] = byte;
        let folder = Folder { weights: &weights, ..tiny.folder() };
        if let Ok(model) = Model::read(&folder) {
            let _ = model.embed(&text, Said::Memory);
        }
    }
}
