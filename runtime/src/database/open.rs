//! Opening: from options to a database that is migrated and ready.
//!
//! In: options and the generated plan. Out: a database, or an error with nothing left open. Invariant: a file of
//! a newer application is refused before any pragma could write to it.

use std::fs;
use std::future::Future;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime;
use tokio::sync::oneshot;

use crate::driver::{Capabilities, Driver, Embedded, Engine, Foreign, Reader, Setup, block_on};
use crate::error::{Error, Result, from_rusqlite};
use crate::migration::{Migrations, migrate, refuse_newer};
use crate::options::{Builder, JournalMode, Options, Source};
use crate::value::Value;

use super::doors::Handle;
use super::handle::refuse_async;
use super::{Core, Database, Policy};

/// Room in the statement cache for what the runtime itself runs – BEGIN, COMMIT, savepoints – and for raw statements.
const OTHER_STATEMENTS: usize = 32;

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
}

/// A database that is being opened. A named type, so that it does not borrow the path it was made from.
#[must_use = "a database is opened by awaiting this"]
pub struct Opening<H>(Pin<Box<dyn Future<Output = Result<H>> + Send>>);

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

fn open(
    options: &Options,
    plan: &Migrations,
    statements: usize,
    runtime: Option<runtime::Handle>,
    site: &'static Location<'static>,
) -> Result<Database> {
    let (mut engine, policy, reader) = match &options.source {
        Source::Driver(driver) => {
            let (engine, policy) = foreign(driver.as_ref(), options, plan, runtime)?;
            (engine, policy, None)
        }
        source => {
            let path = match source {
                Source::File(path) => Some(path.as_path()),
                _ => None,
            };
            embedded(path, options, plan, statements)?
        }
    };
    let interferes = !options.on_open.is_empty()
        && (engine.embedded()).is_ok_and(|embedded| embedded.has_something_in_the_way());
    let core = Core::new(
        engine,
        policy,
        options.adapters.clone(),
        reader,
        statements,
        site,
    );
    if interferes {
        core.distrust_sets();
    }
    Ok(Database::new(core))
}

fn foreign(
    driver: &dyn Driver,
    options: &Options,
    plan: &Migrations,
    runtime: Option<runtime::Handle>,
) -> Result<(Engine, Policy)> {
    let connection = block_on(runtime.as_ref(), driver.connect())?;
    let mut engine = Engine::Foreign(Foreign::new(connection, runtime));
    let policy = Policy {
        executor: options.executor,
        capabilities: driver.capabilities(),
        embedded: false,
        syncs: true,
        queue_wait: options.queue_wait,
    };
    match migrate(&mut engine, plan) {
        Ok(()) => Ok((engine, policy)),
        Err(error) => {
            // The migration's error matters more than what closing may say.
            let _ = engine.close();
            Err(error)
        }
    }
}

fn embedded(
    path: Option<&Path>,
    options: &Options,
    plan: &Migrations,
    statements: usize,
) -> Result<(Engine, Policy, Option<Reader>)> {
    let connection = match path {
        None => rusqlite::Connection::open_in_memory().map_err(from_rusqlite)?,
        Some(path) => {
            make_folder(path)?;
            rusqlite::Connection::open(path).map_err(from_rusqlite)?
        }
    };
    let embedded = Embedded::new(connection, options.busy_timeout)?;
    let mut engine = Engine::Embedded(embedded);
    match prepare(&mut engine, path, options, plan, statements) {
        Ok((syncs, file)) => {
            let reader = file.map(|path| Reader {
                path,
                busy_timeout: options.busy_timeout,
                on_open: options.on_open.clone(),
            });
            let policy = Policy {
                executor: options.executor,
                capabilities: Capabilities::ALL,
                embedded: true,
                syncs,
                queue_wait: options.queue_wait,
            };
            Ok((engine, policy, reader))
        }
        Err(error) => {
            let _ = engine.close();
            Err(error)
        }
    }
}

fn make_folder(path: &Path) -> Result<()> {
    let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    fs::create_dir_all(folder).map_err(|source| Error::Io {
        path: folder.to_owned(),
        source,
    })
}

/// Pragmas, hooks, migrations. Says whether commits wait for the disk, and which file others can read meanwhile.
fn prepare(
    engine: &mut Engine,
    path: Option<&Path>,
    options: &Options,
    plan: &Migrations,
    statements: usize,
) -> Result<(bool, Option<PathBuf>)> {
    refuse_newer(engine, plan)?;
    let foreign_keys = if options.foreign_keys { "ON" } else { "OFF" };
    engine.query(&format!("PRAGMA foreign_keys = {foreign_keys}"))?;
    if path.is_some() {
        set_journal_mode(engine, options)?;
        engine.query(&format!(
            "PRAGMA synchronous = {}",
            options.synchronous.name()
        ))?;
    }
    for hook in &options.on_open {
        hook(&Setup::new(engine.embedded()?))?;
        if engine.in_transaction() {
            // Everything would run inside of it and be lost at the end; closing undoes it.
            let message = "an `on_open` hook left a transaction open";
            return Err(Error::sqlite(1, message));
        }
    }
    migrate(engine, plan)?;
    let cached = options.statement_cache.unwrap_or(statements) + OTHER_STATEMENTS;
    let embedded = engine.embedded()?;
    embedded.settle(cached, path)?;
    let file = embedded.shared_file(path);
    Ok((path.is_some() && syncs(engine)?, file))
}

/// Switching to WAL takes an exclusive lock and ignores the busy timeout, so several processes that open one
/// file meet each other here: <https://www.sqlite.org/wal.html>.
fn set_journal_mode(engine: &mut Engine, options: &Options) -> Result<()> {
    let sql = format!("PRAGMA journal_mode = {}", options.journal_mode.name());
    let deadline = Instant::now() + options.busy_timeout;
    loop {
        match engine.query(&sql) {
            Err(Error::Busy { .. }) if Instant::now() < deadline => {
                thread::sleep(Duration::from_millis(2));
            }
            result => return result.map(drop),
        }
    }
}

/// Asks SQLite rather than the options: a hook may have changed its mind.
fn syncs(engine: &mut Engine) -> Result<bool> {
    let mut ask = |sql| Ok::<_, Error>(engine.query(sql)?.into_iter().flatten().next());
    let wal = ask("PRAGMA journal_mode")? == Some(Value::Text(JournalMode::Wal.name().to_owned()));
    let lazy = matches!(ask("PRAGMA synchronous")?, Some(Value::Integer(0 | 1)));
    Ok(!(wal && lazy))
}
