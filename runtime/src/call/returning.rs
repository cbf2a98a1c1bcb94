//! Statements that write and give rows.

use std::future::Future;
use std::marker::PhantomData;
use std::panic::Location;

use crate::connection::Connection;
use crate::error::Result;
use crate::statement::Query;

use super::work::WriteAndRead;
use super::{AsyncHandle, AtMostOne, Gather, List, One};

/// A write with a RETURNING clause and its parameters, not run yet.
///
/// A wrong number of rows, or a row that cannot be read, undoes the statement before anything is committed. So a
/// statement that runs on the database's thread has its rows read there first, and once more for the caller:
/// conversions of your own run twice then.
#[must_use = "a statement does nothing until one of its methods runs it"]
pub struct Returning<'c, C, Q> {
    on: &'c C,
    query: Q,
    site: &'static Location<'static>,
}

impl<'c, C, Q> Returning<'c, C, Q> {
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

impl<'c, C: AsyncHandle, Q: Query + Send> Returning<'c, C, Q> {
    /// Returns all rows.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`](crate::Error::Convert) for a column that does not fit, and everything a database can answer.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, the statement never runs; dropped while it runs, it runs to its end.
    pub fn list(self) -> impl Future<Output = Result<Vec<Q::Row>>> + Send + use<'c, C, Q> {
        self.gather::<List<Q>>()
    }

    /// Returns the one row there is.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is none or more than one; otherwise as for [`list`](Self::list).
    pub fn one(self) -> impl Future<Output = Result<Q::Row>> + Send + use<'c, C, Q> {
        self.gather::<One<Q>>()
    }

    /// Returns the row if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is more than one; otherwise as for [`list`](Self::list).
    pub fn optional(self) -> impl Future<Output = Result<Option<Q::Row>>> + Send + use<'c, C, Q> {
        self.gather::<AtMostOne<Q>>()
    }

    async fn gather<G: Gather<Q>>(self) -> Result<G::Out> {
        let work = WriteAndRead::<Q, G>(self.query, PhantomData);
        self.on.reach().at(self.site).perform(work).await
    }
}

impl<Q: Query> Returning<'_, Connection, Q> {
    /// Returns all rows.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`](crate::Error::Convert) for a column that does not fit, and everything SQLite can answer.
    pub fn list(self) -> Result<Vec<Q::Row>> {
        self.on.perform(
            &WriteAndRead::<Q, List<Q>>(self.query, PhantomData),
            self.site,
        )
    }

    /// Returns the one row there is.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is none or more than one; otherwise as for [`list`](Self::list).
    pub fn one(self) -> Result<Q::Row> {
        self.on.perform(
            &WriteAndRead::<Q, One<Q>>(self.query, PhantomData),
            self.site,
        )
    }

    /// Returns the row if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is more than one; otherwise as for [`list`](Self::list).
    pub fn optional(self) -> Result<Option<Q::Row>> {
        self.on.perform(
            &WriteAndRead::<Q, AtMostOne<Q>>(self.query, PhantomData),
            self.site,
        )
    }
}
