//! The doors through which changes are told and seen.
//!
//! In: the name of the database. Out: inherent methods that pass everything on to the handle inside.

/// Telling of changes, and watching several queries as one.
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_observing {
    ($database:ident) => {
        #[allow(dead_code)]
        impl $database {
            /// Tells the watches that others changed these tables: another library on the same file, an import.
            ///
            /// # Errors
            ///
            /// A closed database.
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
