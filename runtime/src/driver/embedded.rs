//! SQLite in this process, through rusqlite.
//!
//! In: generated statements with their parameters. Out: row structs, read straight from SQLite's statement by
//! index. Invariants: statements are cached by text; the connection is dropped only outside of a transaction and
//! without hooks; rusqlite's types stay inside of this crate.

use std::cell::OnceCell;
use std::time::Duration;

use rusqlite::{CachedStatement, Connection};

use crate::call::{Gather, Ran};
use crate::error::{Error, Result, extended_code, from_rusqlite, misread};
use crate::statement::{Bound, Changes, Statement};
use crate::value::{Adapters, Binder, Row, Rowids, Value, cell_of};

use super::authorizer::Listener;
use super::baseline::Baseline;
use super::binding::bind_all;
use super::gauge::Gauge;
use super::math;
use super::script;
use super::{Answer, Ask, Bracketed, Patience};

/// So many steps of SQLite's machine lie between two questions whether to stop.
const STEPS: i32 = 1000;

pub(crate) struct Embedded {
    pub(super) connection: Connection,
    busy_timeout: Duration,
    patience: Patience,
    /// For files with a write-ahead log.
    pub(super) gauge: Option<Gauge>,
    pub(super) listener: Box<Listener>,
    /// The schema before raw statements changed it.
    pub(super) baseline: OnceCell<Baseline>,
}

impl Embedded {
    /// Takes over a connection: its busy timeout is set to the one given here, and it gets the functions it lacks.
    pub(crate) fn new(connection: Connection, busy_timeout: Duration) -> Result<Self> {
        connection
            .busy_timeout(busy_timeout)
            .map_err(from_rusqlite)?;
        math::register(&connection)?;
        Ok(Self {
            connection,
            busy_timeout,
            patience: Patience::Full,
            gauge: None,
            listener: Box::default(),
            baseline: OnceCell::new(),
        })
    }

    /// Ends a statement with an error soon after `stops` says so.
    pub(super) fn stop_when(&mut self, stops: impl FnMut() -> bool + Send + 'static) -> Result<()> {
        let handler = Some(stops);
        let set = self.connection.progress_handler(STEPS, handler);
        set.map_err(from_rusqlite)
    }

