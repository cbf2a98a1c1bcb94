//! The doors through which changes are told and seen.
//!
//! In: queries to watch as one, names of tables. Out: watches and notifications.

use std::panic::Location;

use crate::error::Result;
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
    /// [`Error::Closed`] when the database is closed.
    pub fn report_external_changes<I>(&self, tables: I) -> Result<()>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        if !self.is_open() {
            return Err(self.core().closed());
        }
        let names: Vec<I::Item> = tables.into_iter().collect();
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
