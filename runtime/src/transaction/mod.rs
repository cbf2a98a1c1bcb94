//! Transaction blocks.
//!
//! In: an `async |tx|` block. Out: its value with everything committed, or its error with everything undone.
//! `block` is the guard that keeps a frame open and closes it on every way out; this file is the story.

mod block;
mod handle;
mod mode;

use std::panic::Location;
use std::sync::Arc;

use crate::database::Core;
use crate::error::{Error, Origin};
use crate::queue::{Frame, scope};
use crate::trace::Span;

pub(crate) use self::block::Block;
pub use self::handle::Transaction;
pub use self::mode::TransactionMode;

/// Runs a block in a transaction, or in a savepoint if the first poll finds itself inside a transaction already.
pub(crate) async fn transact<W, T, E, F>(
    core: &Arc<Core>,
    own: Option<&Arc<Frame>>,
    mode: TransactionMode,
    wrap: fn(Transaction) -> W,
    block: F,
    site: &'static Location<'static>,
) -> Result<T, E>
where
    F: AsyncFnOnce(W) -> Result<T, E>,
    E: From<Error>,
{
    let span = Span::transaction(mode.begin());
    let asked = span.clock();
    let open = Block::begin(core, own, Some(mode), site.into()).await?;
    span.waited(asked);
    let handle = wrap(Transaction::new(Arc::clone(core), Arc::clone(open.frame())));
    // The guard is declared before the block's future, so the future is dropped first on every way out.
    let began = span.clock();
    let inside = scope::inside(Arc::clone(open.frame()), block(handle));
    let outcome = span.around(inside).await;
    let ended = end(open, outcome).await;
    span.ran(began);
    span.ended(ended.is_ok());
    ended
}

/// Runs a block that has the queue for itself, outside of transactions.
pub(crate) async fn exclude<W, T, E, F>(
    core: &Arc<Core>,
    handle: W,
    block: F,
    site: &'static Location<'static>,
) -> Result<T, E>
where
    F: AsyncFnOnce(W) -> Result<T, E>,
    E: From<Error>,
{
    if core.place(None).in_transaction() {
        let origin = Some(Box::new(Origin::raw("exclusive", String::new(), site)));
        let reason = "an `exclusive` block cannot begin within a transaction: put it around".into();
        return Err(Error::Refused { reason, origin }.into());
    }
    let span = Span::transaction("exclusive");
    let asked = span.clock();
    let open = Block::begin(core, None, None, site.into()).await?;
    span.waited(asked);
    // The guard is declared before the block's future, so the future is dropped first on every way out.
    let began = span.clock();
    let inside = scope::inside(Arc::clone(open.frame()), block(handle));
    let outcome = span.around(inside).await;
    let ended = end(open, outcome).await;
    span.ran(began);
    span.ended(ended.is_ok());
    ended
}

/// Ends the block as its outcome says.
async fn end<T, E: From<Error>>(open: Block, outcome: Result<T, E>) -> Result<T, E> {
    match outcome {
        Ok(value) => {
            open.commit().await?;
            Ok(value)
        }
        Err(error) => {
            // The caller's error comes back untouched; a ROLLBACK that fails closes the database.
            open.roll_back().await;
            Err(error)
        }
    }
}
