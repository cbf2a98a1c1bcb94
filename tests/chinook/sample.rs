//! Copies of the sample database, and the ways to open them.
//!
//! In: the file beside the project. Out: a copy for each test, as it is or with the version that the generated module
//! expects. Invariant: the sample itself is only read.

use std::future::Future;
use std::path::PathBuf;

use rusqlite::Connection;
use sqlitenow_runtime::Executor;
use tempfile::TempDir;

use crate::generated::ChinookDatabase;

/// A copy of the sample that lives as long as this.
pub struct Sample {
    folder: TempDir,
}

impl Sample {
    /// A copy as the file came: with tables, and with `user_version` 0.
    pub fn unversioned() -> Self {
        let sample = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        // Written anew instead of copied: a copy would inherit that the sample must not be written.
        std::fs::write(sample.path(), std::fs::read(crate::FILE).unwrap()).unwrap();
        sample
    }

    /// A copy whose version says that its tables are those before the first migration; opening it brings ours.
    pub fn new() -> Self {
        let sample = Self::unversioned();
        sample
            .plain()
            .pragma_update(None, "user_version", 1)
            .unwrap();
        sample
    }

    /// The copy after the migration, without any of this project.
    pub fn plainly_migrated(&self) -> Connection {
        let plain = self.plain();
        plain.pragma_update(None, "foreign_keys", true).unwrap();
        plain.pragma_update(None, "synchronous", false).unwrap();
        plain
            .execute_batch(include_str!("migration/0002_shelves.sql"))
            .unwrap();
        plain
            .pragma_update(None, "user_version", ChinookDatabase::SCHEMA_VERSION)
            .unwrap();
        plain
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("chinook.db")
    }

    /// The copy as anybody without this project opens it.
    pub fn plain(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    /// The copy as the generated database.
    pub fn open(&self, executor: Executor) -> ChinookDatabase {
        ChinookDatabase::builder()
            .path(self.path())
            .executor(executor)
            .open_blocking()
            .unwrap()
    }
}

/// Runs a future to its end on this thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap()
        .block_on(future)
}
