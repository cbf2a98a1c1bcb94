//! The blocks that a client has open.
//!
//! In: blocks that have begun, by the client's numbers. Out: the frame in which its next request runs, and the blocks as they
//! end. Invariant: blocks end in the order opposite to that of beginning; whatever is left when the client goes is undone from
//! the topmost on.

use std::sync::Arc;

use crate::queue::Frame;
use crate::transaction::Block;

/// A block that a client has begun.
struct Begun {
    number: u64,
    /// The request that has begun it.
    request: u64,
    block: Block,
}

/// The open blocks of a connection, the topmost last.
#[derive(Default)]
pub(super) struct Blocks(Vec<Begun>);

impl Blocks {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// The frame of the topmost block, if it has this number.
    pub(super) fn frame(&self, number: u64) -> Option<&Arc<Frame>> {
        let top = self.0.last()?;
        (top.number == number).then(|| top.block.frame())
    }

    pub(super) fn push(&mut self, number: u64, request: u64, block: Block) {
        self.0.push(Begun {
            number,
            request,
            block,
        });
    }

    /// Hands over the topmost block, if it has this number.
    pub(super) fn pop(&mut self, number: u64) -> Option<Block> {
        let top = self.0.pop_if(|top| top.number == number)?;
        Some(top.block)
    }

    /// Whether statements that come now run in a transaction.
    pub(super) fn transacts(&self) -> bool {
        let top = self.0.last();
        top.is_some_and(|top| top.block.frame().in_transaction())
    }

    /// Takes the block that this request has begun out, with all that are open in it; the topmost first.
    pub(super) fn begun_by(&mut self, request: u64) -> Vec<Block> {
        let at = self.0.iter().position(|begun| begun.request == request);
        self.take_from(at.unwrap_or(self.0.len()))
    }

    /// Takes all out; the topmost first.
    pub(super) fn take(&mut self) -> Vec<Block> {
        self.take_from(0)
    }

    fn take_from(&mut self, at: usize) -> Vec<Block> {
        let begun = self.0.drain(at..).rev();
        begun.map(|begun| begun.block).collect()
    }
}
