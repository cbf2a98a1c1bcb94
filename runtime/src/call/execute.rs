//! Statements that write and give no rows.

use std::future::Future;
use std::panic::Location;

use crate::connection::Connection;
use crate::error::Result;
use crate::statement::{Bound, Changes};

use super::AsyncHandle;
use super::work::Run;

/// A write with its parameters, not run yet.
#[must_use = "a statement does nothing until `execute` runs it"]
pub struct Execute<'c, C, Q> {
    pub(super) on: &'c C,
    pub(super) query: Q,
    pub(super) site: &'static Location<'static>,
}

impl<'c, C, Q> Execute<'c, C, Q> {
    /// Puts a statement and its handle together; generated code calls this.
    #[inline]
    #[track_caller]
    pub fn new(on: &'c C, query: Q) -> Self {
        Self {
            on,
            query,
            site: Location::caller(),
        }
    }
}

impl<'c, C: AsyncHandle, Q: Bound + Send> Execute<'c, C, Q> {
    /// Runs the statement.
    ///
    /// # Errors
    ///
    /// [`Error::Constraint`](crate::Error::Constraint) for a broken rule, and everything a database can answer.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, the statement never runs; dropped while it runs, it runs to its end.
    ///
    /// # Ordering
    ///
    /// Outside of a transaction every watch knows of the change when this resolves.
    pub fn execute(self) -> impl Future<Output = Result<Changes>> + Send + use<'c, C, Q> {
        self.run()
    }
}

impl<C: AsyncHandle, Q: Bound + Send> Execute<'_, C, Q> {
    async fn run(self) -> Result<Changes> {
        self.on.reach().at(self.site).perform(Run(self.query)).await
    }
}

impl<Q: Bound> Execute<'_, Connection, Q> {
    /// Runs the statement.
    ///
    /// # Errors
    ///
    /// [`Error::ReadOnly`](crate::Error::ReadOnly) on a connection that only reads,
    /// [`Error::Constraint`](crate::Error::Constraint) for a broken rule, and everything SQLite can answer.
    pub fn execute(self) -> Result<Changes> {
        self.on.perform(&Run(self.query), self.site)
    }
}
