//! The one error type of the runtime.
//!
//! In: failures of SQLite, of the queue, of conversions. Out: [`Error`], with named fields and – where a
//! statement was involved – its [`Origin`]. Invariant: no value that was bound to a statement appears in an error
//! unless the application has asked for that.

mod bound;
mod display;
#[cfg(feature = "sharing")]
mod elsewhere;
mod site;
mod sqlite;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "sharing")]
pub(crate) use self::elsewhere::{Elsewhere, Party};
pub use self::site::{CallSite, Origin};
pub(crate) use self::sqlite::{extended_code, from_rusqlite, misread};

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What an error was caused by, when that lies outside of this crate.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Which rule of a table was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConstraintKind {
    /// A `UNIQUE` index or key.
    Unique,
    /// A `PRIMARY KEY` or a rowid.
    PrimaryKey,
    /// `NOT NULL`.
    NotNull,
    /// `CHECK`.
    Check,
    /// A `FOREIGN KEY`, immediate or deferred.
    ForeignKey,
    /// `RAISE` in a trigger.
    Trigger,
    /// The storage class of a column in a `STRICT` table.
    DataType,
    /// Any other rule, a virtual table's for example.
    Other,
}

/// What can go wrong in a database.
///
/// Variants and fields are added as the runtime grows; match with a wildcard.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The database was closed before this call, or had to be closed because a ROLLBACK failed.
    #[non_exhaustive]
    Closed {
        /// Why, when it was not `close()`.
        source: Option<Arc<Error>>,
    },
    /// The database of [`lazy`](crate::v1::Builder::lazy) or [`delayed`](crate::v1::Builder::delayed) could not be opened; or
    /// a shared one whose owner has gone has not found another yet.
    #[non_exhaustive]
    Unopened {
        /// Why; all calls that waited for the opening have the same one.
        source: Arc<Error>,
    },
    /// The closure of [`delayed`](crate::v1::Builder::delayed) could not say what to open.
    #[non_exhaustive]
    Delayed {
        /// Its error.
        source: Cause,
    },
    /// SQLite met the lock of another connection and gave up waiting.
    #[non_exhaustive]
    Busy {
        /// How long SQLite was asked to wait.
        waited: Duration,
        /// The statement that met the lock.
        origin: Option<Box<Origin>>,
    },
    /// Waiting would never have ended: the awaited work waits for the very block that awaits it.
    #[non_exhaustive]
    Deadlock {
        /// The call that waits.
        waiting: CallSite,
        /// The block that would have to end first.
        holding: CallSite,
    },
    /// The wait in the queue took longer than [`queue_wait`](crate::v1::Builder::queue_wait).
    #[non_exhaustive]
    Deadline {
        /// The deadline.
        after: Duration,
        /// The call that waited.
        waiting: CallSite,
        /// Who held the queue when the deadline passed.
        holding: Option<CallSite>,
    },
    /// The transaction of this handle or call is over, or SQLite ended it by itself.
    #[non_exhaustive]
    TransactionEnded {
        /// Where the transaction block was started.
        block: CallSite,
    },
    /// A rule of the schema was broken.
    #[non_exhaustive]
    Constraint {
        /// Which kind of rule.
        kind: ConstraintKind,
        /// The table, when SQLite names it.
        table: Option<String>,
        /// The columns, when SQLite names them.
        columns: Vec<String>,
        /// SQLite's own message.
        message: String,
        /// The statement that broke it.
        origin: Option<Box<Origin>>,
    },
    /// A statement gave another number of rows than was asked for.
    #[non_exhaustive]
    RowCount {
        /// `exactly one row` or `at most one row`.
        expected: Cow<'static, str>,
        /// How many were found; counting stops at two.
        found: usize,
        /// The statement.
        origin: Option<Box<Origin>>,
    },
    /// A column holds what its field cannot, or a value cannot be bound.
    #[non_exhaustive]
    Convert {
        /// The column or parameter.
        column: String,
        /// What the field can hold.
        expected: Cow<'static, str>,
        /// What was there.
        found: String,
        /// The statement.
        origin: Option<Box<Origin>>,
    },
    /// An adapter of the application refused a value.
    #[non_exhaustive]
    Adapter {
        /// The column, or the parameter with its prefix.
        column: String,
        /// The storage class that was read or was to be written.
        class: Cow<'static, str>,
        /// The adapter's own error.
        source: Cause,
        /// The statement.
        origin: Option<Box<Origin>>,
    },
    /// A type of the application that `mapTo` names refused a row.
    #[non_exhaustive]
    Map {
        /// The type.
        target: Cow<'static, str>,
        /// Its own error.
        source: Cause,
        /// The statement.
        origin: Option<Box<Origin>>,
    },
    /// A statement of a schema, init or migration file failed; the file is as it was before.
    #[non_exhaustive]
    Migration {
        /// The version that was to be reached.
        version: u32,
        /// The SQL file.
        file: String,
        /// The statement in it, or what was checked.
        statement: String,
        /// What SQLite said.
        source: Box<Error>,
    },
    /// The file was written by a newer version of the application.
    #[non_exhaustive]
    NewerDatabase {
        /// The version in the file.
        found: u32,
        /// The newest version this application knows.
        known: u32,
    },
    /// The file was written by an older version of the application, and may only be read.
    #[non_exhaustive]
    OlderDatabase {
        /// The version in the file.
        found: u32,
        /// The version this application needs.
        known: u32,
    },
    /// The file has tables but no version, and no migration file could have made them. See
    /// [`Builder::adopt_existing`](crate::Builder::adopt_existing).
    #[non_exhaustive]
    Unversioned {
        /// One of the tables.
        table: String,
    },
    /// The database consists of something else than the application was generated for.
    #[non_exhaustive]
    SchemaMismatch {
        /// What was expected.
        ours: String,
        /// What was found in its place.
        theirs: String,
    },
    /// The file system or the operating system failed.
    #[non_exhaustive]
    Io {
        /// The path, or what was to be started.
        path: PathBuf,
        /// The failure.
        source: std::io::Error,
    },
    /// An error of ours, and then a ROLLBACK that failed too; the database is closed.
    #[non_exhaustive]
    Transaction {
        /// What happened first.
        primary: Box<Error>,
        /// What the ROLLBACK said.
        cleanup: Arc<Error>,
    },
    /// The driver of this database cannot do that.
    #[non_exhaustive]
    Unsupported {
        /// The missing capability.
        capability: Cow<'static, str>,
    },
    /// A statement that writes was run on a connection, or on a file, that can only be read.
    #[non_exhaustive]
    ReadOnly {
        /// The statement.
        origin: Option<Box<Origin>>,
    },
    /// A statement that the runtime does not run.
    #[non_exhaustive]
    Refused {
        /// Why, and what to do instead.
        reason: Cow<'static, str>,
        /// The statement.
        origin: Option<Box<Origin>>,
    },
    /// A blocking door was used inside an async context, where it would block an executor.
    #[non_exhaustive]
    BlockingInAsync {
        /// The door.
        door: Cow<'static, str>,
        /// Who used it.
        caller: CallSite,
    },
    /// The database's owner, of which this handle is a client, cannot be reached, is gone or broke off.
    #[non_exhaustive]
    Remote {
        /// What happened.
        reason: Cow<'static, str>,
        /// Whether the call may have been carried out all the same: the owner had it, and its answer never came.
        may_have_run: bool,
        /// The underlying error, if there is one.
        source: Option<Cause>,
        /// The statement.
        origin: Option<Box<Origin>>,
    },
    /// Nobody serves the database, name or port that was asked for: it has no owner, or its owner has ended.
    #[cfg(feature = "sharing")]
    #[non_exhaustive]
    NoOwner {
        /// The database, the name or the socket.
        place: String,
        /// What the operating system said, when it was asked to connect.
        source: Option<std::io::Error>,
    },
    /// Somebody else is the owner already, and there is one at most.
    #[cfg(feature = "sharing")]
    #[non_exhaustive]
    Owned {
        /// The database or the name.
        place: String,
    },
    /// An owner did not answer in time.
    #[cfg(feature = "sharing")]
    #[non_exhaustive]
    Unanswered {
        /// The database, the name or the socket.
        place: String,
        /// The deadline.
        after: Duration,
    },
    /// A folder, a file or a socket that other users of the machine could have made or could change, or whose
    /// other end is not one's own user.
    #[cfg(feature = "sharing")]
    #[non_exhaustive]
    Untrusted {
        /// Where it is.
        path: PathBuf,
        /// What is wrong, and what to do.
        reason: Cow<'static, str>,
    },
    /// A text that is no [`ConnectPort`](crate::ConnectPort).
    #[cfg(feature = "sharing")]
    #[non_exhaustive]
    Port {
        /// What was found and expected, without the text, which may hold a token.
        reason: Cow<'static, str>,
    },
    /// Anything else that SQLite reports.
    #[non_exhaustive]
    Sqlite {
        /// The primary result code, <https://www.sqlite.org/rescode.html>.
        code: i32,
        /// The extended result code.
        extended: i32,
        /// SQLite's message.
        message: String,
        /// The statement.
        origin: Option<Box<Origin>>,
        /// The underlying error, if there is one.
        source: Option<Cause>,
    },
}

