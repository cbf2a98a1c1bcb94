//! The doors through which changes are told and seen.
//!
//! In: queries to watch as one, names of tables. Out: watches and notifications.

#[cfg(feature = "external-changes")]
use std::future::Future;
use std::panic::Location;
#[cfg(feature = "external-changes")]
use std::time::Duration;

use crate::error::Result;
#[cfg(feature = "external-changes")]
use crate::external::inform;
use crate::invalidation::{ChangeFilter, ChangeOrigin};
use crate::watch::{Group, Grouped, TableChanges, Watch, watch_group};

use super::Database;

impl Database {
    /// Tells the watches that others changed these tables: another library on the same file, an import.
    ///
    /// Names are trimmed and compared without case.
    ///
    /// # Errors
    ///
    /// [`Error::Closed`](crate::Error::Closed) when the database is closed.
    #[track_caller]
    pub fn report_external_changes<I>(&self, tables: I) -> Result<()>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        if !self.is_open() {
            return Err(self.core().closed());
        }
        let names: Vec<I::Item> = tables.into_iter().collect();
        #[cfg(feature = "sharing")]
        if let Some(remote) = self.core().remote() {
            // Which tells everybody, and us.
            return remote.report(names.iter().map(AsRef::as_ref), Location::caller());
        }
        let changed = self
            .core()
            .tables
            .changed(names.iter().map(AsRef::as_ref), ChangeOrigin::External);
        self.core().publish(&changed);
        Ok(())
    }

    /// Watches several queries as one: each item holds the results of all of them as of one commit, with its number.
    ///
    /// # Errors
    ///
    /// Items are errors as those of any watch; without a driver that can hold a transaction open,
    /// [`Error::Unsupported`](crate::Error::Unsupported).
    #[track_caller]
    pub fn watch_group<Q: Grouped>(&self, queries: Q) -> Watch<Group<Q::Results>> {
        watch_group(self, queries, Location::caller())
    }

    /// Tells all that commits change from now on, as far as it is asked for.
    #[track_caller]
    pub fn table_changes(&self, filter: &ChangeFilter) -> TableChanges {
        TableChanges::new(self, filter, Location::caller())
    }
}

#[cfg(feature = "external-changes")]
impl Database {
    /// Sees commits of other processes from now on, by itself: all watches look again after each.
    ///
    /// Needs the feature `external-changes`. Events of the file system say when to look; without a commit of others no query
    /// runs. What they have changed is not known, so that every watch looks, and the feed of changes names no table. Once is
    /// enough, until the database is closed.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`](crate::Error::Unsupported) for a database in memory or on a foreign driver,
    /// [`Error::Io`](crate::Error::Io) where the folder cannot be watched: use
    /// [`poll_external_changes`](Self::poll_external_changes) there.
    #[track_caller]
    pub fn watch_external_changes(&self) -> impl Future<Output = Result<()>> + Send + use<'_> {
        inform(self.core(), None, Location::caller())
    }

    /// Does the same by looking so often, where file systems do not tell: network shares, containers' mounts.
    ///
    /// # Errors
    ///
    /// As for [`watch_external_changes`](Self::watch_external_changes).
    #[track_caller]
    pub fn poll_external_changes(
        &self,
        every: Duration,
    ) -> impl Future<Output = Result<()>> + Send + use<'_> {
        inform(self.core(), Some(every), Location::caller())
    }
}
