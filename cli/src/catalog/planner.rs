//! Asks SQLite how it would run a statement, on the schema alone or on a database file with its statistics.
//!
//! `SELECT title FROM task WHERE done` → "SCAN task". The file is opened read-only, and nothing is run on either.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::source::Declarations;

use super::CatalogError;
use super::prepare::{Checker, PlanStep};

/// A database that plans statements.
#[derive(Debug)]
pub struct Planner {
    checker: Checker,
}

impl Planner {
    /// One of the statements in `schema`, which SQLite accepts in this order, without rows or statistics.
    ///
    /// # Errors
    ///
    /// When SQLite fails.
    pub fn of_schema<'a>(
        schema: impl IntoIterator<Item = &'a str>,
        declarations: &Declarations,
    ) -> Result<Self, CatalogError> {
        let make = || {
            let checker = Checker::open(declarations)?;
            for sql in schema {
                checker.connection().execute(sql, [])?;
            }
            Ok(Self { checker })
        };
        make().map_err(|source| CatalogError::Memory { source })
    }

    /// One of the database file `path`: its tables, indexes and statistics.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened or is no database.
    pub fn of_file(path: &Path, declarations: &Declarations) -> Result<Self, CatalogError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || {
            let connection = Connection::open_with_flags(path, flags)?;
            // A file that is no database is only found out by reading it.
            connection.pragma_query_value(None, "schema_version", |_| Ok(()))?;
            let checker = Checker::on(connection, declarations)?;
            Ok(Self { checker })
        };
        open().map_err(|source| CatalogError::File {
            path: path.to_path_buf(),
            source,
        })
    }

    /// The steps in which SQLite would run `sql`.
    ///
    /// # Errors
    ///
    /// What SQLite says against it: a file may lack what the schema has.
    pub fn plan(&self, sql: &str) -> rusqlite::Result<Vec<PlanStep>> {
        self.checker.plan(sql)
    }
}
