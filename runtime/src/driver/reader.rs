//! Connections that only read, beside the one that writes.
//!
//! In: how the database was opened. Out: a connection to the same file with the same functions and collations, at one
//! moment of it. Invariant: only for files with a write-ahead log, where a reader and the writer do not wait for each other.

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result, from_rusqlite};
use crate::options::OnOpen;

use super::{Embedded, Setup};

/// How to open another connection.
pub(crate) struct Reader {
    pub(crate) path: PathBuf,
    pub(crate) busy_timeout: Duration,
    pub(crate) on_open: Vec<OnOpen>,
}

impl Reader {
    /// Opens one that sees what is committed now, whatever comes later, and whose statements end with an error soon after `stops` says so.
    pub(crate) fn open(&self, stops: impl FnMut() -> bool + Send + 'static) -> Result<Embedded> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(from_rusqlite)?;
        let mut embedded = Embedded::new(connection, self.busy_timeout)?;
        embedded.stop_when(stops)?;
        for hook in &self.on_open {
            hook(&Setup::new(&embedded))?;
        }
        if embedded.in_transaction() {
            return Err(Error::sqlite(
                1,
                "an `on_open` hook left a transaction open",
            ));
        }
        embedded.query("PRAGMA query_only = ON", &[])?;
        // BEGIN alone takes no snapshot, the first read does.
        embedded.control("BEGIN")?;
        embedded.query("SELECT 1 FROM sqlite_schema LIMIT 1", &[])?;
        Ok(embedded)
    }
}
