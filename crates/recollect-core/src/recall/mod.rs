//! What a model is given: recalled text as data in a fence.

pub mod fence;
