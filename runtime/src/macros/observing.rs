//! The doors through which changes are told and seen.
//!
//! In: the name of the database. Out: inherent methods that pass everything on to the handle inside.

/// Telling of changes, and watching several queries as one.
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_observing {
    ($database:ident) => {
        $crate::__sqlitenow_external!($database);

        #[allow(dead_code)]
        impl $database {
            /// Tells the watches that others changed these tables: another library on the same file, an import.
            ///
            /// # Errors
            ///
            /// A closed database.
            #[track_caller]
            pub fn report_external_changes<I>(&self, tables: I) -> $crate::v1::Result<()>
            where
                I: ::core::iter::IntoIterator<Item: ::core::convert::AsRef<str>>,
            {
                self.0.report_external_changes(tables)
            }

            /// Watches several queries as one: a tuple of two to eight of them, called on this database.
            ///
            /// Each item holds the results of all of them as of one commit, with its number.
            #[track_caller]
            pub fn watch_group<Q: $crate::v1::Grouped>(
                &self,
                queries: Q,
            ) -> $crate::v1::Watch<$crate::v1::Group<Q::Results>> {
                self.0.watch_group(queries)
            }

            /// Tells all that commits change from now on, table by table, as far as it is asked for.
            #[track_caller]
            pub fn table_changes(
                &self,
                filter: &$crate::v1::ChangeFilter,
            ) -> $crate::v1::TableChanges {
                self.0.table_changes(filter)
            }
        }
    };
}

/// Seeing commits of other processes; nothing without the feature.
#[cfg(not(feature = "external-changes"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_external {
    ($database:ident) => {};
}

/// Seeing commits of other processes.
#[cfg(feature = "external-changes")]
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_external {
    ($database:ident) => {
        #[allow(dead_code)]
        impl $database {
            /// Sees commits of other processes from now on, by itself: all watches look again after each.
            ///
            /// # Errors
            ///
            /// A database in memory or on a foreign driver; a folder that cannot be watched.
            #[track_caller]
            pub fn watch_external_changes(
                &self,
            ) -> impl ::core::future::Future<Output = $crate::v1::Result<()>>
            + ::core::marker::Send
            + use<'_> {
                self.0.watch_external_changes()
            }

            /// Does the same by looking so often, where file systems do not tell of changes.
            ///
            /// # Errors
            ///
            /// A database in memory or on a foreign driver.
            #[track_caller]
            pub fn poll_external_changes(
                &self,
                every: ::core::time::Duration,
            ) -> impl ::core::future::Future<Output = $crate::v1::Result<()>>
            + ::core::marker::Send
            + use<'_> {
                self.0.poll_external_changes(every)
            }
        }
    };
}