    /// Lets every statement run to its end again.
    #[cfg(feature = "sharing")]
    pub(super) fn stop_never(&mut self) -> Result<()> {
        let set = self.connection.progress_handler(0, None::<fn() -> bool>);
        set.map_err(from_rusqlite)
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    pub(crate) fn set_patience(&mut self, patience: Patience) {
        if self.patience != patience {
            let timeout = match patience {
                Patience::None => Duration::ZERO,
                Patience::Full => self.busy_timeout,
            };
            // Fails only for a connection that is closed.
            if self.connection.busy_timeout(timeout).is_ok() {
                self.patience = patience;
            }
        }
    }

    #[cold]
    fn explain(&self, error: rusqlite::Error) -> Error {
        from_rusqlite(error).after(match self.patience {
            Patience::None => Duration::ZERO,
            Patience::Full => self.busy_timeout,
        })
    }

    pub(super) fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>> {
        match self.connection.prepare_cached(sql) {
            Ok(statement) => {
                self.listener.uses.note(&statement);
                Ok(statement)
            }
            Err(error) => Err(self.unprepared(error, sql)),
        }
    }

    /// SQLite's message without the SQL that rusqlite appends to it: the origin of the error has it.
    #[cold]
    pub(super) fn unprepared(&self, error: rusqlite::Error, sql: &str) -> Error {
        match misread(&error.to_string(), sql) {
            Some(misread) => Error::sqlite(extended_code(&error), misread.message),
            None => self.explain(error),
        }
    }

    /// Rows changed since the connection was opened, by triggers and foreign keys too.
    pub(crate) fn total_changes(&self) -> u64 {
        self.connection.total_changes()
    }

    pub(crate) fn control(&self, sql: &str) -> Result<()> {
        let mut statement = self.prepare(sql)?;
        statement
            .raw_execute()
            .map(drop)
            .map_err(|error| self.explain(error))
    }

    /// Runs any statement and copies its rows.
    pub(crate) fn query(&self, sql: &str, values: &[Value]) -> Result<Vec<Vec<Value>>> {
        let mut statement = self
            .connection
            .prepare(sql)
            .map_err(|error| self.unprepared(error, sql))?;
        bind_all(&mut statement, values)?;
        self.copy_rows(&mut statement, &[], usize::MAX)
    }

    /// Runs a query and hands its rows over, one by one, until `take` says that it wants no more.
    pub(crate) fn each_row(
        &self,
        sql: &str,
        names: &[&str],
        values: &[Value],
        take: impl FnMut(Vec<Value>) -> bool,
    ) -> Result<()> {
        let mut prepared = self.prepare(sql)?;
        bind_all(&mut prepared, values)?;
        self.each_copied(&mut prepared, names, take)
    }

    pub(super) fn copy_rows(
        &self,
        statement: &mut rusqlite::Statement<'_>,
        names: &[&str],
        most: usize,
    ) -> Result<Vec<Vec<Value>>> {
        let mut copied = Vec::new();
        self.each_copied(statement, names, |cells| {
            copied.push(cells);
            copied.len() < most
        })?;
        Ok(copied)
    }

    fn each_copied(
        &self,
        statement: &mut rusqlite::Statement<'_>,
        names: &[&str],
        mut take: impl FnMut(Vec<Value>) -> bool,
    ) -> Result<()> {
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|error| self.explain(error))? {
            // After the first step: SQLite has prepared the statement again if the schema has changed.
            let width = row.as_ref().column_count();
            let mut cells = Vec::with_capacity(width);
            for index in 0..width {
                let value = row.get_ref(index).map_err(|error| self.explain(error))?;
                let cell = cell_of(value).map_err(|misfit| Error::Convert {
                    column: match names.get(index) {
                        Some(name) => (*name).to_owned(),
                        None => row.as_ref().column_name(index).unwrap_or("?").to_owned(),
                    },
                    expected: misfit.expected,
                    found: misfit.found,
                    origin: None,
                })?;
                cells.push(cell.into());
            }
            if !take(cells) {
                break;
            }
        }
        Ok(())
    }

    /// Runs a statement whose rows nobody wants.
    #[cfg(feature = "sharing")]
    pub(super) fn run_to_its_end(&self, statement: &mut rusqlite::Statement<'_>) -> Result<()> {
        let mut rows = statement.raw_query();
        while rows.next().map_err(|error| self.explain(error))?.is_some() {}
        Ok(())
    }

    /// Runs a generated statement with copied values.
    pub(crate) fn fetch(
        &mut self,
        statement: &'static Statement,
        values: &[Value],
        ask: Ask,
    ) -> Result<Answer> {
        let mut prepared = self.prepare(statement.sql)?;
        bind_all(&mut prepared, values)?;
        let mut answer = Answer::default();
        if ask.execute {
            answer.changes = self.execute_prepared(&mut prepared).result?;
        } else {
            answer.rows =
                self.copy_rows(&mut prepared, statement.columns, ask.most.saturating_add(1))?;
        }
        Ok(answer)
    }

    /// Says whether the statement only reads, as SQLite sees it.
    pub(crate) fn only_reads(&self, statement: &'static Statement) -> Result<bool> {
        Ok(self.prepare(statement.sql)?.readonly())
    }

