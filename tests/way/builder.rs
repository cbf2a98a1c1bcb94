//! A builder with the runtime's methods, as far as the tests need them.

use std::future::{Future, ready};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use sqlitenow_runtime::v1::Handle;
use sqlitenow_runtime::{Driver, Executor, JournalMode, Result, Setup, Synchronous};

use super::setting::Setting;
use super::{Way, child, thread};

/// The runtime's builder.
pub type Options<H> = sqlitenow_runtime::Builder<H>;

/// What can be done once.
type Change<H> = Box<dyn FnOnce(Options<H>) -> Options<H> + Send>;

/// What a connection runs when it is opened.
type Hook = Arc<dyn Fn(&Setup<'_>) -> Result<()> + Send + Sync>;

/// A database that is being opened.
pub type Opening<H> = Pin<Box<dyn Future<Output = Result<H>> + Send>>;

/// Opens a generated database the way that was chosen for this run of the tests.
#[must_use = "a builder does nothing until it is opened"]
pub struct Builder<H: Handle> {
    adapters: fn() -> H::Adapters,
    settings: Vec<Setting>,
    hooks: Vec<Hook>,
    driver: Option<Change<H>>,
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
            adapters,
            settings: Vec::new(),
            hooks: Vec::new(),
            driver: None,
        }
    }

    /// Opens the database.
    #[must_use]
    #[track_caller]
    pub fn open(self) -> Opening<H> {
        match self.reached() {
            Ok(options) => Box::pin(options.open()),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }

    /// Opens the database on this thread.
    ///
    /// # Errors
    ///
    /// Whatever fails on the way.
    #[track_caller]
    pub fn open_blocking(self) -> Result<H> {
        self.reached()?.open_blocking()
    }

    /// The runtime's builder, ready to be opened, and the owner where there is one.
    fn reached(mut self) -> Result<Options<H>> {
        if let Some(driver) = self.driver.take() {
            return Ok(driver(self.options()));
        }
        match Way::chosen() {
            Way::Here | Way::Owner => Ok(self.options()),
            Way::Process if self.hooks.is_empty() => child::reach(&self),
            Way::Thread | Way::Process => thread::reach(&self),
        }
    }

    /// The builder of whoever has the file open.
    pub(super) fn options(&self) -> Options<H> {
        let options = with(Options::new((self.adapters)()), self.settings.iter());
        self.hooks.iter().fold(options, |options, hook| {
            let hook = Arc::clone(hook);
            options.on_open(move |setup| hook(setup))
        })
    }

    /// The builder of a client.
    pub(super) fn client(&self) -> Options<H> {
        let settings = self.settings.iter();
        let settings = settings.filter(|setting| setting.is_of_callers());
        with(Options::new((self.adapters)()), settings)
    }

    pub(super) fn settings(&self) -> &[Setting] {
        &self.settings
    }

    fn set(mut self, setting: Setting) -> Self {
        self.settings.push(setting);
        self
    }

    /// Opens this file.
    pub fn path(self, path: impl Into<PathBuf>) -> Self {
        self.set(Setting::Path(path.into()))
    }

    /// Only reads the file.
    pub fn read_only(self) -> Self {
        self.set(Setting::ReadOnly)
    }

    /// Only reads the file, which nobody changes.
    pub fn immutable(self) -> Self {
        self.set(Setting::Immutable)
    }

    /// Sets where statements run.
    pub fn executor(self, executor: Executor) -> Self {
        self.set(Setting::executor(executor))
    }

    /// Sets the number of readers.
    pub fn readers(self, readers: usize) -> Self {
        self.set(Setting::Readers(readers))
    }

    /// Sets the journal mode.
    pub fn journal_mode(self, mode: JournalMode) -> Self {
        self.set(Setting::journal(mode))
    }

    /// Sets when SQLite waits for the disk.
    pub fn synchronous(self, synchronous: Synchronous) -> Self {
        self.set(Setting::synchronous(synchronous))
    }

    /// Sets how long SQLite waits for locks of others.
    pub fn busy_timeout(self, timeout: Duration) -> Self {
        self.set(Setting::BusyTimeout(timeout))
    }

    /// Sets whether foreign keys are enforced.
    pub fn foreign_keys(self, enforced: bool) -> Self {
        self.set(Setting::ForeignKeys(enforced))
    }

    /// Sets how long a call may wait in the queue.
    pub fn queue_wait(self, deadline: Option<Duration>) -> Self {
        self.set(Setting::QueueWait(deadline))
    }

    /// Sets from when on a blocked poll is a warning.
    pub fn slow_poll(self, limit: Duration) -> Self {
        self.set(Setting::SlowPoll(limit))
    }

    /// Opens what this driver reaches.
    pub fn driver(mut self, driver: impl Driver) -> Self {
        self.driver = Some(Box::new(|options| options.driver(driver)));
        self
    }

    /// Runs a hook on each new connection.
    pub fn on_open<F>(mut self, hook: F) -> Self
    where
        F: Fn(&Setup<'_>) -> Result<()> + Send + Sync + 'static,
    {
        self.hooks.push(Arc::new(hook));
        self
    }
}

/// Tells a builder of the runtime all that was chosen.
pub fn with<'s, H: Handle>(
    options: Options<H>,
    settings: impl Iterator<Item = &'s Setting>,
) -> Options<H> {
    settings.fold(options, |options, setting| setting.clone().apply(options))
}
