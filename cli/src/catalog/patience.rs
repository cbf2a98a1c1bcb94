//! Stops statements that would never end.
//!
//! `INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n` would hang the compiler.
//! Invariant: the bound counts SQLite's own steps and not time, so that a slow machine tells nothing that a fast one does
//! not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Connection, Error, ErrorCode, Result};

/// After so many instructions of its virtual machine SQLite is stopped: a second or two, or millions of rows.
pub(super) const MOST_STEPS: u64 = 100_000_000;

const STEPS_PER_LOOK: u32 = 100_000;

/// Counts what a statement of one connection does.
#[derive(Debug)]
pub(super) struct Patience {
    looks: Arc<AtomicU64>,
}

impl Patience {
    /// Stops what takes more than `most` steps on `connection`.
    pub(super) fn with(connection: &mut Connection, most: u64) -> Result<Self> {
        let looks = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&looks);
        let per_look = i32::try_from(STEPS_PER_LOOK).unwrap_or(i32::MAX);
        connection.progress_handler(
            per_look,
            Some(move || {
                let looks = seen.fetch_add(1, Ordering::Relaxed);
                looks.saturating_mul(STEPS_PER_LOOK.into()) >= most
            }),
        )?;
        Ok(Self { looks })
    }

    /// Lets the next statement have all of it.
    pub(super) fn renew(&self) {
        self.looks.store(0, Ordering::Relaxed);
    }
}

/// Whether SQLite was stopped.
pub(super) fn has_run_out(error: &Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted)
}

#[cfg(test)]
mod tests {
    use super::{Patience, has_run_out};
    use rusqlite::Connection;

    #[test]
    fn each_statement_has_all_of_it() {
        let mut connection = Connection::open_in_memory().expect("a database in memory");
        let patience = Patience::with(&mut connection, 3_000_000).expect("a handler");
        let count = |to: u32| {
            patience.renew();
            let sql = format!(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {to}) SELECT COUNT(*) FROM n"
            );
            connection.query_row(&sql, [], |row| row.get::<_, u32>(0))
        };
        for _ in 0..5 {
            assert_eq!(count(100_000), Ok(100_000));
        }
        assert!(has_run_out(
            &count(u32::MAX).expect_err("it takes too long")
        ));
        assert_eq!(count(10), Ok(10));
    }
}
