//! The rows of a query on the connection of a closure.
//!
//! In: all cells of the result, read at once: a statement that stands open would keep its tables from being changed.
//! Out: rows, each converted when it is asked for. Nothing comes after an error.

use std::panic::Location;
use std::vec;

use crate::error::{Error, Origin, Result};
use crate::statement::{Query, Statement};
use crate::value::{Adapters, Value};

use super::rows::read;

/// The rows of a query, one by one.
#[derive(Debug)]
pub struct RowsNow<R> {
    rows: Result<vec::IntoIter<Vec<Value>>, Option<Error>>,
    read: fn(&[Value], &Adapters) -> Result<R>,
    adapters: Adapters,
    statement: &'static Statement,
    site: &'static Location<'static>,
}

impl<R> RowsNow<R> {
    pub(crate) fn new<Q: Query<Row = R>>(
        rows: Result<Vec<Vec<Value>>>,
        adapters: Adapters,
        site: &'static Location<'static>,
    ) -> Self {
        Self {
            rows: rows.map(Vec::into_iter).map_err(Some),
            read: read::<Q>,
            adapters,
            statement: Q::STATEMENT,
            site,
        }
    }
}

impl<R> Iterator for RowsNow<R> {
    type Item = Result<R>;

    fn next(&mut self) -> Option<Result<R>> {
        let row = match &mut self.rows {
            Ok(rows) => (self.read)(&rows.next()?, &self.adapters),
            Err(error) => Err(error.take()?),
        };
        Some(row.map_err(|error| {
            self.rows = Err(None);
            error.at(|| Origin::new(self.statement, Some(self.site)))
        }))
    }
}
