//! The databases of one race: one by hand and one for each generated form, alike in pragmas and rows.
//!
//! In: where they are kept. Out: open connections. Invariant: each contender has a database to itself, so that nobody
//! waits for another one's lock or profits from another one's pages.

use std::path::PathBuf;

use rusqlite::Connection;
use sqlitenow_runtime::Executor;
use sqlitenow_runtime::v1::Bound;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::Work;
use crate::bench_database::BenchDatabase;
use crate::bench_database::readings::Count;
use crate::race::Failure;

/// How many items the seed makes.
pub const ITEMS: i64 = 1000;

/// Where a database is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Memory,
    File,
}

impl Medium {
    pub fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::File => "WAL file",
        }
    }
}

/// All databases of one race.
pub struct Store {
    pub runtime: Runtime,
    /// By hand: each call alone, and the reads of a turn in one transaction.
    pub alone: Connection,
    pub together: Connection,
    pub blocking: BenchDatabase,
    pub auto: BenchDatabase,
    pub inline: BenchDatabase,
    _folder: TempDir,
}

impl Store {
    pub fn new(medium: Medium) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let path = |name: &str| (medium == Medium::File).then(|| folder.path().join(name));
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()?,
            alone: by_hand(path("alone.db"))?,
            together: by_hand(path("together.db"))?,
            blocking: generated(path("blocking.db"), Executor::Auto)?,
            auto: generated(path("auto.db"), Executor::Auto)?,
            inline: generated(path("inline.db"), Executor::Inline)?,
            _folder: folder,
        })
    }

    /// Fails unless every contender has written what all have to.
    pub fn check(&self, work: Work, rounds: u32) -> Result<(), Failure> {
        let writes = u32::from(!work.only_reads());
        let expected = i64::from(writes * rounds * work.calls());
        let sql = Count::STATEMENT.sql;
        let count = self.alone.query_row(sql, (), |row| row.get(0))?;
        compare(expected, count)?;
        for database in [&self.blocking, &self.auto, &self.inline] {
            let count = self.runtime.block_on(database.readings().count().one())?;
            compare(expected, count.readings)?;
        }
        Ok(())
    }
}

fn compare(expected: i64, found: i64) -> Result<(), Failure> {
    if found == expected {
        return Ok(());
    }
    Err(format!("found {found} readings instead of {expected}").into())
}

/// The pragmas are those that the runtime sets.
fn by_hand(path: Option<PathBuf>) -> Result<Connection, Failure> {
    let connection = match path {
        Some(path) => Connection::open(path)?,
        None => Connection::open_in_memory()?,
    };
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; BEGIN",
    )?;
    for script in [
        include_str!("../fixtures/generate/bench/sql/BenchDatabase/schema/item.sql"),
        include_str!("../fixtures/generate/bench/sql/BenchDatabase/schema/reading.sql"),
        include_str!("../fixtures/generate/bench/sql/BenchDatabase/init/items.sql"),
    ] {
        connection.execute_batch(script)?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(connection)
}

fn generated(path: Option<PathBuf>, executor: Executor) -> Result<BenchDatabase, Failure> {
    let builder = BenchDatabase::builder().executor(executor);
    let builder = match path {
        Some(path) => builder.path(path),
        None => builder.memory(),
    };
    Ok(builder.open_blocking()?)
}
