//! Statements that only read.

use std::future::Future;
use std::marker::PhantomData;
use std::panic::Location;

use crate::connection::Connection;
use crate::database::Database;
use crate::error::Result;
use crate::statement::Query;
use crate::watch::Watch;

use super::work::Read;
use super::{AsyncHandle, AtMostOne, Gather, List, One};

/// A query with its parameters, not run yet.
///
/// On a database or a transaction its methods are asynchronous, on the connection of a closure they are not.
/// Nothing runs before the future is awaited.
#[must_use = "a query does nothing until one of its methods runs it"]
pub struct Select<'c, C, Q> {
    on: &'c C,
    query: Q,
    site: &'static Location<'static>,
}

impl<'c, C, Q> Select<'c, C, Q> {
    /// Puts a query and its handle together; generated code calls this.
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

impl<'c, C: AsyncHandle, Q: Query + Send> Select<'c, C, Q> {
    /// Returns all rows.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`](crate::Error::Convert) for a column that does not fit, and everything a database can answer.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, the query never runs.
    pub fn list(self) -> impl Future<Output = Result<Vec<Q::Row>>> + Send + use<'c, C, Q> {
        self.gather::<List<Q::Row>>()
    }

    /// Returns the one row there is.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is none or more than one; otherwise as for [`list`](Self::list).
    pub fn one(self) -> impl Future<Output = Result<Q::Row>> + Send + use<'c, C, Q> {
        self.gather::<One<Q::Row>>()
    }

    /// Returns the row if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is more than one; otherwise as for [`list`](Self::list).
    pub fn optional(self) -> impl Future<Output = Result<Option<Q::Row>>> + Send + use<'c, C, Q> {
        self.gather::<AtMostOne<Q::Row>>()
    }

    async fn gather<G: Gather<Q::Row>>(self) -> Result<G::Out> {
        let work = Read::<Q, G>(self.query, PhantomData);
        self.on.reach().at(self.site).perform(work).await
    }
}

impl<Q: Query> Select<'_, Database, Q> {
    /// Watches the result: the current rows first, then all rows again after each commit that may have changed them.
    ///
    /// Must be polled outside of transactions of this database; inside one its items are
    /// [`Error::Deadlock`](crate::Error::Deadlock).
    pub fn watch(self) -> Watch<Vec<Q::Row>> {
        Watch::new::<Q>(self.on, &self.query, self.site)
    }
}

impl<Q: Query> Select<'_, Connection, Q> {
    /// Returns all rows.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`](crate::Error::Convert) for a column that does not fit, and everything SQLite can answer.
    pub fn list(self) -> Result<Vec<Q::Row>> {
        self.on
            .perform(&Read::<Q, List<Q::Row>>(self.query, PhantomData), self.site)
    }

    /// Returns the one row there is.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is none or more than one; otherwise as for [`list`](Self::list).
    pub fn one(self) -> Result<Q::Row> {
        self.on
            .perform(&Read::<Q, One<Q::Row>>(self.query, PhantomData), self.site)
    }

    /// Returns the row if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is more than one; otherwise as for [`list`](Self::list).
    pub fn optional(self) -> Result<Option<Q::Row>> {
        self.on.perform(
            &Read::<Q, AtMostOne<Q::Row>>(self.query, PhantomData),
            self.site,
        )
    }
}
