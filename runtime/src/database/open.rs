//! The ways to a database: now, on this thread, when it is needed, or once somebody has said which.
//!
//! In: options and the generated plan. Out: a database. Invariant: whoever opens sits on a thread that may wait.

use std::future::Future;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;

use tokio::runtime;
use tokio::sync::oneshot;

use crate::driver::block_on;
use crate::error::{Cause, Error, Result};
use crate::migration::Migrations;
use crate::options::{Builder, Options};
#[cfg(any(feature = "external-changes", feature = "sharing"))]
use crate::value::Value;

use super::core::Ready;
use super::doors::Handle;
use super::dormant::Dormant;
use super::handle::refuse_async;
use super::ready::ready;
use super::{Core, Database, Policy};

impl<H: Handle> Builder<H> {
    /// Opens the database: makes the file if it is missing, sets the pragmas, runs hooks and migrations.
    ///
    /// # Errors
    ///
    /// Whatever fails on the way; then nothing stays open.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it runs, the opening is finished and the database closed again.
    #[track_caller]
    pub fn open(self) -> Opening<H> {
        let site = Location::caller();
        let options = self.options;
        Opening(Box::pin(async move {
            let (plan, statements) = (H::MIGRATIONS, H::STATEMENTS);
            let runtime = runtime::Handle::try_current().ok();
            let work = move || open(&options, &plan, statements, runtime, site);
            Ok(H::from_database(off_executor(work).await?))
        }))
    }

    /// Opens the database on this thread.
    ///
    /// # Errors
    ///
    /// [`Error::BlockingInAsync`] inside an async context; otherwise as for [`open`](Self::open).
    #[track_caller]
    pub fn open_blocking(self) -> Result<H> {
        let site = Location::caller();
        refuse_async("open_blocking", site)?;
        open(&self.options, &H::MIGRATIONS, H::STATEMENTS, None, site).map(H::from_database)
    }

    /// Makes a database that is opened by the first call that needs it.
    ///
    /// Calls that come meanwhile wait in the queue, as they do behind any other. If opening fails, those that waited for
    /// it get [`Error::Unopened`], and the next call tries again. Closed before its first use, the database leaves no
    /// file. [`is_open`](crate::v1::Database::is_open) says whether calls are taken, from the start.
    ///
    /// A [`driver`](Self::driver) that needs a tokio runtime has to find it here.
    #[must_use]
    #[track_caller]
    pub fn lazy(self) -> H {
        let site = Location::caller();
        let runtime = runtime::Handle::try_current().ok();
        let (before, adapters) = (Policy::before(&self.options), self.options.adapters.clone());
        let options = self.options;
        let dormant =
            Dormant::new(move || ready(&options, &H::MIGRATIONS, H::STATEMENTS, runtime.clone()));
        let core = Core::new(before, adapters, dormant, H::STATEMENTS, site);
        H::from_database(Database::new(core))
    }

    /// Makes a database now that is opened as `prepare` says later: with the path that a user chooses, say.
    ///
    /// `prepare` starts at once, on the database's own thread with the present tokio runtime at its service, if there is
    /// one; it gets this builder and gives it back. Calls and watches wait in the queue until the database is open. If
    /// that fails, every call gets [`Error::Unopened`], with [`Error::Delayed`] around an error of `prepare` that is none
    /// of this crate. `close` waits for `prepare`.
    #[track_caller]
    pub fn delayed<F, E>(self, prepare: F) -> H
    where
        F: AsyncFnOnce(Self) -> Result<Self, E> + Send + 'static,
        E: Into<Cause>,
    {
        let site = Location::caller();
        let runtime = runtime::Handle::try_current().ok();
        let (before, adapters) = (Policy::before(&self.options), self.options.adapters.clone());
        let core = Core::new(before, adapters, Dormant::default(), H::STATEMENTS, site);
        let database = Database::new(core);
        let core = Arc::clone(database.core());
        let root = Arc::clone(&core.root);
        // The first in the queue: everybody else stands behind it.
        root.hand_off(
            site.into(),
            Box::new(move |permit| {
                let job = Arc::clone(&core);
                let submitted = core.submit(Box::new(move || {
                    let prepared = AssertUnwindSafe(|| prepared(prepare, self, runtime.as_ref()));
                    match catch_unwind(prepared).unwrap_or_else(|_| Err(delayed("it panicked"))) {
                        Ok(ready) => job.admit(ready),
                        Err(error) => job.never_open(error),
                    }
                    drop(permit);
                }));
                if let Err(error) = submitted {
                    core.never_open(error);
                }
            }),
        );
        H::from_database(database)
    }
}

