//! What an `on_open` hook can do with a new connection.
//!
//! In: the hook of the application. Out: pragmas, functions and collations on the connection, before migrations.

use std::cmp::Ordering;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::{ToSqlOutput, Value as Raw, ValueRef};

use crate::error::{Cause, Result, from_rusqlite};
use crate::value::{Cell, Value, cell_of};

use super::Embedded;

/// Why an SQL function failed; any error or message converts into it.
pub type FunctionError = Cause;

/// A connection that was just opened, before its migrations.
pub struct Setup<'s> {
    embedded: &'s Embedded,
}

impl<'s> Setup<'s> {
    pub(crate) fn new(embedded: &'s Embedded) -> Self {
        Self { embedded }
    }

    /// Runs SQL, several statements if need be, and drops their rows.
    ///
    /// # Errors
    ///
    /// Whatever SQLite reports.
    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        super::script::run(self.embedded.connection(), sql).map_err(|(_, error)| error)
    }

    /// Runs one statement and returns its rows.
    ///
    /// # Errors
    ///
    /// Whatever SQLite reports.
    pub fn query(&self, sql: &str, values: &[Value]) -> Result<Vec<Vec<Value>>> {
        self.embedded.query(sql, values)
    }

    /// Makes an SQL function; `None` arguments means any number of them.
    ///
    /// A deterministic function gives the same result for the same arguments, so SQLite may use it in indexes.
    ///
    /// # Errors
    ///
    /// Whatever SQLite reports, for a name that is too long for example.
    ///
    /// # Panics
    ///
    /// A function that panics fails its statement; the panic goes no further.
    pub fn scalar_function<F>(
        &self,
        name: &str,
        arguments: Option<u8>,
        deterministic: bool,
        function: F,
    ) -> Result<()>
    where
        F: Fn(&[Cell<'_>]) -> Result<Value, FunctionError> + Send + 'static,
    {
        let mut flags = FunctionFlags::SQLITE_UTF8;
        flags.set(FunctionFlags::SQLITE_DETERMINISTIC, deterministic);
        let arguments = arguments.map_or(-1, i32::from);
        self.embedded
            .connection()
            .create_scalar_function(name, arguments, flags, move |call| {
                let cells: Result<Vec<Cell<'_>>, _> = (0..call.len())
                    .map(|index| cell_of(call.get_raw(index)))
                    .collect();
                let cells = cells
                    .map_err(|misfit| rusqlite::Error::UserFunctionError(misfit.found.into()))?;
                function(&cells)
                    .map(raw)
                    .map_err(rusqlite::Error::UserFunctionError)
            })
            .map_err(from_rusqlite)
    }

    /// Makes a collation.
    ///
    /// # Errors
    ///
    /// Whatever SQLite reports.
    pub fn collation<F>(&self, name: &str, compare: F) -> Result<()>
    where
        F: Fn(&str, &str) -> Ordering + Send + 'static,
    {
        self.embedded
            .connection()
            .create_collation(name, compare)
            .map_err(from_rusqlite)
    }
}

fn raw(value: Value) -> ToSqlOutput<'static> {
    match value {
        Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
        Value::Integer(integer) => ToSqlOutput::Owned(Raw::Integer(integer)),
        Value::Real(real) => ToSqlOutput::Owned(Raw::Real(real)),
        Value::Text(text) => ToSqlOutput::Owned(Raw::Text(text)),
        Value::Blob(blob) => ToSqlOutput::Owned(Raw::Blob(blob)),
    }
}
