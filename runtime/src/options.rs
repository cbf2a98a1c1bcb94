//! How a database is opened.
//!
//! In: what an application chooses. Out: an open database. Defaults: foreign keys on, WAL for files,
//! `synchronous = NORMAL`, 5 seconds for locks of others, 30 seconds in the own queue.

use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::database::Handle;
use crate::driver::{Access, Driver, Setup};
use crate::error::Result;
use crate::value::Adapters;

/// SQLite counts its waiting in an `i32` of milliseconds.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// Where statements run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Executor {
    /// Short statements on the caller's poll, everything else on the database's thread.
    #[default]
    Auto,
    /// Everything on the caller's poll but closures, opening, and streams that have a connection of their own.
    Inline,
    /// Everything on the database's thread.
    Thread,
}

/// How SQLite keeps transactions apart, <https://www.sqlite.org/pragma.html#pragma_journal_mode>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum JournalMode {
    /// A write-ahead log: readers and a writer do not wait for each other.
    #[default]
    Wal,
    /// A rollback journal, deleted after each commit.
    Delete,
    /// A rollback journal, truncated after each commit.
    Truncate,
    /// A rollback journal, kept with a cleared header.
    Persist,
    /// A rollback journal in memory: a crash during a commit breaks the file.
    Memory,
}

impl JournalMode {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wal => "wal",
            Self::Delete => "delete",
            Self::Truncate => "truncate",
            Self::Persist => "persist",
            Self::Memory => "memory",
        }
    }
}

/// When SQLite waits for the disk, <https://www.sqlite.org/pragma.html#pragma_synchronous>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Synchronous {
    /// Never: a power failure may break the file.
    Off,
    /// At checkpoints: with WAL a power failure may lose the last commits and never breaks the file.
    #[default]
    Normal,
    /// At every commit.
    Full,
}

impl Synchronous {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Normal => "normal",
            Self::Full => "full",
        }
    }
}

/// Whether errors hold what was bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BoundValues {
    Secret,
    Shown,
}

pub(crate) type OnOpen = Arc<dyn Fn(&Setup<'_>) -> Result<()> + Send + Sync>;

#[derive(Clone)]
pub(crate) enum Source {
    Memory,
    File(PathBuf),
    Driver(Arc<dyn Driver>),
    #[cfg(feature = "sharing")]
    Owner(Arc<crate::sharing::Dial>),
}

#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) source: Source,
    pub(crate) access: Access,
    pub(crate) adopts: bool,
    pub(crate) foreign_keys: bool,
    pub(crate) journal_mode: JournalMode,
    pub(crate) synchronous: Synchronous,
    pub(crate) busy_timeout: Duration,
    pub(crate) statement_cache: Option<usize>,
    pub(crate) queue_wait: Option<Duration>,
    pub(crate) queue_bound: Option<usize>,
    pub(crate) executor: Executor,
    pub(crate) slow_poll: Duration,
    pub(crate) bound_values: BoundValues,
    pub(crate) readers: usize,
    pub(crate) streams: usize,
    pub(crate) on_open: Vec<OnOpen>,
    pub(crate) adapters: Adapters,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            source: Source::Memory,
            access: Access::default(),
            adopts: false,
            foreign_keys: true,
            journal_mode: JournalMode::default(),
            synchronous: Synchronous::default(),
            busy_timeout: Duration::from_secs(5),
            statement_cache: None,
            queue_wait: Some(Duration::from_secs(30)),
            queue_bound: None,
            executor: Executor::default(),
            slow_poll: Duration::from_millis(10),
            bound_values: BoundValues::Secret,
            readers: 0,
            streams: 32,
            on_open: Vec::new(),
            adapters: Adapters::NONE,
        }
    }
}

/// Opens a generated database `H` with other options than the usual ones.
///
/// Without [`path`](Self::path) the database is in memory.
#[must_use = "a builder does nothing until it is opened"]
pub struct Builder<H> {
    pub(crate) options: Options,
    handle: PhantomData<fn() -> H>,
}

impl<H: Handle> Builder<H> {
    /// Begins with the application's adapters; `builder` of a generated database calls this.
    pub fn new(adapters: H::Adapters) -> Self {
        let options = Options {
            adapters: Adapters::new(adapters),
            ..Options::default()
        };
        Self {
            options,
            handle: PhantomData,
        }
    }

    /// Opens this file, which is made, with its folders, if it is missing.
    pub fn path(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.source = Source::File(path.into());
        self
    }

    /// Opens a new database in memory.
    pub fn memory(mut self) -> Self {
        self.options.source = Source::Memory;
        self
    }

    /// Only reads the file: it is neither made nor migrated, and writes get [`Error::ReadOnly`](crate::Error::ReadOnly).
    ///
    /// A file of another version is refused. Others may write it meanwhile. One with a write-ahead log needs the two
    /// files beside it; where they are missing and cannot be made, on a medium that is read-only, say
    /// [`immutable`](Self::immutable). Databases in memory and drivers take no notice.
    pub fn read_only(mut self) -> Self {
        self.options.access = Access::Read;
        self
    }

    /// Only reads the file, which nobody changes as long as it is open here: no lock is taken and no file made beside it.
    ///
    /// Should somebody change it all the same, results are wrong. Otherwise like [`read_only`](Self::read_only).
    pub fn immutable(mut self) -> Self {
        self.options.access = Access::Immutable;
        self
    }

