//! A connection that is about to run, and its write-ahead log.
//!
//! In: an embedded connection after its hooks. Out: a cache for every statement, SQLite's authorizer heard, and a log that
//! is moved into the file from time to time. Invariant: nobody but the database's thread does that, so that no commit waits
//! for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Result, from_rusqlite};
use crate::value::Value;

use super::gauge::Gauge;
use super::{Access, Embedded, Uses, baseline};

impl Embedded {
    /// Prepares for running: the cache holds every statement, and checkpoints are left to the database's thread.
    pub(crate) fn settle(
        &mut self,
        cached: usize,
        path: Option<&Path>,
        access: Access,
    ) -> Result<()> {
        self.listen_and_keep(cached)?;
        if access != Access::Write || !self.has_log()? {
            return Ok(());
        }
        // SQLite's own checkpoints stay on where nobody would replace them.
        if let Some(database) = self.file(path) {
            let page = match self.pragma("page_size")? {
                Value::Integer(page) => u64::try_from(page).unwrap_or(4096),
                _ => 4096,
            };
            let gauge = Gauge::new(database, page);
            self.query(
                &format!("PRAGMA journal_size_limit = {}", gauge.limit()),
                &[],
            )?;
            self.query("PRAGMA wal_autocheckpoint = 0", &[])?;
            self.gauge = Some(gauge);
        }
        Ok(())
    }

    /// The cache holds so many statements, and SQLite's authorizer is heard.
    pub(crate) fn listen_and_keep(&mut self, cached: usize) -> Result<()> {
        self.connection
            .set_prepared_statement_cache_capacity(cached);
        self.listener.cached = cached;
        self.connection
            .authorizer(Some(self.listener.hook()))
            .map_err(from_rusqlite)
    }

    /// From now on it counts together with other connections.
    pub(crate) fn count_with(&mut self, uses: &Arc<Uses>) {
        self.listener.uses = Arc::clone(uses);
    }

    /// Whether hooks have made generated statements do something else than what was generated for.
    pub(crate) fn has_something_in_the_way(&self) -> bool {
        baseline::is_in_the_way(self)
    }

    /// Where another connection finds the database, if one can read beside this one.
    pub(crate) fn shared_file(&self, path: Option<&Path>, access: Access) -> Option<PathBuf> {
        let shares = match access {
            Access::Write => self.gauge.is_some(),
            Access::Read => self.has_log().unwrap_or(false),
            Access::Immutable => true,
        };
        shares.then(|| self.file(path)).flatten()
    }

    fn has_log(&self) -> Result<bool> {
        Ok(self.pragma("journal_mode")? == Value::Text("wal".to_owned()))
    }

    /// Where SQLite keeps the database; rusqlite hands the name out only if it is UTF-8.
    fn file(&self, path: Option<&Path>) -> Option<PathBuf> {
        match self.connection.path() {
            Some(path) => Some(PathBuf::from(path)),
            None => fs::canonicalize(path?).ok(),
        }
    }

    pub(super) fn pragma(&self, name: &str) -> Result<Value> {
        let rows = self.query(&format!("PRAGMA {name}"), &[])?;
        Ok(rows.into_iter().flatten().next().unwrap_or_default())
    }

    /// Whether the commits so far have filled the log enough.
    pub(crate) fn wants_checkpoint(&mut self) -> bool {
        let changes = self.total_changes();
        self.gauge
            .as_mut()
            .is_some_and(|gauge| gauge.is_due(changes))
    }

    /// Moves pages from the WAL into the database without waiting for anybody.
    pub(crate) fn checkpoint(&self) -> Result<()> {
        self.query("PRAGMA wal_checkpoint(PASSIVE)", &[]).map(drop)
    }
}
