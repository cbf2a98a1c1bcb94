//! The runtime's guard of an open block, file by file.

#[path = "../../../runtime/src/transaction/block.rs"]
mod block;
#[path = "../../../runtime/src/transaction/mode.rs"]
mod mode;

pub(crate) use self::block::Block;
pub(crate) use self::mode::TransactionMode;
