//! The boundary between the runtime and whatever runs SQL.
//!
//! In: statement text and values. Out: cells, counts, and whether anything changed. The embedded driver is
//! SQLite in this process, behind rusqlite; it is privileged: it binds and reads without copies and runs on the
//! caller's poll. Others implement [`Driver`]; all their work runs on the database's own thread, one call at a
//! time and each to its end, so a dropped caller never cuts one short.

mod authorizer;
mod baseline;
mod binding;
mod bracket;
mod connect;
mod copy;
mod distant;
mod embedded;
mod engine;
mod foreign;
mod gauge;
mod guard;
mod math;
mod raw;
mod reader;
mod script;
mod settings;
mod settle;
mod setup;
mod uses;

use std::future::Future;
use std::pin::Pin;

use crate::error::Result;
use crate::statement::Changes;
use crate::value::Value;

pub(crate) use self::bracket::{Bracket, Bracketed};
pub(crate) use self::connect::{Access, connect};
pub(crate) use self::distant::Distant;
pub(crate) use self::embedded::Embedded;
pub(crate) use self::engine::{Ask, Engine, Patience};
pub(crate) use self::foreign::{Foreign, block_on};
pub(crate) use self::raw::{Altered, RawAnswer, Told};
pub(crate) use self::reader::Reader;
pub use self::setup::{FunctionError, Setup};
pub(crate) use self::uses::Uses;
#[cfg(feature = "sharing")]
pub(crate) use self::{
    authorizer::Touched,
    raw::{Stops, Want, Wanted},
};

/// A future of a driver.
pub type DriverFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// What a driver can do; what it cannot is answered with
/// [`Error::Unsupported`](crate::Error::Unsupported).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// Transactions that stay open between calls.
    pub interactive_transactions: bool,
    /// SAVEPOINT, RELEASE and ROLLBACK TO.
    pub savepoints: bool,
}

impl Capabilities {
    /// Nothing but single statements.
    pub const NONE: Self = Self {
        interactive_transactions: false,
        savepoints: false,
    };

    /// Everything; a driver names what it can do, so that it claims nothing that is added later.
    pub(crate) const ALL: Self = Self {
        interactive_transactions: true,
        savepoints: true,
    };

    /// Says whether transactions may stay open between calls.
    #[must_use]
    pub const fn with_interactive_transactions(mut self, can: bool) -> Self {
        self.interactive_transactions = can;
        self
    }

    /// Says whether savepoints work.
    #[must_use]
    pub const fn with_savepoints(mut self, can: bool) -> Self {
        self.savepoints = can;
        self
    }
}

/// What a statement gave back.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Answer {
    /// The cells of the rows.
    pub rows: Vec<Vec<Value>>,
    /// What the statement counted.
    pub changes: Changes,
    /// Whether any row changed, by triggers and foreign keys as well. True when the driver cannot know.
    pub wrote: bool,
}

impl Answer {
    /// Puts together what a driver found.
    #[must_use]
    pub const fn new(rows: Vec<Vec<Value>>, changes: Changes, wrote: bool) -> Self {
        Self {
            rows,
            changes,
            wrote,
        }
    }
}

/// A way to reach databases.
pub trait Driver: Send + Sync + 'static {
    /// Says what connections of this driver can do.
    fn capabilities(&self) -> Capabilities;

    /// Opens the one connection of a database.
    fn connect(&self) -> DriverFuture<'_, Box<dyn DriverConnection>>;
}

/// A connection of a [`Driver`].
///
/// Calls come one at a time and are awaited to their end.
pub trait DriverConnection: Send {
    /// Runs one statement and returns its rows, at most `most` of them. Transaction control comes this way too.
    fn run<'a>(
        &'a mut self,
        sql: &'a str,
        values: &'a [Value],
        most: usize,
    ) -> DriverFuture<'a, Answer>;

    /// Runs several statements, those of a migration file for example, and stops at the first that fails.
    fn run_script<'a>(&'a mut self, sql: &'a str) -> DriverFuture<'a, ()>;

    /// Says whether a transaction is open.
    fn in_transaction(&self) -> bool;

    /// Closes the connection.
    fn close(self: Box<Self>) -> DriverFuture<'static, ()>;
}