impl Core {
    /// The file of the database, as SQLite calls it; none in memory. The caller holds a permit.
    #[cfg(any(feature = "external-changes", feature = "sharing"))]
    pub(crate) fn file(&self) -> Result<Option<PathBuf>> {
        let rows = self.engine(|engine| {
            engine.embedded()?;
            engine.query("SELECT file FROM pragma_database_list WHERE name = 'main'")
        });
        Ok(match rows?.into_iter().flatten().next() {
            Some(Value::Text(path)) if !path.is_empty() => Some(path.into()),
            _ => None,
        })
    }
}

fn prepared<H, F, E>(
    prepare: F,
    builder: Builder<H>,
    runtime: Option<&runtime::Handle>,
) -> Result<Ready>
where
    H: Handle,
    F: AsyncFnOnce(Builder<H>) -> Result<Builder<H>, E>,
    E: Into<Cause>,
{
    let builder = block_on(runtime, prepare(builder)).map_err(delayed)?;
    ready(
        &builder.options,
        &H::MIGRATIONS,
        H::STATEMENTS,
        runtime.cloned(),
    )
}

/// An error of the application's, or one of ours that it has passed on.
pub(crate) fn delayed(error: impl Into<Cause>) -> Error {
    match error.into().downcast::<Error>() {
        Ok(ours) => *ours,
        Err(source) => Error::Delayed { source },
    }
}

/// A database that is being opened. A named type, so that it does not borrow the path it was made from.
#[must_use = "a database is opened by awaiting this"]
pub struct Opening<H>(Pin<Box<dyn Future<Output = Result<H>> + Send>>);

impl<H: Handle> Opening<H> {
    /// Opens as `work` does, on a thread that may wait.
    #[cfg(feature = "sharing")]
    pub(crate) fn of(work: impl FnOnce() -> Result<Database> + Send + 'static) -> Self {
        Self(Box::pin(async move {
            Ok(H::from_database(off_executor(work).await?))
        }))
    }
}

impl<H> Future for Opening<H> {
    type Output = Result<H>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

/// Opening reads and writes files, so it gets a thread for its short life.
async fn off_executor(
    work: impl FnOnce() -> Result<Database> + Send + 'static,
) -> Result<Database> {
    let (send, receive) = oneshot::channel();
    thread::Builder::new()
        .name("sqlitenow-open".to_owned())
        .spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(work));
            // Nobody waits any more: the database is dropped, and closes.
            let _ = send.send(outcome);
        })
        .map_err(|source| Error::Io {
            path: PathBuf::from("opening thread"),
            source,
        })?;
    match receive.await {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => resume_unwind(panic),
        Err(_) => Err(Error::Closed { source: None }),
    }
}

/// Opens on this thread.
pub(crate) fn open(
    options: &Options,
    plan: &Migrations,
    statements: usize,
    runtime: Option<runtime::Handle>,
    site: &'static Location<'static>,
) -> Result<Database> {
    let ready = ready(options, plan, statements, runtime)?;
    let core = Core::new(
        Policy::before(options),
        options.adapters.clone(),
        Dormant::default(),
        statements,
        site,
    );
    core.admit(ready);
    Ok(Database::new(core))
}

/// A database that an owner has open.
#[cfg(feature = "sharing")]
pub(crate) fn open_elsewhere(
    remote: Arc<crate::sharing::Remote>,
    options: &Options,
    statements: usize,
    site: &'static Location<'static>,
) -> Database {
    let core = Core::new(
        Policy::before(options),
        options.adapters.clone(),
        Dormant::default(),
        statements,
        site,
    );
    core.admit(super::ready::elsewhere(remote, options));
    Database::new(core)
}
