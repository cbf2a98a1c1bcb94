//! One write for many sets of parameters.

use std::future::Future;
use std::panic::Location;

use crate::connection::Connection;
use crate::error::{Origin, Result};
use crate::statement::{Bound, Changes, Statement};
use crate::value::Adapters;

use super::bundle::{self, Bundle};
use super::{AnyHandle, AsyncHandle};

/// A write with many sets of parameters, not run yet: one transaction, one prepared statement, one notification.
///
/// The parameters are bound when this is made, into values of its own. Without any set of them nothing happens.
#[derive(Debug)]
#[must_use = "a statement does nothing until `execute` runs it"]
pub struct ExecuteMany<'c, C> {
    on: &'c C,
    bundle: Bundle,
    site: &'static Location<'static>,
}

impl<'c, C> ExecuteMany<'c, C> {
    /// Begins without parameters; generated code calls this.
    #[track_caller]
    pub fn new(on: &'c C) -> Self {
        Self {
            on,
            bundle: Bundle::default(),
            site: Location::caller(),
        }
    }

    /// Adds one set of parameters; generated code calls this.
    pub fn add<Q: Bound>(&mut self, query: &Q) {
        self.bundle.add(query, &Adapters::NONE, self.site);
    }
}

impl<C: AnyHandle> ExecuteMany<'_, C> {
    /// Does the same as [`add`](Self::add) for a statement whose parameters pass adapters.
    pub fn add_adapted<Q: Bound>(&mut self, query: &Q) {
        let adapters = &self.on.reach().core.adapters;
        self.bundle.add(query, adapters, self.site);
    }
}

impl<'c, C: AsyncHandle> ExecuteMany<'c, C> {
    /// Runs the statement once for each set of parameters, in their order.
    ///
    /// Returns the sum of the changed rows and the last rowid.
    ///
    /// # Errors
    ///
    /// The first error, whose [`Origin::element`] says which set of parameters it came from; then none of them has
    /// changed anything.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, nothing runs; dropped while it runs, all of it runs.
    pub fn execute(self) -> impl Future<Output = Result<Changes>> + Send + use<'c, C> {
        self.run()
    }
}

impl<C: AsyncHandle> ExecuteMany<'_, C> {
    async fn run(self) -> Result<Changes> {
        let statement = self.bundle.first();
        sum(
            bundle::perform(self.on, self.bundle, self.site).await,
            statement,
            self.site,
        )
    }
}

impl ExecuteMany<'_, Connection> {
    /// Runs the statement once for each set of parameters, in their order.
    ///
    /// Returns the sum of the changed rows and the last rowid.
    ///
    /// # Errors
    ///
    /// The first error, whose [`Origin::element`] says which set of parameters it came from; then none of them has
    /// changed anything.
    pub fn execute(self) -> Result<Changes> {
        let statement = self.bundle.first();
        sum(
            bundle::perform_on(self.on, self.bundle),
            statement,
            self.site,
        )
    }
}

fn sum(
    ran: Result<Vec<Changes>>,
    statement: Option<&'static Statement>,
    site: &'static Location<'static>,
) -> Result<Changes> {
    match (ran, statement) {
        (Ok(ran), _) => Ok(Changes::new(
            ran.iter().map(|changes| changes.rows).sum(),
            ran.last().map_or(0, |changes| changes.last_rowid),
        )),
        (Err(error), Some(statement)) => Err(error.at(|| Origin::new(statement, Some(site)))),
        (Err(error), None) => Err(error),
    }
}