impl Error {
    /// Says whether SQLite met another connection's lock.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy { .. })
    }

    /// Says whether a rule of the schema was broken.
    #[must_use]
    pub fn is_constraint(&self) -> bool {
        matches!(self, Self::Constraint { .. })
    }

    /// Says whether the database is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Closed { .. })
    }

    /// Says whether the database's owner was lost or out of reach; the next call may find another one.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        matches!(self, Self::Remote { .. })
    }

    /// Returns the statement the error came from.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Busy { origin, .. }
            | Self::Constraint { origin, .. }
            | Self::RowCount { origin, .. }
            | Self::Convert { origin, .. }
            | Self::Adapter { origin, .. }
            | Self::Map { origin, .. }
            | Self::ReadOnly { origin }
            | Self::Refused { origin, .. }
            | Self::Remote { origin, .. }
            | Self::Sqlite { origin, .. } => origin.as_deref(),
            _ => None,
        }
    }

    /// Attaches statement and call unless the error names both already.
    #[cold]
    pub(crate) fn at(mut self, of: impl FnOnce() -> Origin) -> Self {
        if let Some(origin) = self.origin_mut()
            && origin
                .as_ref()
                .is_none_or(|origin| origin.call_site().is_none())
        {
            *origin = Some(Box::new(of()));
        }
        self
    }

    fn origin_mut(&mut self) -> Option<&mut Option<Box<Origin>>> {
        match self {
            Self::Busy { origin, .. }
            | Self::Constraint { origin, .. }
            | Self::RowCount { origin, .. }
            | Self::Convert { origin, .. }
            | Self::Adapter { origin, .. }
            | Self::Map { origin, .. }
            | Self::ReadOnly { origin }
            | Self::Refused { origin, .. }
            | Self::Remote { origin, .. }
            | Self::Sqlite { origin, .. } => Some(origin),
            _ => None,
        }
    }
}
