//! The untyped handle of an open transaction block.

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::sync::Arc;

use crate::call::{Batch, Raw, RawParams, RawRows, batch, raw};
use crate::database::Core;
use crate::error::{Error, Result};
use crate::queue::Frame;
use crate::statement::Changes;

use super::{TransactionMode, transact};

/// An open transaction block; generated types wrap it.
///
/// A handle that outlives its block answers [`Error::TransactionEnded`].
pub struct Transaction {
    core: Arc<Core>,
    frame: Arc<Frame>,
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("has_ended", &self.frame.is_closed())
            .finish_non_exhaustive()
    }
}

impl Transaction {
    pub(crate) fn new(core: Arc<Core>, frame: Arc<Frame>) -> Self {
        Self { core, frame }
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }

    pub(crate) fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }

    /// Runs a nested block: part of this transaction, but an error undoes its own work alone.
    ///
    /// # Errors
    ///
    /// The block's own error, untouched; [`Error::TransactionEnded`] after the end of this block.
    #[track_caller]
    pub fn nested_as<W, T, E, F>(
        &self,
        wrap: fn(Transaction) -> W,
        block: F,
    ) -> impl Future<Output = Result<T, E>> + use<'_, W, T, E, F>
    where
        F: AsyncFnOnce(W) -> Result<T, E>,
        E: From<Error>,
    {
        let mode = TransactionMode::default();
        transact(
            &self.core,
            Some(&self.frame),
            mode,
            wrap,
            block,
            Location::caller(),
        )
    }

    /// Runs one statement that is not generated, and drops its rows.
    ///
    /// # Errors
    ///
    /// As for [`Database::execute_raw`](crate::v1::Database::execute_raw).
    #[track_caller]
    pub fn execute_raw<S, P>(
        &self,
        sql: S,
        params: P,
    ) -> impl Future<Output = Result<Changes>> + Send + use<'_, S, P>
    where
        S: Into<String>,
        P: RawParams,
    {
        let statement = Raw::execute(sql.into(), &params, Location::caller());
        async move { Ok(raw(self, statement).await?.changes) }
    }

    /// Runs one statement that is not generated, and returns its rows.
    ///
    /// # Errors
    ///
    /// As for [`execute_raw`](Self::execute_raw).
    #[track_caller]
    pub fn query_raw<S, P>(
        &self,
        sql: S,
        params: P,
    ) -> impl Future<Output = Result<RawRows>> + Send + use<'_, S, P>
    where
        S: Into<String>,
        P: RawParams,
    {
        let statement = Raw::query(sql.into(), &params, Location::caller());
        async move { Ok(raw(self, statement).await?.rows) }
    }

    /// Runs several writes in one trip; if one fails, none of them has changed anything.
    ///
    /// # Errors
    ///
    /// The first error, whose [`Origin::element`](crate::v1::Origin::element) says which write it was.
    #[track_caller]
    pub fn batch<F>(
        &self,
        fill: F,
    ) -> impl Future<Output = Result<Vec<Changes>>> + Send + use<'_, F>
    where
        F: FnOnce(&mut Batch),
    {
        batch(self, fill, Location::caller())
    }
}
