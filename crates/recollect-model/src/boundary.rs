//! What JavaScript sees of a model.

use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::{Folder, Said, model};

/// A model of the BERT family.
#[wasm_bindgen]
pub struct Model(model::Model);

#[wasm_bindgen]
impl Model {
    /// Reads a model from what the files of its folder hold; those that may be missing are empty
    /// then. Throws an error that names the file and what is wrong with it.
    #[wasm_bindgen(constructor)]
    pub fn new(
        weights: Vec<u8>,
        tokenizer: &str,
        config: &str,
        pooling: &str,
        prompts: &str,
    ) -> Result<Self, JsError> {
        console_error_panic_hook::set_once();
        let folder = Folder {
            weights: &weights,
            tokenizer,
            config,
            pooling,
            prompts,
        };
        Ok(Self(model::Model::read(&folder)?))
    }

    /// Numbers of a vector.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.0.width()
    }

    /// What is put before questions; the folder tells it, unless it is set.
    #[wasm_bindgen(getter, js_name = questionPrefix)]
    pub fn question_prefix(&self) -> String {
        self.0.question_prefix().to_owned()
    }

    /// See the getter.
    #[wasm_bindgen(setter, js_name = questionPrefix)]
    pub fn set_question_prefix(&mut self, prefix: &str) {
        self.0.set_question_prefix(prefix);
    }

    /// What a question or a memory means: a vector of the length 1.
    pub fn embed(&self, text: &str, is_question: bool) -> Result<Vec<f32>, JsError> {
        let said = match is_question {
            true => Said::Question,
            false => Said::Memory,
        };
        Ok(self.0.embed(text, said)?)
    }
}
