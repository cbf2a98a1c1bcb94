//! A builder with the runtime's methods, as far as the tests need them.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use sqlitenow_runtime::v1::Handle;
use sqlitenow_runtime::{Driver, Executor, JournalMode, Result, Setup, Synchronous};

/// A database that is being opened.
pub type Opening<H> = Pin<Box<dyn Future<Output = Result<H>> + Send>>;

/// Opens a generated database the way that was chosen for this run of the tests.
#[must_use = "a builder does nothing until it is opened"]
pub struct Builder<H: Handle> {
    options: sqlitenow_runtime::Builder<H>,
}

impl<H: Handle<Adapters = ()>> Builder<H> {
    /// Begins with the usual options.
    pub fn new() -> Self {
        Self::with(|| ())
    }
}

impl<H: Handle<Adapters = ()>> Default for Builder<H> {
    fn default() -> Self {
        Self::new()
    }
}

impl<H: Handle> Builder<H> {
    /// Begins with the adapters of an application.
    pub fn with(adapters: fn() -> H::Adapters) -> Self {
        Self {
            options: sqlitenow_runtime::Builder::new(adapters()),
        }
    }

    /// Opens the database.
    #[must_use]
    #[track_caller]
    pub fn open(self) -> Opening<H> {
        Box::pin(self.options.open())
    }

    /// Opens the database on this thread.
    ///
    /// # Errors
    ///
    /// Whatever fails on the way.
    #[track_caller]
    pub fn open_blocking(self) -> Result<H> {
        self.options.open_blocking()
    }

    fn with_options(
        mut self,
        change: impl FnOnce(sqlitenow_runtime::Builder<H>) -> sqlitenow_runtime::Builder<H>,
    ) -> Self {
        self.options = change(self.options);
        self
    }

    /// Opens this file.
    pub fn path(self, path: impl Into<PathBuf>) -> Self {
        self.with_options(|options| options.path(path))
    }

    /// Opens a new database in memory.
    pub fn memory(self) -> Self {
        self.with_options(sqlitenow_runtime::Builder::memory)
    }

    /// Opens what this driver reaches.
    pub fn driver(self, driver: impl Driver) -> Self {
        self.with_options(|options| options.driver(driver))
    }

    /// Only reads the file.
    pub fn read_only(self) -> Self {
        self.with_options(sqlitenow_runtime::Builder::read_only)
    }

    /// Only reads the file, which nobody changes.
    pub fn immutable(self) -> Self {
        self.with_options(sqlitenow_runtime::Builder::immutable)
    }

    /// Sets where statements run.
    pub fn executor(self, executor: Executor) -> Self {
        self.with_options(|options| options.executor(executor))
    }

    /// Sets the number of readers.
    pub fn readers(self, readers: usize) -> Self {
        self.with_options(|options| options.readers(readers))
    }

    /// Sets the journal mode.
    pub fn journal_mode(self, mode: JournalMode) -> Self {
        self.with_options(|options| options.journal_mode(mode))
    }

    /// Sets when SQLite waits for the disk.
    pub fn synchronous(self, synchronous: Synchronous) -> Self {
        self.with_options(|options| options.synchronous(synchronous))
    }

    /// Sets how long SQLite waits for locks of others.
    pub fn busy_timeout(self, timeout: Duration) -> Self {
        self.with_options(|options| options.busy_timeout(timeout))
    }

    /// Sets whether foreign keys are enforced.
    pub fn foreign_keys(self, enforced: bool) -> Self {
        self.with_options(|options| options.foreign_keys(enforced))
    }

    /// Sets how long a call may wait in the queue.
    pub fn queue_wait(self, deadline: Option<Duration>) -> Self {
        self.with_options(|options| options.queue_wait(deadline))
    }

    /// Sets from when on a blocked poll is a warning.
    pub fn slow_poll(self, limit: Duration) -> Self {
        self.with_options(|options| options.slow_poll(limit))
    }

    /// Runs a hook on each new connection.
    pub fn on_open<F>(self, hook: F) -> Self
    where
        F: Fn(&Setup<'_>) -> Result<()> + Send + Sync + 'static,
    {
        self.with_options(|options| options.on_open(hook))
    }
}