    /// Runs a query and gathers its rows without copies in between.
    pub(crate) fn gather<Q: Bound, G: Gather<Q>>(
        &self,
        query: &Q,
        adapters: &Adapters,
        rowids: &mut Rowids,
    ) -> Result<G::Out> {
        let mut statement = self.prepare(Q::STATEMENT.sql)?;
        bind(&mut statement, query, adapters, rowids)?;
        let mut gathered = G::default();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|error| self.explain(error))? {
            gathered.push(&Row::current(Q::STATEMENT, adapters, row))?;
        }
        gathered.finish()
    }

    /// Runs a statement that gives no rows.
    pub(crate) fn execute<Q: Bound>(&self, query: &Q, adapters: &Adapters) -> Ran<Changes> {
        let mut rowids = Rowids::default();
        let prepared = self.prepare(Q::STATEMENT.sql).and_then(|mut statement| {
            bind(&mut statement, query, adapters, &mut rowids)?;
            Ok(statement)
        });
        match prepared {
            Ok(mut statement) => Ran {
                rowids,
                ..self.execute_prepared(&mut statement)
            },
            Err(error) => Ran::reading(Err(error)),
        }
    }

    /// Prepares once and runs for each row of values.
    pub(crate) fn execute_each<'v>(
        &self,
        sql: &str,
        mut rows: impl Iterator<Item = &'v [Value]>,
        mut ran: impl FnMut(Changes, bool),
    ) -> Result<()> {
        let mut statement = self.prepare(sql)?;
        rows.try_for_each(|values| {
            bind_all(&mut statement, values)?;
            let one = self.execute_prepared(&mut statement);
            ran(one.result?, one.wrote);
            Ok(())
        })
    }

    #[inline]
    fn execute_prepared(&self, statement: &mut rusqlite::Statement<'_>) -> Ran<Changes> {
        let before = self.total_changes();
        let executed = statement.raw_execute();
        let wrote = self.total_changes() != before;
        let result = match executed {
            // SQLite's count stands still when a statement changes no table, so an older one would show.
            Ok(rows) => {
                let rows = if wrote {
                    u64::try_from(rows).unwrap_or(u64::MAX)
                } else {
                    0
                };
                Ok(Changes::new(rows, self.connection.last_insert_rowid()))
            }
            Err(error) => Err(self.explain(error)),
        };
        Ran {
            result,
            wrote,
            rowids: Rowids::default(),
        }
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<(), (String, Error)> {
        script::run(&self.connection, sql)
    }

    /// Rolls back what is open – rusqlite frees hooks before SQLite's own rollback would call them – and closes.
    ///
    /// SQLite checkpoints and removes the WAL when the last connection of a file closes.
    pub(crate) fn close(self) -> Result<()> {
        if self.in_transaction() {
            // Closing rolls back as well; only its order relative to the hooks matters here.
            let _ = self.control("ROLLBACK");
        }
        self.connection
            .close()
            .map_err(|(_, error)| from_rusqlite(error))
    }
}

impl Bracketed for Embedded {
    fn control(&mut self, sql: &str) -> Result<()> {
        Self::control(self, sql)
    }

    fn in_transaction(&self) -> bool {
        Self::in_transaction(self)
    }

    fn keep_settings(&mut self) -> Result<()> {
        Self::keep_settings(self)
    }

    fn restore_settings(&mut self) -> Result<()> {
        Self::restore_settings(self)
    }
}

/// For work with a statement that borrows the connection.
impl Bracketed for &Embedded {
    fn control(&mut self, sql: &str) -> Result<()> {
        Embedded::control(self, sql)
    }

    fn in_transaction(&self) -> bool {
        Embedded::in_transaction(self)
    }
}

/// Binds a query's parameters, and notes the rows that a write is confined to.
#[inline]
fn bind<Q: Bound>(
    statement: &mut rusqlite::Statement<'_>,
    query: &Q,
    adapters: &Adapters,
    rowids: &mut Rowids,
) -> Result<()> {
    let of = Q::STATEMENT;
    if of.keys.is_empty() || of.writes.is_empty() {
        query.bind(&mut Binder::new(of, adapters, statement))
    } else {
        let mut noting = rowids.noting(of.keys, statement);
        query.bind(&mut Binder::new(of, adapters, &mut noting))
    }
}
