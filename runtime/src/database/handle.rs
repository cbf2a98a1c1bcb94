//! The untyped handle behind every generated database.
//!
//! In: calls of generated doors. Out: blocks, closures, status. Invariant: the last handle that is dropped closes
//! the database; a watch counts as a handle.

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::sync::Arc;

use crate::call::{Batch, Raw, RawParams, RawRows, batch, raw};
use crate::connection::{Connection, Kind, run_closure};
use crate::error::{Error, Result};
use crate::statement::Changes;
use crate::transaction::{Transaction, TransactionMode, exclude, transact};

use super::{Core, Status};

/// An open database. Clones are the same database; generated types wrap it.
#[derive(Clone)]
pub struct Database(Arc<Handle>);

struct Handle {
    core: Arc<Core>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.core.close_unattended();
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("is_open", &self.is_open())
            .finish_non_exhaustive()
    }
}

impl Database {
    pub(super) fn new(core: Core) -> Self {
        Self(Arc::new(Handle {
            core: Arc::new(core),
        }))
    }

    #[inline]
    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.0.core
    }

    /// Says whether calls are still taken.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.core().root.is_closed()
    }

    /// Closes the database once the calls queued before are finished. Closing again is fine.
    ///
    /// With a [`queue_bound`](crate::v1::Builder::queue_bound) the calls beyond it are not: they get [`Error::Closed`].
    ///
    /// # Errors
    ///
    /// [`Error::Deadlock`] inside a transaction of this database; [`Error::Deadline`] when the calls queued before
    /// take longer than [`queue_wait`](crate::v1::Builder::queue_wait), though the closing goes on behind them;
    /// whatever SQLite reports about closing.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the closing goes on even if this future is dropped.
    #[track_caller]
    pub fn close(&self) -> impl Future<Output = Result<()>> + Send + use<'_> {
        let site = Location::caller();
        self.core().close(site)
    }

    /// Runs a block as one transaction; `wrap` makes the generated handle.
    ///
    /// # Errors
    ///
    /// The block's own error, untouched; an [`Error`] if BEGIN or COMMIT fails.
    #[track_caller]
    pub fn transaction_as<W, T, E, F>(
        &self,
        mode: TransactionMode,
        wrap: fn(Transaction) -> W,
        block: F,
    ) -> impl Future<Output = Result<T, E>> + use<'_, W, T, E, F>
    where
        F: AsyncFnOnce(W) -> Result<T, E>,
        E: From<Error>,
    {
        transact(self.core(), None, mode, wrap, block, Location::caller())
    }

    /// Runs a block that has the queue for itself, outside of transactions; `wrap` makes the generated handle.
    ///
    /// # Errors
    ///
    /// The block's own error, untouched; [`Error::Refused`] inside a transaction.
    #[track_caller]
    pub fn exclusive_as<W, T, E, F>(
        &self,
        wrap: fn(Database) -> W,
        block: F,
    ) -> impl Future<Output = Result<T, E>> + use<'_, W, T, E, F>
    where
        F: AsyncFnOnce(W) -> Result<T, E>,
        E: From<Error>,
    {
        let handle = wrap(self.clone());
        exclude(self.core(), handle, block, Location::caller())
    }

    /// Runs a closure that reads, on the database's thread, from one snapshot.
    ///
    /// # Errors
    ///
    /// The closure's own error; an [`Error`] if there is no snapshot to be had.
    #[track_caller]
    pub fn read_as<T, E, F>(
        &self,
        closure: F,
    ) -> impl Future<Output = Result<T, E>> + Send + use<'_, T, E, F>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        run_closure(self.core(), Kind::Read, closure, Location::caller())
    }

    /// Runs a closure that writes, on the database's thread, as one transaction.
    ///
    /// # Errors
    ///
    /// The closure's own error; an [`Error`] if BEGIN or COMMIT fails.
    #[track_caller]
    pub fn write_as<T, E, F>(
        &self,
        closure: F,
    ) -> impl Future<Output = Result<T, E>> + Send + use<'_, T, E, F>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        run_closure(self.core(), Kind::Write, closure, Location::caller())
    }

    /// Runs a closure that reads, on this thread.
    ///
    /// For threads outside of async runtimes. `tokio::task::spawn_blocking` is inside of one: use
    /// [`read_as`](Self::read_as) there, which has a thread of its own.
    ///
    /// # Errors
    ///
    /// [`Error::BlockingInAsync`] inside an async context, [`Error::Deadlock`] inside a closure of this database;
    /// otherwise as for [`read_as`](Self::read_as).
    #[track_caller]
    pub fn blocking_read_as<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E>,
        E: From<Error>,
    {
        let site = Location::caller();
        refuse_async("blocking_read", site)?;
        crate::connection::run_blocking(self.core(), Kind::Read, closure, site)
    }

    /// Runs a closure that writes, on this thread, as one transaction.
    ///
    /// For threads outside of async runtimes. `tokio::task::spawn_blocking` is inside of one: use
    /// [`write_as`](Self::write_as) there, which has a thread of its own.
    ///
    /// # Errors
    ///
    /// [`Error::BlockingInAsync`] inside an async context, [`Error::Deadlock`] inside a closure of this database;
    /// otherwise as for [`write_as`](Self::write_as).
    #[track_caller]
    pub fn blocking_write_as<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E>,
        E: From<Error>,
    {
        let site = Location::caller();
        refuse_async("blocking_write", site)?;
        crate::connection::run_blocking(self.core(), Kind::Write, closure, site)
    }

    /// Runs one statement that is not generated, and drops its rows.
    ///
    /// The watches hear of what it changes as of any other write; a change of the schema refreshes all of them. What
    /// takes the runtime's place is refused: BEGIN, COMMIT, ROLLBACK, savepoints, ATTACH, DETACH, and pragmas that set
    /// how the connection works.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`](crate::Error::Refused) for what is not run, for no statement or several, and for a wrong number
    /// of values; whatever SQLite reports.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, the statement never runs; dropped while it runs, it runs to its end.
    #[track_caller]
    pub fn execute_raw<S, P>(
        &self,
        sql: S,
        params: P,
    ) -> impl Future<Output = Result<Changes>> + Send + use<'_, S, P>
    where
        S: Into<String>,
        P: RawParams,
    {
        let statement = Raw::execute(sql.into(), &params, Location::caller());
        async move { Ok(raw(self, statement).await?.changes) }
    }

    /// Runs one statement that is not generated, and returns its rows.
    ///
    /// # Errors
    ///
    /// As for [`execute_raw`](Self::execute_raw).
    #[track_caller]
    pub fn query_raw<S, P>(
        &self,
        sql: S,
        params: P,
    ) -> impl Future<Output = Result<RawRows>> + Send + use<'_, S, P>
    where
        S: Into<String>,
        P: RawParams,
    {
        let statement = Raw::query(sql.into(), &params, Location::caller());
        async move { Ok(raw(self, statement).await?.rows) }
    }

    /// Runs several writes as one transaction, in one trip and with one notification; `fill` adds them at once.
    ///
    /// # Errors
    ///
    /// The first error; then none of them has changed anything. Its [`Origin::element`](crate::v1::Origin::element) says
    /// which write it was.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, nothing runs; dropped while it runs, all of it runs.
    #[track_caller]
    pub fn batch<F>(
        &self,
        fill: F,
    ) -> impl Future<Output = Result<Vec<Changes>>> + Send + use<'_, F>
    where
        F: FnOnce(&mut Batch),
    {
        batch(self, fill, Location::caller())
    }

    /// Looks at the queue and the watches.
    #[must_use]
    pub fn status(&self) -> Status {
        self.core().status()
    }
}

pub(super) fn refuse_async(door: &'static str, site: &'static Location<'static>) -> Result<()> {
    if tokio::runtime::Handle::try_current().is_ok() {
        return Err(Error::BlockingInAsync {
            door: door.into(),
            caller: site.into(),
        });
    }
    Ok(())
}
