//! The runtime's guard of an open block.

#[path = "../../../runtime/src/transaction/block.rs"]
mod block;

pub(crate) use self::block::Block;

/// How a transaction begins; here there is one way.
#[derive(Clone, Copy, Default)]
pub(crate) struct TransactionMode;

impl TransactionMode {
    pub(crate) fn begin(self) -> &'static str {
        "BEGIN"
    }
}