    /// Takes over a file that has tables but no version, if its schema is that of this application.
    ///
    /// Such a file was made by another program, or before there were versions. Without this it is refused with
    /// [`Error::Unversioned`](crate::Error::Unversioned). Its tables, indexes, views and triggers are compared with what
    /// `schema/` makes, word by word, without regard to space, comments, quotes around names and the case of letters. If they
    /// are the same, the file gets the newest version and keeps its rows; seeds do not run. If not, it is left as it was, with
    /// [`Error::SchemaMismatch`](crate::Error::SchemaMismatch). Where a migration file 0001 makes the first tables, all
    /// migrations run instead, and this changes nothing. Databases of drivers are never adopted.
    pub fn adopt_existing(mut self) -> Self {
        self.options.adopts = true;
        self
    }

    /// Opens whatever this driver reaches; the pragmas and hooks below are then left to the driver.
    pub fn driver(mut self, driver: impl Driver) -> Self {
        self.options.source = Source::Driver(Arc::new(driver));
        self
    }

    /// Says whether foreign keys are enforced. On by default.
    pub fn foreign_keys(mut self, enforced: bool) -> Self {
        self.options.foreign_keys = enforced;
        self
    }

    /// Sets the journal mode of a file. WAL by default.
    pub fn journal_mode(mut self, mode: JournalMode) -> Self {
        self.options.journal_mode = mode;
        self
    }

    /// Sets when SQLite waits for the disk. NORMAL by default.
    pub fn synchronous(mut self, synchronous: Synchronous) -> Self {
        self.options.synchronous = synchronous;
        self
    }

    /// Sets how long SQLite waits for the locks of other connections and processes. 5 seconds by default,
    /// 24 days at most.
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.options.busy_timeout = timeout.min(LONGEST);
        self
    }

    /// Sets how many prepared statements are kept. By default all generated ones are.
    pub fn statement_cache(mut self, statements: usize) -> Self {
        self.options.statement_cache = Some(statements);
        self
    }

    /// Sets how long a call may wait in the queue; `None` means for ever. 30 seconds by default.
    pub fn queue_wait(mut self, deadline: Option<Duration>) -> Self {
        self.options.queue_wait = deadline;
        self
    }

    /// Sets for how many calls there is room in the queue; further ones wait before it, in the order in which they came.
    ///
    /// Nobody is turned away for it: whoever waits before the queue enters as it empties, and
    /// [`queue_wait`](Self::queue_wait) counts from his arrival. What is in the queue is finished by
    /// [`close`](crate::v1::Database::close); calls that still wait before it are then
    /// [`Error::Closed`](crate::Error::Closed), so that closing takes no longer than that many calls. No bound by default:
    /// closing finishes all of them.
    pub fn queue_bound(mut self, calls: usize) -> Self {
        self.options.queue_bound = Some(calls);
        self
    }

    /// Sets from when on a statement that blocks its caller's poll is a warning of `tracing`. 10 milliseconds by default.
    #[cfg(feature = "tracing")]
    pub fn slow_poll(mut self, limit: Duration) -> Self {
        self.options.slow_poll = limit;
        self
    }

    /// Lets errors hold the values that were bound to their statement, as
    /// [`Origin::values`](crate::Origin::values) and in their messages. Off by default: values may be secrets, and errors
    /// end in logs.
    pub fn values_in_errors(mut self, shown: bool) -> Self {
        self.options.bound_values = if shown {
            BoundValues::Shown
        } else {
            BoundValues::Secret
        };
        self
    }

    /// Sets where statements run.
    pub fn executor(mut self, executor: Executor) -> Self {
        self.options.executor = executor;
        self
    }

    /// Lets reads outside of transactions leave the queue for so many connections of their own. None by default.
    ///
    /// They then wait neither for writes and transactions nor for each other, as long as a reader is free; a read still
    /// sees every write that was awaited before it. What can tell the connections apart – temporary tables,
    /// `last_insert_rowid()`, pragmas – is read in the queue all the same. Without a write-ahead log, so in memory and on
    /// foreign drivers, there are no readers, and reads stay in the queue.
    pub fn readers(mut self, readers: usize) -> Self {
        self.options.readers = readers;
        self
    }

    /// Sets how many streams read on connections of their own at a time; further ones wait until one ends. 32 by default, at
    /// least one.
    ///
    /// Each costs a thread and up to three file descriptors. Waiting takes no longer than [`queue_wait`](Self::queue_wait);
    /// a task that keeps as many streams open and asks for one more waits for itself, and gets
    /// [`Error::Deadline`](crate::Error::Deadline).
    pub fn streams(mut self, streams: usize) -> Self {
        self.options.streams = streams;
        self
    }

    /// Runs a hook on the new connection, before migrations: for pragmas, functions and collations. It runs on the
    /// connections of streams as well, which then become read-only.
    ///
    /// ```
    /// # sqlitenow_runtime::v1::database! {
    /// #     /// Docs.
    /// #     pub struct App { transaction: AppTx, connection: AppConn, migrations: MIGRATIONS, statements: 0, }
    /// # }
    /// # const MIGRATIONS: sqlitenow_runtime::v1::Migrations = sqlitenow_runtime::v1::Migrations::NONE;
    /// use sqlitenow_runtime::{Cell, Value};
    ///
    /// # fn main() -> Result<(), sqlitenow_runtime::Error> {
    /// let db = App::builder()
    ///     .on_open(|setup| {
    ///         setup.scalar_function("twice", Some(1), true, |arguments| match arguments {
    ///             [Cell::Integer(number)] => Ok(Value::Integer(number * 2)),
    ///             _ => Err("twice() needs an integer".into()),
    ///         })
    ///     })
    ///     .open_blocking()?;
    /// # drop(db);
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_open<F>(mut self, hook: F) -> Self
    where
        F: Fn(&Setup<'_>) -> Result<()> + Send + Sync + 'static,
    {
        self.options.on_open.push(Arc::new(hook));
        self
    }
}
