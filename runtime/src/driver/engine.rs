//! The one connection of a database, of whatever driver, as those who hold the permit use it.
//!
//! In: SQL and values. Out: answers. Synchronous: a foreign driver's futures are driven to their end right
//! here, on the database's thread.

use crate::error::{CallSite, Error, Result};
use crate::statement::{Changes, Statement};
use crate::value::{Adapters, Row, Value};

use super::guard::{guarded, within};
use super::raw::{RawAnswer, Told};
use super::{Answer, Bracket, Bracketed, Distant, Embedded};

/// How long SQLite may wait for another connection's lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Not at all: the caller's executor would stand still meanwhile.
    None,
    /// As long as the options say.
    Full,
}

/// What is wanted from a statement that runs away from its caller.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    pub(crate) least: usize,
    pub(crate) most: usize,
    pub(crate) expected: &'static str,
    /// Whether the statement writes and gives rows: then its rows are checked before anything is committed.
    pub(crate) check: Option<fn(&Row<'_>) -> Result<()>>,
    /// Whether the statement gives no rows at all.
    pub(crate) execute: bool,
}

impl Ask {
    /// All rows of a query.
    pub(crate) const ALL_ROWS: Self = Self {
        least: 0,
        most: usize::MAX,
        expected: "any number of rows",
        check: None,
        execute: false,
    };

    /// Counts rows that are all there.
    pub(crate) fn count(&self, found: usize) -> Result<()> {
        if found < self.least || found > self.most {
            return Err(Error::RowCount {
                expected: self.expected.into(),
                found: found.min(2),
                origin: None,
            });
        }
        Ok(())
    }
}

#[expect(
    clippy::large_enum_variant,
    reason = "an engine lives in a box, and the embedded one shall be one step away"
)]
pub(crate) enum Engine {
    Embedded(Embedded),
    Distant(Box<dyn Distant>),
}

impl Bracketed for Engine {
    fn control(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Embedded(embedded) => Embedded::control(embedded, sql),
            Self::Distant(distant) => distant.control(sql),
        }
    }

    fn in_transaction(&self) -> bool {
        match self {
            Self::Embedded(embedded) => Embedded::in_transaction(embedded),
            Self::Distant(distant) => distant.in_transaction(),
        }
    }

    fn begin(&mut self, bracket: Bracket) -> Result<()> {
        match self {
            Self::Embedded(embedded) => Bracketed::begin(embedded, bracket),
            Self::Distant(distant) => distant.begin(bracket),
        }
    }

    fn keep(&mut self, bracket: Bracket) -> Result<()> {
        match self {
            Self::Embedded(embedded) => Bracketed::keep(embedded, bracket),
            Self::Distant(distant) => distant.keep(bracket),
        }
    }

    fn undo(&mut self, bracket: Bracket) -> Result<()> {
        match self {
            Self::Embedded(embedded) => Bracketed::undo(embedded, bracket),
            Self::Distant(distant) => distant.undo(bracket),
        }
    }
}

impl Engine {
    /// Runs a statement that the runtime itself needs.
    pub(crate) fn query(&mut self, sql: &str) -> Result<Vec<Vec<Value>>> {
        match self {
            Self::Embedded(embedded) => embedded.query(sql, &[]),
            Self::Distant(distant) => distant.query(sql),
        }
    }

    /// Runs the statements of a file; an error comes with the statement that failed.
    pub(crate) fn script(&mut self, sql: &str) -> Result<(), (String, Error)> {
        match self {
            Self::Embedded(embedded) => embedded.script(sql),
            Self::Distant(distant) => distant
                .script(sql)
                .map_err(|error| (sql.trim().to_owned(), error)),
        }
    }

    /// A number that moves whenever a row changes.
    pub(crate) fn total_changes(&self) -> u64 {
        match self {
            Self::Embedded(embedded) => embedded.total_changes(),
            Self::Distant(distant) => distant.writes(),
        }
    }

    /// Whether the commit that just ran should be followed by a checkpoint.
    pub(crate) fn wants_checkpoint(&mut self) -> bool {
        match self {
            Self::Embedded(embedded) => embedded.wants_checkpoint(),
            Self::Distant(_) => false,
        }
    }

