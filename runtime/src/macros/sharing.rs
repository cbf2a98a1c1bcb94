//! The doors through which a database is shared.
//!
//! In: the name of the database. Out: inherent methods that pass everything on to the handle inside.

/// Sharing with other processes; nothing without the feature.
#[cfg(not(feature = "sharing"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_sharing {
    ($database:ident $(, $given:ident: $adapters:ty)?) => {};
}

/// Sharing with other processes.
#[cfg(feature = "sharing")]
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_sharing {
    ($database:ident $(, $given:ident: $adapters:ty)?) => {
        #[allow(dead_code)]
        impl $database {
            /// Opens a file that several processes share: the first of them owns it, the others are its clients.
            ///
            /// When the owner ends, in whatever way, one of the others takes over, and the watches of all go on.
            ///
            /// # Errors
            ///
            /// Whatever fails on the way; an owner that was generated from another schema, or that does not answer.
            #[track_caller]
            pub fn open_shared(
                path: impl ::core::convert::Into<::std::path::PathBuf>,
                $($given: $adapters,)?
            ) -> $crate::v1::Opening<Self> {
                Self::builder($($given)?).path(path).open_shared()
            }

            /// Serves the database to clients in other processes, until it is closed.
            ///
            /// Serving keeps no database open: dropping the last handle ends it.
            ///
            /// # Errors
            ///
            /// Another process that serves the file already, or somebody under the same name; a closed database.
            #[track_caller]
            pub fn serve(
                &self,
                options: $crate::v1::ServeOptions,
            ) -> impl ::core::future::Future<Output = $crate::v1::Result<$crate::v1::ConnectPort>>
            + ::core::marker::Send
            + use<'_> {
                self.0.serve_as::<Self>(options)
            }

            /// Gives a port to this very database: inside of a transaction, what runs through it is part of that.
            ///
            /// A database that is served, and a client of one, give the port that there is; any other one gives a port for
            /// one client.
            ///
            /// # Errors
            ///
            /// A closed database; whatever keeps a socket from being made.
            #[track_caller]
            pub fn serializable_connection(
                &self,
            ) -> impl ::core::future::Future<Output = $crate::v1::Result<$crate::v1::ConnectPort>>
            + ::core::marker::Send
            + use<'_> {
                self.0.serializable_connection_as::<Self>()
            }

            /// Runs a closure on a thread of its own, with a tokio runtime; inside of a transaction its calls are part of that.
            ///
            /// A panic of the closure goes on in the caller.
            ///
            /// # Errors
            ///
            /// The closure's own error; an error of the runtime if there is no thread to be had.
            ///
            /// # Cancel safety
            ///
            /// Dropped, the closure's future is dropped as well, at its next await.
            pub fn compute<T, E, F>(
                &self,
                closure: F,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<T, E>>
            + ::core::marker::Send
            + use<T, E, F>
            where
                F: ::core::ops::AsyncFnOnce(Self) -> ::core::result::Result<T, E>
                    + ::core::marker::Send
                    + 'static,
                T: ::core::marker::Send + 'static,
                E: ::core::convert::From<$crate::v1::Error> + ::core::marker::Send + 'static,
            {
                self.0.compute_as(closure)
            }
        }
    };
}
