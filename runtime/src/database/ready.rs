//! Gets a connection ready: pragmas, hooks, migrations.
//!
//! In: options and the generated plan. Out: an engine that is migrated, or an error with nothing left open. Invariant: a
//! file of a newer application is refused before any pragma could write to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime;

use crate::driver::{
    Access, Bracketed as _, Driver, Embedded, Engine, Foreign, Reader, Setup, Uses, block_on,
    connect,
};
use crate::error::{Error, Result, from_rusqlite};
use crate::migration::{Blank, Migrations, migrate, refuse_newer, refuse_older};
use crate::options::{JournalMode, Options, Source};
use crate::value::Value;

use super::Policy;
use super::core::Ready;
use super::readers::Readers;

/// Room in the statement cache for what the runtime itself runs – BEGIN, COMMIT, savepoints – and for raw statements.
const OTHER_STATEMENTS: usize = 32;

/// Opens the connection and brings the database up to date.
pub(super) fn ready(
    options: &Options,
    plan: &Migrations,
    statements: usize,
    runtime: Option<runtime::Handle>,
) -> Result<Ready> {
    match &options.source {
        Source::Driver(driver) => foreign(driver.as_ref(), options, plan, runtime),
        #[cfg(feature = "sharing")]
        Source::Owner(dial) => {
            let link = crate::sharing::Link::open(dial.as_ref().clone())?;
            Ok(elsewhere(crate::sharing::Remote::new(link, None), options))
        }
        Source::File(path) => embedded(Some(path), options, plan, statements),
        Source::Memory => embedded(None, options, plan, statements),
    }
}

fn foreign(
    driver: &dyn Driver,
    options: &Options,
    plan: &Migrations,
    runtime: Option<runtime::Handle>,
) -> Result<Ready> {
    let connection = block_on(runtime.as_ref(), driver.connect())?;
    let mut engine = Engine::Distant(Box::new(Foreign::new(connection, runtime)));
    let policy = Policy {
        executor: options.executor,
        ..Policy::before(options)
    };
    match migrate(&mut engine, plan, None) {
        Ok(()) => Ok(Ready {
            engine,
            policy,
            reader: None,
            readers: None,
            uses: Arc::default(),
            #[cfg(feature = "sharing")]
            remote: None,
            interferes: false,
        }),
        Err(error) => {
            // The migration's error matters more than what closing may say.
            let _ = engine.close();
            Err(error)
        }
    }
}

/// A database that an owner has open, who has brought it up to date.
#[cfg(feature = "sharing")]
pub(super) fn elsewhere(remote: Arc<crate::sharing::Remote>, options: &Options) -> Ready {
    Ready {
        engine: Engine::Distant(Box::new(crate::sharing::Line::new(Arc::clone(&remote)))),
        policy: Policy {
            executor: options.executor,
            embedded: false,
            ..Policy::before(options)
        },
        reader: None,
        readers: None,
        uses: Arc::default(),
        remote: Some(remote),
        interferes: false,
    }
}

fn embedded(
    path: Option<&Path>,
    options: &Options,
    plan: &Migrations,
    statements: usize,
) -> Result<Ready> {
    let connection = match path {
        None => rusqlite::Connection::open_in_memory().map_err(from_rusqlite)?,
        Some(path) => {
            if options.access == Access::Write {
                make_folder(path)?;
            }
            connect(path, options.access, true)?
        }
    };
    let mut embedded = Embedded::new(connection, options.busy_timeout)?;
    let uses = Arc::new(Uses::default());
    embedded.count_with(&uses);
    let mut engine = Engine::Embedded(embedded);
    match prepare(&mut engine, path, options, plan, statements) {
        Ok((syncs, file)) => {
            let reader = file.map(|path| Reader {
                path,
                access: options.access,
                uses: Arc::clone(&uses),
                busy_timeout: options.busy_timeout,
                on_open: options.on_open.clone(),
            });
            let readers = match readers(reader.as_ref(), options, statements) {
                Ok(readers) => readers,
                Err(error) => {
                    let _ = engine.close();
                    return Err(error);
                }
            };
            let policy = Policy {
                executor: options.executor,
                syncs,
                ..Policy::before(options)
            };
            let interferes = !options.on_open.is_empty()
                && (engine.embedded()).is_ok_and(|embedded| embedded.has_something_in_the_way());
            Ok(Ready {
                engine,
                policy,
                reader,
                readers,
                uses,
                #[cfg(feature = "sharing")]
                remote: None,
                interferes,
            })
        }
        Err(error) => {
            let _ = engine.close();
            Err(error)
        }
    }
}

/// They are there for files with a write-ahead log.
fn readers(
    reader: Option<&Reader>,
    options: &Options,
    statements: usize,
) -> Result<Option<Readers>> {
    match reader {
        Some(reader) if options.readers > 0 => {
            let cached = cached(options, statements);
            Readers::open(reader, options.readers, cached).map(Some)
        }
        _ => Ok(None),
    }
}

fn cached(options: &Options, statements: usize) -> usize {
    options.statement_cache.unwrap_or(statements) + OTHER_STATEMENTS
}

pub(crate) fn make_folder(path: &Path) -> Result<()> {
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
    let blank: Blank<'_> = &|| blank(options);
    let blank = (options.adopts && options.access == Access::Write).then_some(blank);
    refuse_newer(engine, plan, blank).map_err(|error| match path {
        Some(path) if options.access == Access::Read => without_log(error, path),
        _ => error,
    })?;
    let foreign_keys = if options.foreign_keys { "ON" } else { "OFF" };
    engine.query(&format!("PRAGMA foreign_keys = {foreign_keys}"))?;
    let writes = path.is_none() || options.access == Access::Write;
    if writes && path.is_some() {
        set_journal_mode(engine, options)?;
        engine.query(&format!(
            "PRAGMA synchronous = {}",
            options.synchronous.name()
        ))?;
    }
    run_hooks(engine, options)?;
    if writes {
        migrate(engine, plan, blank)?;
    } else {
        refuse_older(engine, plan)?;
    }
    let embedded = engine.embedded()?;
    embedded.settle(cached(options, statements), path, options.access)?;
    let file = path.and_then(|path| embedded.shared_file(Some(path), options.access));
    Ok((writes && path.is_some() && syncs(engine)?, file))
}

fn run_hooks(engine: &mut Engine, options: &Options) -> Result<()> {
    for hook in &options.on_open {
        hook(&Setup::new(engine.embedded()?))?;
        if engine.in_transaction() {
            // Everything would run inside of it and be lost at the end; closing undoes it.
            let message = "an `on_open` hook left a transaction open";
            return Err(Error::sqlite(1, message));
        }
    }
    Ok(())
}

/// An empty database with the application's functions and collations, which its schema may need.
fn blank(options: &Options) -> Result<Engine> {
    let connection = rusqlite::Connection::open_in_memory().map_err(from_rusqlite)?;
    let mut engine = Engine::Embedded(Embedded::new(connection, options.busy_timeout)?);
    run_hooks(&mut engine, options)?;
    Ok(engine)
}

/// SQLite wants to make the files of the write-ahead log even for reading, and complains of writing when it cannot.
fn without_log(error: Error, path: &Path) -> Error {
    if !matches!(
        error,
        Error::ReadOnly { .. } | Error::Sqlite { code: 8, .. }
    ) {
        return error;
    }
    let reason = "the files of its write-ahead log cannot be made: open it as `immutable`";
    Error::Io {
        path: path.to_owned(),
        source: std::io::Error::new(std::io::ErrorKind::ReadOnlyFilesystem, reason),
    }
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
