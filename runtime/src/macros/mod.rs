//! The macros that generated modules and applications use.
//!
//! In: names and the migration plan. Out: three newtypes with every typed door as an inherent method. Invariant:
//! the expansion passes rustc and clippy's pedantic lints in every edition from 2021 on, and is documented.

mod observing;
mod sharing;
mod statements;

/// Includes the module that a build script has generated into `OUT_DIR`.
///
/// ```text
/// sqlitenow_runtime::include_database!("app_database");
/// ```
#[macro_export]
macro_rules! include_database {
    ($name:literal) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/", $name, ".rs"));
    };
}

/// Makes the types of a generated database. Generated code uses it; see the crate's documentation for what it gives.
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_database {
    (
        $(#[$meta:meta])*
        $visibility:vis struct $database:ident {
            transaction: $transaction:ident,
            connection: $connection:ident,
            migrations: $migrations:expr,
            statements: $statements:expr
            $(, adapters: $adapters:ty)? $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        $visibility struct $database($crate::v1::Database);

        #[doc = ::core::concat!("An open transaction of [`", ::core::stringify!($database), "`].")]
        #[allow(dead_code)]
        #[derive(Debug)]
        $visibility struct $transaction($crate::v1::Transaction);

        #[doc = ::core::concat!("What the closures of [`", ::core::stringify!($database), "`] get: its statements run at once.")]
        #[allow(dead_code)]
        #[derive(Debug)]
        $visibility struct $connection<'c>(&'c $crate::v1::Connection);

        impl $crate::v1::Handle for $database {
            type Adapters = ($($adapters)?);

            const MIGRATIONS: $crate::v1::Migrations = $migrations;
            const STATEMENTS: usize = $statements;

            fn from_database(database: $crate::v1::Database) -> Self {
                Self(database)
            }

            fn database(&self) -> &$crate::v1::Database {
                &self.0
            }
        }

        $crate::__sqlitenow_opening!($database $(, adapters: $adapters)?);
        $crate::__sqlitenow_doors!($database, $transaction, $connection);
        $crate::__sqlitenow_statements!($database, $transaction, $connection);
        $crate::__sqlitenow_observing!($database);
        $crate::__sqlitenow_sharing!($database $(, adapters: $adapters)?);

        #[allow(dead_code)]
        impl $transaction {
            /// Runs a nested block: part of this transaction, but an error undoes its own work alone.
            ///
            /// # Errors
            ///
            /// The block's own error, untouched; an error of the runtime if this block has ended.
            #[track_caller]
            pub fn transaction<T, E, F>(
                &self,
                block: F,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<T, E>> + use<'_, T, E, F>
            where
                F: ::core::ops::AsyncFnOnce($transaction) -> ::core::result::Result<T, E>,
                E: ::core::convert::From<$crate::v1::Error>,
            {
                self.0.nested_as($transaction, block)
            }

            /// Does the same as [`transaction`](Self::transaction), and says what it is.
            ///
            /// # Errors
            ///
            /// The block's own error, untouched; an error of the runtime if this block has ended.
            #[track_caller]
            pub fn savepoint<T, E, F>(
                &self,
                block: F,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<T, E>> + use<'_, T, E, F>
            where
                F: ::core::ops::AsyncFnOnce($transaction) -> ::core::result::Result<T, E>,
                E: ::core::convert::From<$crate::v1::Error>,
            {
                self.0.nested_as($transaction, block)
            }
        }
    };
}

/// Opening and closing.
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_opening {
    ($database:ident $(, $given:ident: $adapters:ty)?) => {
        #[allow(dead_code)]
        impl $database {
            /// The version that this code brings a file to.
            pub const SCHEMA_VERSION: u32 = <Self as $crate::v1::Handle>::MIGRATIONS.version;

            /// Opens a file, which is made if it is missing, and brings it up to date.
            ///
            /// # Errors
            ///
            /// Whatever fails on the way; then nothing stays open.
            #[track_caller]
            pub fn open(
                path: impl ::core::convert::Into<::std::path::PathBuf>,
                $($given: $adapters,)?
            ) -> $crate::v1::Opening<Self> {
                Self::builder($($given)?).path(path).open()
            }

            /// Opens a new database in memory.
            ///
            /// # Errors
            ///
            /// Whatever fails on the way.
            #[track_caller]
            pub fn open_in_memory($($given: $adapters)?) -> $crate::v1::Opening<Self> {
                Self::builder($($given)?).memory().open()
            }

            /// Opens a file on this thread, outside of async contexts.
            ///
            /// # Errors
            ///
            /// Whatever fails on the way; then nothing stays open.
            #[track_caller]
            pub fn open_blocking(
                path: impl ::core::convert::Into<::std::path::PathBuf>,
                $($given: $adapters,)?
            ) -> $crate::v1::Result<Self> {
                Self::builder($($given)?).path(path).open_blocking()
            }

            /// Makes a database whose file is opened by the first call that needs it.
            ///
            /// Calls that come meanwhile wait; if opening fails they get its error, and the next call tries again.
            #[must_use]
            #[track_caller]
            pub fn open_lazy(
                path: impl ::core::convert::Into<::std::path::PathBuf>,
                $($given: $adapters,)?
            ) -> Self {
                Self::builder($($given)?).path(path).lazy()
            }

            /// Opens a database with other options.
            pub fn builder($($given: $adapters)?) -> $crate::v1::Builder<Self> {
                $crate::v1::Builder::new(($($given)?))
            }

            /// Says whether calls are still taken.
            #[must_use]
            pub fn is_open(&self) -> bool {
                self.0.is_open()
            }

            /// Closes the database once the calls queued before are finished. Closing again is fine.
            ///
            /// # Errors
            ///
            /// A deadlock inside a transaction of this database; whatever SQLite reports about closing.
            #[track_caller]
            pub fn close(
                &self,
            ) -> impl ::core::future::Future<Output = $crate::v1::Result<()>>
            + ::core::marker::Send
            + use<'_> {
                self.0.close()
            }

            /// Copies the database, as it is at this call's turn in the queue, into a new file.
            ///
            /// # Errors
            ///
            /// An error of the file system where there is something already: nothing is overwritten. A refusal inside a
            /// transaction of this database; whatever SQLite reports. Nothing is left behind then.
            ///
            /// # Cancel safety
            ///
            /// Dropped at any await, the file is whole, or there is none. A copy of a file with a write-ahead log ends soon
            /// after; any other one that is under way goes on to its end.
            #[track_caller]
            pub fn backup_to<P: ::core::convert::Into<::std::path::PathBuf>>(
                &self,
                path: P,
            ) -> impl ::core::future::Future<Output = $crate::v1::Result<()>>
            + ::core::marker::Send
            + use<'_, P> {
                self.0.backup_to(path)
            }

            /// Looks at the queue and the watches.
            #[must_use]
            pub fn status(&self) -> $crate::v1::Status {
                self.0.status()
            }
        }
    };
}

/// Blocks and closures.
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_doors {
    ($database:ident, $transaction:ident, $connection:ident) => {
        #[allow(dead_code)]
        impl $database {
            /// Runs a block as one transaction, which begins with BEGIN IMMEDIATE.
            ///
            /// # Errors
            ///
            /// The block's own error, untouched; an error of the runtime if BEGIN or COMMIT fails.
            ///
            /// # Cancel safety
            ///
            /// Dropped at any await, the work is undone before anybody else runs; once COMMIT has run it stays.
            #[track_caller]
            pub fn transaction<T, E, F>(
                &self,
                block: F,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<T, E>> + use<'_, T, E, F>
            where
                F: ::core::ops::AsyncFnOnce($transaction) -> ::core::result::Result<T, E>,
                E: ::core::convert::From<$crate::v1::Error>,
            {
                self.0.transaction_as($crate::v1::TransactionMode::Immediate, $transaction, block)
            }

            /// Runs a block as one transaction, which begins as asked for.
            ///
            /// # Errors
            ///
            /// The block's own error, untouched; an error of the runtime if BEGIN or COMMIT fails.
            #[track_caller]
            pub fn transaction_with<T, E, F>(
                &self,
                mode: $crate::v1::TransactionMode,
                block: F,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<T, E>> + use<'_, T, E, F>
            where
                F: ::core::ops::AsyncFnOnce($transaction) -> ::core::result::Result<T, E>,
                E: ::core::convert::From<$crate::v1::Error>,
            {
                self.0.transaction_as(mode, $transaction, block)
            }

            /// Runs a block that has the queue for itself, outside of transactions: statements commit one by one, and
            /// other calls wait until the block has ended.
            ///
            /// Raw statements in it may set what they cannot set elsewhere: `PRAGMA foreign_keys`,
            /// `ignore_check_constraints`, `legacy_alter_table` and `synchronous`. When the block ends, however it does,
            /// each of them is what it was before. A `transaction` in it is one of its own.
            ///
            /// # Errors
            ///
            /// The block's own error, untouched; what ran before it stays. An error of the runtime inside a transaction.
            #[track_caller]
            pub fn exclusive<T, E, F>(
                &self,
                block: F,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<T, E>> + use<'_, T, E, F>
            where
                F: ::core::ops::AsyncFnOnce(Self) -> ::core::result::Result<T, E>,
                E: ::core::convert::From<$crate::v1::Error>,
            {
                self.0.exclusive_as($database, block)
            }

            /// Runs a closure that reads, on the database's thread, from one snapshot.
            ///
            /// # Errors
            ///
            /// The closure's own error; an error of the runtime if there is no snapshot to be had.
            #[track_caller]
            pub fn read<T, E, F>(
                &self,
                closure: F,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<T, E>>
                   + ::core::marker::Send
                   + use<'_, T, E, F>
            where
                F: ::core::ops::FnOnce($connection<'_>) -> ::core::result::Result<T, E>
                    + ::core::marker::Send
                    + 'static,
                T: ::core::marker::Send + 'static,
                E: ::core::convert::From<$crate::v1::Error> + ::core::marker::Send + 'static,
            {
                self.0.read_as(move |connection| closure($connection(connection)))
            }

            /// Runs a closure that writes, on the database's thread, as one transaction.
            ///
            /// # Errors
            ///
            /// The closure's own error; an error of the runtime if BEGIN or COMMIT fails.
            ///
            /// # Cancel safety
            ///
            /// Dropped while it waits, the closure never runs; dropped while it runs, it runs to its end.
            #[track_caller]
            pub fn write<T, E, F>(
                &self,
                closure: F,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<T, E>>
                   + ::core::marker::Send
                   + use<'_, T, E, F>
            where
                F: ::core::ops::FnOnce($connection<'_>) -> ::core::result::Result<T, E>
                    + ::core::marker::Send
                    + 'static,
                T: ::core::marker::Send + 'static,
                E: ::core::convert::From<$crate::v1::Error> + ::core::marker::Send + 'static,
            {
                self.0.write_as(move |connection| closure($connection(connection)))
            }

            /// Runs a closure that reads, on this thread, from one snapshot. It may borrow.
            ///
            /// For threads outside of async runtimes; in `spawn_blocking` it is refused, use `read` there.
            ///
            /// # Errors
            ///
            /// The closure's own error; an error of the runtime inside an async context or a closure.
            #[track_caller]
            pub fn blocking_read<T, E, F>(&self, closure: F) -> ::core::result::Result<T, E>
            where
                F: ::core::ops::FnOnce($connection<'_>) -> ::core::result::Result<T, E>,
                E: ::core::convert::From<$crate::v1::Error>,
            {
                self.0.blocking_read_as(|connection| closure($connection(connection)))
            }

            /// Runs a closure that writes, on this thread, as one transaction. It may borrow.
            ///
            /// For threads outside of async runtimes; in `spawn_blocking` it is refused, use `write` there.
            ///
            /// # Errors
            ///
            /// The closure's own error; an error of the runtime inside an async context or a closure.
            #[track_caller]
            pub fn blocking_write<T, E, F>(&self, closure: F) -> ::core::result::Result<T, E>
            where
                F: ::core::ops::FnOnce($connection<'_>) -> ::core::result::Result<T, E>,
                E: ::core::convert::From<$crate::v1::Error>,
            {
                self.0.blocking_write_as(|connection| closure($connection(connection)))
            }
        }
    };
}
