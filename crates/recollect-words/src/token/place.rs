//! Tokens of a text in its normal form, and where they stand in the text itself.

use super::normal::Normal;
use super::{Sink, Token};

/// Hands tokens on with their places in the original.
pub(super) struct Placed<'a> {
    pub(super) sink: &'a mut dyn Sink,
    pub(super) normal: &'a Normal,
    /// Where in the text the original begins.
    pub(super) start: usize,
}

impl Sink for Placed<'_> {
    fn take_known(&mut self, rest: &[u8], length: usize) -> bool {
        self.sink.take_known(rest, length)
    }

    fn take(&mut self, token: Token<'_>) -> bool {
        self.sink.take(Token {
            start: self.start + self.normal.start(token.start),
            end: self.start + self.normal.end(token.end),
            ..token
        })
    }
}
