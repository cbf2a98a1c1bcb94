//! Connections that only read, beside the one that writes.
//!
//! In: how the database was opened. Out: a connection to the same file with the same functions and collations, at one
//! moment of it or, one by one, whatever is committed then. Invariant: only for files with a write-ahead log, where a
//! reader and the writer do not wait for each other.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Batch;
use rusqlite::fallible_iterator::FallibleIterator as _;

use crate::error::{Error, Result};
use crate::options::OnOpen;
use crate::value::Value;

use super::raw::{RawAnswer, Want};
use super::{Access, Embedded, Setup, Uses, connect};

/// How to open another connection.
pub(crate) struct Reader {
    pub(crate) path: PathBuf,
    pub(crate) access: Access,
    pub(crate) uses: Arc<Uses>,
    pub(crate) busy_timeout: Duration,
    pub(crate) on_open: Vec<OnOpen>,
}

impl Reader {
    /// Whether opening one calls the application, which may take any time.
    pub(crate) fn has_hooks(&self) -> bool {
        !self.on_open.is_empty()
    }

    /// Opens one whose statements end with an error soon after `stops` says so.
    pub(crate) fn connect(&self, stops: impl FnMut() -> bool + Send + 'static) -> Result<Embedded> {
        let connection = connect(&self.path, self.access, false)?;
        let mut embedded = Embedded::new(connection, self.busy_timeout)?;
        embedded.count_with(&self.uses);
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
        Ok(embedded)
    }
}

impl Embedded {
    /// From now on sees what is committed now, whatever comes later.
    pub(crate) fn take_snapshot(&self) -> Result<()> {
        // BEGIN alone takes no snapshot, the first read does.
        self.control("BEGIN")?;
        self.query("SELECT 1 FROM sqlite_schema LIMIT 1", &[])
            .map(drop)
    }

    /// Whether a statement would give the same on any connection to the file: it reads what is stored there and nothing else.
    pub(crate) fn reads_the_file_alone(&self, sql: &str) -> Result<bool> {
        let listening = self.listener.listen(false);
        let statement = self.connection().prepare(sql);
        let statement = statement.map_err(|error| self.unprepared(error, sql))?;
        Ok(statement.readonly() && !listening.take().private)
    }

    /// Runs one raw statement, unless only the writing connection can answer it or say why not.
    pub(crate) fn raw_read(&self, sql: &str, values: &[Value]) -> Result<Option<RawAnswer>> {
        let listening = self.listener.listen(false);
        let mut batch = Batch::new(self.connection(), sql);
        let Ok(Some(mut statement)) = batch.next() else {
            return Ok(None);
        };
        let told = listening.take();
        if !statement.readonly() || told.private || !matches!(batch.next(), Ok(None)) {
            return Ok(None);
        }
        self.finish_raw(&mut statement, values, &Want::everything(false))
            .map(Some)
    }

    /// Runs a raw statement that [`raw_read`](Self::raw_read) has run before, here or on another reader.
    pub(crate) fn raw_read_again(&self, sql: &str, values: &[Value]) -> Result<RawAnswer> {
        self.finish_raw(&mut *self.prepare(sql)?, values, &Want::everything(false))
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn what_only_one_connection_knows_is_told_apart_from_what_the_file_holds() {
        let connection = Connection::open_in_memory().unwrap();
        let mut embedded = Embedded::new(connection, Duration::ZERO).unwrap();
        embedded.listen_and_keep(0).unwrap();
        let schema = "CREATE TABLE a (id INTEGER PRIMARY KEY, x); CREATE VIEW v AS SELECT x FROM a;
            CREATE TEMP TABLE t (x); ATTACH ':memory:' AS other; CREATE TABLE other.o (x);
            CREATE TEMP VIEW of_both AS SELECT x FROM main.a;
            CREATE VIRTUAL TABLE f USING fts5 (body)";
        embedded.script(schema).unwrap();
        let alone = |sql: &str| embedded.reads_the_file_alone(sql).unwrap();
        for sql in [
            "SELECT * FROM a",
            "select upper(x), random() from v order by random()",
            "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 9) SELECT * FROM c, a",
            "WITH m AS MATERIALIZED (SELECT x FROM a) SELECT * FROM m JOIN m USING (x)",
            "SELECT value FROM a, json_each(a.x) WHERE EXISTS (SELECT 1 FROM v)",
            "SELECT count(*) FROM sqlite_schema",
            "SELECT * FROM f WHERE f MATCH 'word'",
            "SELECT 1, CURRENT_TIMESTAMP",
            "EXPLAIN QUERY PLAN SELECT * FROM a",
            "VALUES (1), (2)",
        ] {
            assert!(alone(sql), "{sql}");
        }
        for sql in [
            "insert into a default values returning id",
            "WITH n AS (SELECT 1) UPDATE a SET x = (SELECT * FROM n)",
            "DELETE FROM a",
            "SELECT x FROM t",
            "SELECT x FROM of_both",
            "SELECT x FROM o",
            "SELECT count(*) FROM temp.sqlite_schema",
            "SELECT last_insert_rowid()",
            "SELECT x FROM a WHERE changes() > 0",
            "SELECT Total_Changes()",
            "PRAGMA foreign_keys",
            "PRAGMA user_version = 3",
            "PRAGMA table_info(a)",
            "SELECT * FROM pragma_foreign_keys",
            "BEGIN",
            "SAVEPOINT s",
            "ATTACH ':memory:' AS third",
            "CREATE TABLE b (x)",
            "VACUUM",
        ] {
            assert!(!alone(sql), "{sql}");
        }
    }
}