    /// The embedded connection, if it is one.
    pub(crate) fn embedded(&mut self) -> Result<&mut Embedded> {
        match self {
            Self::Embedded(embedded) => Ok(embedded),
            Self::Distant(_) => Err(Error::Unsupported {
                capability: "direct access".into(),
            }),
        }
    }

    /// Whether a transaction that is over after its COMMIT has failed may have been committed.
    pub(crate) fn may_have_committed(&self) -> bool {
        match self {
            Self::Embedded(_) => false,
            Self::Distant(distant) => distant.may_have_committed() && !distant.in_transaction(),
        }
    }

    /// What comes next is for this call.
    pub(crate) fn called_at(&mut self, site: impl FnOnce() -> Option<CallSite>) {
        if let Self::Distant(distant) = self
            && let Some(site) = site()
        {
            distant.called_at(&site);
        }
    }

    /// The last commit that the last answer shows, where others than this process commit.
    pub(crate) fn shows(&self) -> Option<u64> {
        match self {
            Self::Embedded(_) => None,
            Self::Distant(distant) => distant.shows(),
        }
    }

    pub(crate) fn set_patience(&mut self, patience: Patience) {
        if let Self::Embedded(embedded) = self {
            embedded.set_patience(patience);
        }
    }

    /// Runs a generated statement with copied values.
    pub(crate) fn ask(
        &mut self,
        statement: &'static Statement,
        values: &[Value],
        ask: Ask,
        adapters: &Adapters,
    ) -> Result<Answer> {
        let Some(check) = ask.check else {
            return self.fetch(statement, values, ask);
        };
        self.guarded(|engine| {
            let answer = engine.fetch(statement, values, ask)?;
            ask.count(answer.rows.len())?;
            for cells in &answer.rows {
                check(&Row::copied(statement, adapters, cells))?;
            }
            Ok(answer)
        })
    }

    fn fetch(
        &mut self,
        statement: &'static Statement,
        values: &[Value],
        ask: Ask,
    ) -> Result<Answer> {
        match self {
            Self::Embedded(embedded) => embedded.fetch(statement, values, ask),
            Self::Distant(distant) => distant.fetch(statement, values, ask),
        }
    }

    /// Runs a write `count` times, each with the next of the values, and tells of each what it changed and whether
    /// any row is different now.
    pub(crate) fn execute_each(
        &mut self,
        statement: &'static Statement,
        count: usize,
        values: &[Value],
        mut ran: impl FnMut(Changes, bool),
    ) -> Result<()> {
        let width = statement.parameters.len();
        let mut rows = (0..count).map(|row| &values[row * width..][..width]);
        match self {
            Self::Embedded(embedded) => embedded.execute_each(statement.sql, rows, ran),
            Self::Distant(distant) => distant.execute_each(statement, &mut rows, &mut ran),
        }
    }

    /// Runs one raw statement.
    pub(crate) fn raw(
        &mut self,
        sql: &str,
        values: &[Value],
        may_write: bool,
    ) -> (Result<RawAnswer>, Told) {
        match self {
            Self::Embedded(embedded) => embedded.raw(sql, values, may_write),
            Self::Distant(distant) => (distant.raw(sql, values, may_write), Told::Nothing),
        }
    }

    /// Says whether the statement only reads.
    pub(crate) fn only_reads(&mut self, statement: &'static Statement) -> Result<bool> {
        match self {
            Self::Embedded(embedded) => embedded.only_reads(statement),
            Self::Distant(distant) => distant.only_reads(statement),
        }
    }

    /// Undoes the work, alone, if it fails or panics.
    pub(crate) fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        guarded(self, work)
    }

    /// Reads from one snapshot.
    pub(crate) fn snapshot<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        within(self, Bracket::Transaction("BEGIN"), work)
    }

    /// Ends the connection; a transaction that is open is rolled back first.
    pub(crate) fn close(self) -> Result<()> {
        match self {
            Self::Embedded(embedded) => embedded.close(),
            Self::Distant(distant) => distant.close(),
        }
    }
}
