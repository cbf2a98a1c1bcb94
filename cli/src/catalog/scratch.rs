//! A second database in memory with the same schema, on which statements are not only prepared but run.
//!
//! Goes in: the schema in the order that works. Comes out: a connection inside the transaction in which the runtime makes
//! a fresh database, foreign keys off. Nothing of it ever reaches a file.

use rusqlite::{Connection, Error, Result};

use crate::source::{SourceMap, Span};
use crate::syntax::Statement;

use super::patience::{MOST_STEPS, Patience};
use super::seeds::Ground;
use super::stubs::{self, Asked};

/// A database to try things on.
pub(super) struct Scratch {
    connection: Connection,
    patience: Patience,
    asked: Asked,
}

/// Why a statement did not run.
pub(super) enum Failure {
    /// It has a parameter, which nobody would bind.
    Parameter(Span),
    /// SQLite does not understand it.
    Prepare(Error),
    /// SQLite understands it and cannot do it.
    Run(Error),
}

impl Scratch {
    /// Makes the schema once more.
    pub(super) fn make(ground: Ground<'_>) -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        let patience = Patience::with(&mut connection, MOST_STEPS)?;
        let asked = stubs::register(&connection, ground.catalog.declarations())?;
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for &index in ground.catalog.order() {
            let text = ground.schema[index].statement.text(ground.sources);
            patience.renew();
            connection.execute(text, [])?;
        }
        Ok(Self {
            connection,
            patience,
            asked,
        })
    }

    /// Runs a statement to its end.
    pub(super) fn run(
        &self,
        statement: &Statement,
        sources: &SourceMap,
    ) -> std::result::Result<(), Failure> {
        if let Some(parameter) = statement.parameters.first() {
            return Err(Failure::Parameter(parameter.span));
        }
        let text = statement.text(sources);
        self.patience.renew();
        let mut prepared = self.connection.prepare(text).map_err(Failure::Prepare)?;
        let mut rows = prepared.raw_query();
        while rows.next().map_err(Failure::Run)?.is_some() {}
        Ok(())
    }

    /// What is in the schema: kind, name and text of each object of the user's.
    pub(super) fn objects(&self) -> Vec<(String, String, Option<String>)> {
        let sql = "SELECT type, name, sql FROM main.sqlite_schema
                   WHERE NOT (name >= 'sqlite_' AND name < 'sqlite`') ORDER BY type, name";
        let list = || -> Result<_> {
            let mut statement = self.connection.prepare(sql)?;
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect()
        };
        // What cannot be listed did not change.
        list().unwrap_or_default()
    }

    /// Whether a stand-in for something of the application answered.
    pub(super) fn was_asked(&self) -> bool {
        self.asked.is_set()
    }

    /// Whether its transaction is over.
    pub(super) fn is_over(&self) -> bool {
        self.connection.is_autocommit()
    }

    /// The connection itself.
    pub(super) fn connection(&self) -> &Connection {
        self.patience.renew();
        &self.connection
    }
}
