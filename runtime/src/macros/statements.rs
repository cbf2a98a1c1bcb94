//! The doors for statements that have no namespace: batches and raw SQL, on each of the three handles.
//!
//! In: the names of the handles. Out: inherent methods that pass everything on to the handle inside.

/// What runs statements of several kinds, on each of the three handles.
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_statements {
    ($database:ident, $transaction:ident, $connection:ident) => {
        $crate::__sqlitenow_statements!($database);
        $crate::__sqlitenow_statements!($transaction);

        #[allow(dead_code)]
        impl $connection<'_> {
            /// Runs several writes, which stand or fall together; the closure adds them.
            ///
            /// # Errors
            ///
            /// The first error, which says which write it came from; then none of them has changed anything.
            #[track_caller]
            pub fn batch<F>(
                &self,
                fill: F,
            ) -> $crate::v1::Result<::std::vec::Vec<$crate::v1::Changes>>
            where
                F: ::core::ops::FnOnce(&mut $crate::v1::Batch),
            {
                self.0.batch(fill)
            }

            /// Runs one statement that is not generated, and drops its rows.
            ///
            /// # Errors
            ///
            /// A statement that is refused, wrong values, a write where only reading is possible, and whatever SQLite reports.
            #[track_caller]
            pub fn execute_raw<S, P>(
                &self,
                sql: S,
                params: P,
            ) -> $crate::v1::Result<$crate::v1::Changes>
            where
                S: ::core::convert::Into<::std::string::String>,
                P: $crate::v1::RawParams,
            {
                self.0.execute_raw(sql, params)
            }

            /// Runs one statement that is not generated, and returns its rows.
            ///
            /// # Errors
            ///
            /// As for [`execute_raw`](Self::execute_raw).
            #[track_caller]
            pub fn query_raw<S, P>(
                &self,
                sql: S,
                params: P,
            ) -> $crate::v1::Result<$crate::v1::RawRows>
            where
                S: ::core::convert::Into<::std::string::String>,
                P: $crate::v1::RawParams,
            {
                self.0.query_raw(sql, params)
            }
        }
    };
    ($handle:ident) => {
        #[allow(dead_code)]
        impl $handle {
            /// Runs several writes as one transaction, in one trip and with one notification; the closure adds them.
            ///
            /// # Errors
            ///
            /// The first error, which says which write it came from; then none of them has changed anything.
            ///
            /// # Cancel safety
            ///
            /// Dropped while it waits, nothing runs; dropped while it runs, all of it runs.
            #[track_caller]
            pub fn batch<F>(
                &self,
                fill: F,
            ) -> impl ::core::future::Future<
                Output = $crate::v1::Result<::std::vec::Vec<$crate::v1::Changes>>,
            > + ::core::marker::Send
            + use<'_, F>
            where
                F: ::core::ops::FnOnce(&mut $crate::v1::Batch),
            {
                self.0.batch(fill)
            }

            /// Runs one statement that is not generated, and drops its rows.
            ///
            /// The watches hear of what it changes as of any other write; a change of the schema refreshes all of them.
            /// What takes the runtime's place is refused: BEGIN, COMMIT, ROLLBACK, savepoints, ATTACH, DETACH, and pragmas
            /// that set how the connection works.
            ///
            /// # Errors
            ///
            /// A statement that is refused, wrong values, and whatever SQLite reports.
            ///
            /// # Cancel safety
            ///
            /// Dropped while it waits, the statement never runs; dropped while it runs, it runs to its end.
            #[track_caller]
            pub fn execute_raw<S, P>(
                &self,
                sql: S,
                params: P,
            ) -> impl ::core::future::Future<Output = $crate::v1::Result<$crate::v1::Changes>>
            + ::core::marker::Send
            + use<'_, S, P>
            where
                S: ::core::convert::Into<::std::string::String>,
                P: $crate::v1::RawParams,
            {
                self.0.execute_raw(sql, params)
            }

            /// Runs one statement that is not generated, and returns its rows.
            ///
            /// # Errors
            ///
            /// As for [`execute_raw`](Self::execute_raw).
            #[track_caller]
            pub fn query_raw<S, P>(
                &self,
                sql: S,
                params: P,
            ) -> impl ::core::future::Future<Output = $crate::v1::Result<$crate::v1::RawRows>>
            + ::core::marker::Send
            + use<'_, S, P>
            where
                S: ::core::convert::Into<::std::string::String>,
                P: $crate::v1::RawParams,
            {
                self.0.query_raw(sql, params)
            }
        }
    };
}
