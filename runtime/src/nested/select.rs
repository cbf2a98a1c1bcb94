//! Statements that only read, and whose rows hold collections.

use std::future::Future;
use std::marker::PhantomData;
use std::panic::Location;

use crate::call::{AsyncHandle, Gather, Read, convert};
use crate::connection::Connection;
use crate::database::Database;
use crate::error::Result;
use crate::statement::NestedQuery;
use crate::value::Value;
use crate::watch::{Member, Part, Prepared, Single, Watch};

use super::gather::{AtMostOne, List, One};

/// A query whose rows hold collections, with its parameters, not run yet.
///
/// Like [`Select`](crate::v1::Select), with one difference: it has no `stream`, since no row is complete before the last
/// row of the join was read. What is counted are parents, not the rows of the join.
#[must_use = "a query does nothing until one of its methods runs it"]
pub struct SelectNested<'c, C, Q> {
    on: &'c C,
    query: Q,
    site: &'static Location<'static>,
}

impl<'c, C, Q> SelectNested<'c, C, Q> {
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

impl<'c, C: AsyncHandle, Q: NestedQuery + Send> SelectNested<'c, C, Q> {
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
        let work = Read::<Q, G>(self.query, PhantomData);
        self.on.reach().at(self.site).perform(work).await
    }
}

impl<'c, Q: NestedQuery> SelectNested<'c, Database, Q> {
    /// Watches the result: the current rows first, then all rows again after each commit that may have changed them.
    ///
    /// Must be polled outside of transactions of this database; inside one its items are
    /// [`Error::Deadlock`](crate::Error::Deadlock).
    pub fn watch(self) -> Watch<Vec<Q::Row>> {
        Watch::new::<Q, List<Q>>(self.on, &self.query, self.site)
    }

    /// Watches the one row there is; another number of rows is an item that is an error, and the watch goes on.
    ///
    /// Otherwise like [`watch`](Self::watch).
    pub fn watch_one(self) -> Watch<Q::Row> {
        Watch::new::<Q, One<Q>>(self.on, &self.query, self.site)
    }

    /// Watches the row that may be there; more than one row is an item that is an error, and the watch goes on.
    ///
    /// Otherwise like [`watch`](Self::watch).
    pub fn watch_optional(self) -> Watch<Option<Q::Row>> {
        Watch::new::<Q, AtMostOne<Q>>(self.on, &self.query, self.site)
    }

    /// Expects the one row there is, in a [`watch_group`](Database::watch_group).
    pub fn as_one(self) -> impl Member<Results = Q::Row> + use<'c, Q> {
        Single::<Q, One<Q>>::new(self.on, self.query)
    }

    /// Expects the row that may be there, in a [`watch_group`](Database::watch_group).
    pub fn as_optional(self) -> impl Member<Results = Option<Q::Row>> + use<'c, Q> {
        Single::<Q, AtMostOne<Q>>::new(self.on, self.query)
    }
}

impl<Q: NestedQuery> Member for SelectNested<'_, Database, Q> {
    type Results = Vec<Q::Row>;

    fn on(&self) -> &Database {
        self.on
    }

    fn prepare(self) -> Prepared {
        let adapters = &self.on.core().adapters;
        Part::new(&self.query, List::<Q>::MOST, adapters)
    }

    fn convert(rows: &Vec<Vec<Value>>, on: &Database) -> Result<Self::Results> {
        convert::<Q, List<Q>>(rows, &on.core().adapters)
    }
}

impl<Q: NestedQuery> SelectNested<'_, Connection, Q> {
    /// Returns all rows.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`](crate::Error::Convert) for a column that does not fit, and everything SQLite can answer.
    pub fn list(self) -> Result<Vec<Q::Row>> {
        self.gather_now::<List<Q>>()
    }

    /// Returns the one row there is.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is none or more than one; otherwise as for [`list`](Self::list).
    pub fn one(self) -> Result<Q::Row> {
        self.gather_now::<One<Q>>()
    }

    /// Returns the row if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::RowCount`](crate::Error::RowCount) when there is more than one; otherwise as for [`list`](Self::list).
    pub fn optional(self) -> Result<Option<Q::Row>> {
        self.gather_now::<AtMostOne<Q>>()
    }

    fn gather_now<G: Gather<Q>>(self) -> Result<G::Out> {
        self.on
            .perform(&Read::<Q, G>(self.query, PhantomData), self.site)
    }
}
