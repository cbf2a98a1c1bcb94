//! What stands around work in SQLite so that it is kept or undone as one.
//!
//! In: a transaction, a part of one, or nothing. Out: the statements that begin, keep and undo it. Invariant: brackets are
//! closed in the order opposite to that of opening, so that one name is enough for all savepoints: SQLite takes the
//! innermost of that name, <https://www.sqlite.org/lang_savepoint.html>.

use crate::error::Result;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bracket {
    /// A transaction, which begins with this statement.
    Transaction(&'static str),
    /// A part of the transaction around it.
    Savepoint,
    /// No transaction, but settings that are put back.
    Settings,
    /// What is around it is enough.
    Nothing,
}

impl Bracket {
    /// Around a write that nothing else surrounds, or that a transaction does.
    pub(super) fn around_write(in_transaction: bool) -> Self {
        if in_transaction {
            Self::Savepoint
        } else {
            Self::Transaction("BEGIN IMMEDIATE")
        }
    }

    fn begin(self) -> Option<&'static str> {
        match self {
            Self::Transaction(begin) => Some(begin),
            Self::Savepoint => Some("SAVEPOINT sqlitenow"),
            Self::Settings | Self::Nothing => None,
        }
    }

    fn keep(self) -> Option<&'static str> {
        match self {
            Self::Transaction(_) => Some("COMMIT"),
            Self::Savepoint => Some("RELEASE sqlitenow"),
            Self::Settings | Self::Nothing => None,
        }
    }

    fn undo(self) -> &'static [&'static str] {
        match self {
            Self::Transaction(_) => &["ROLLBACK"],
            Self::Savepoint => &["ROLLBACK TO sqlitenow", "RELEASE sqlitenow"],
            Self::Settings | Self::Nothing => &[],
        }
    }
}

/// What brackets are put around statement by statement.
pub(crate) trait Bracketed {
    /// Runs BEGIN, COMMIT, SAVEPOINT and the like.
    fn control(&mut self, sql: &str) -> Result<()>;

    fn in_transaction(&self) -> bool;

    /// Notes the settings that an exclusive block may change.
    fn keep_settings(&mut self) -> Result<()> {
        Ok(())
    }

    /// Puts back what an exclusive block has changed.
    fn restore_settings(&mut self) -> Result<()> {
        Ok(())
    }

    fn begin(&mut self, bracket: Bracket) -> Result<()> {
        match bracket.begin() {
            Some(sql) => self.control(sql),
            None if bracket == Bracket::Settings => self.keep_settings(),
            None => Ok(()),
        }
    }

    fn keep(&mut self, bracket: Bracket) -> Result<()> {
        match bracket.keep() {
            Some(sql) => self.control(sql),
            None if bracket == Bracket::Settings => self.restore_settings(),
            None => Ok(()),
        }
    }

    /// Undoes what SQLite has not undone by itself.
    fn undo(&mut self, bracket: Bracket) -> Result<()> {
        if bracket == Bracket::Settings {
            return self.restore_settings();
        }
        if !self.in_transaction() {
            return Ok(());
        }
        let mut statements = bracket.undo().iter();
        statements.try_for_each(|sql| self.control(sql))
    }
}
