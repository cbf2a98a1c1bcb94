//! An engine that is not in our hands: an application's driver, or the owner of the database in another process.
//!
//! In: what the holder of the permit wants. Out: answers, for which the calling thread waits. Invariant: whoever implements
//! it says what a failed call may have left behind; nothing here is called on an executor.

use crate::error::{CallSite, Error, Result};
use crate::statement::{Changes, Statement};
use crate::value::Value;

use super::raw::RawAnswer;
use super::{Answer, Ask, Bracketed};

pub(crate) trait Distant: Bracketed + Send {
    /// What comes next is for this call.
    fn called_at(&mut self, _site: &CallSite) {}

    /// The last commit that the last answer shows, where others than this process commit.
    fn shows(&self) -> Option<u64> {
        None
    }

    /// Runs a statement that the runtime itself needs.
    fn query(&mut self, sql: &str) -> Result<Vec<Vec<Value>>>;

    /// Runs the statements of a file.
    fn script(&mut self, sql: &str) -> Result<()>;

    /// A number that moves whenever rows have changed, if this process is to tell of it.
    fn writes(&self) -> u64;

    /// Runs a generated statement.
    fn fetch(
        &mut self,
        statement: &'static Statement,
        values: &[Value],
        ask: Ask,
    ) -> Result<Answer>;

    /// Runs a write once for each row of values, and tells of each what it changed and whether that is news here.
    fn execute_each(
        &mut self,
        statement: &'static Statement,
        rows: &mut dyn Iterator<Item = &[Value]>,
        ran: &mut dyn FnMut(Changes, bool),
    ) -> Result<()>;

    /// Runs a statement that is not generated, which says nothing of what it changed.
    fn raw(&mut self, _sql: &str, _values: &[Value], _may_write: bool) -> Result<RawAnswer> {
        Err(Error::Unsupported {
            capability: "raw statements".into(),
        })
    }

    /// Says whether the statement only reads.
    fn only_reads(&mut self, statement: &'static Statement) -> Result<bool> {
        Ok(statement.writes.is_empty())
    }

    /// Whether a transaction that is over after its COMMIT has failed may have been committed.
    fn may_have_committed(&self) -> bool;

    /// Ends the connection; a transaction that is open is rolled back first.
    fn close(self: Box<Self>) -> Result<()>;
}
