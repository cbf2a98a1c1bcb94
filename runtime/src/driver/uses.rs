//! How often a statement was prepared already when it was wanted.
//!
//! In: statements that a connection takes out of its cache. Out: two numbers, for all connections of a database together.
//! SQLite counts the runs of a statement, and one that was just prepared has none.

use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Statement, StatementStatus};

#[derive(Debug, Default)]
pub(crate) struct Uses {
    hits: AtomicU64,
    misses: AtomicU64,
}

impl Uses {
    #[inline]
    pub(super) fn note(&self, statement: &Statement<'_>) {
        let counter = if statement.get_status(StatementStatus::Run) > 0 {
            &self.hits
        } else {
            &self.misses
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    pub(crate) fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }
}
