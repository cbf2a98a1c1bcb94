//! Work on another thread that goes on where its caller is: within the same transaction, if there is one.
//!
//! In: a closure, and the block around the call. Out: its value, its error or its panic, in the caller. Invariants: the
//! closure's future is polled within the caller's block, so that it joins it and never waits for it; a caller that goes away
//! drops the future before anything more of it runs.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::thread;

use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::database::{Database, Handle};
use crate::error::{Error, Result};
use crate::queue::scope;

impl Database {
    /// Runs a closure on a thread and a tokio runtime of its own, with a database value of its own.
    ///
    /// Inside of a transaction its calls are part of that. A panic goes on in the caller.
    ///
    /// # Errors
    ///
    /// The closure's own error; [`Error::Io`] if there is no thread to be had.
    ///
    /// # Cancel safety
    ///
    /// Dropped, the closure's future is dropped as well, at its next await.
    pub fn compute_as<H, T, E, F>(
        &self,
        closure: F,
    ) -> impl Future<Output = Result<T, E>> + Send + use<H, T, E, F>
    where
        H: Handle,
        F: AsyncFnOnce(H) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let database = self.clone();
        async move {
            let frame = scope::innermost(database.core().root.id);
            let (mut send, receive) = oneshot::channel();
            let run = move || {
                let outcome = catch_unwind(AssertUnwindSafe(|| {
                    let runtime = Builder::new_current_thread().enable_all().build();
                    let runtime = runtime.map_err(|error| E::from(failed(error)))?;
                    runtime.block_on(async {
                        let work = async { closure(H::from_database(database)).await };
                        let work = async {
                            match frame {
                                Some(frame) => scope::inside(frame, work).await,
                                None => work.await,
                            }
                        };
                        tokio::select! {
                            biased;
                            () = send.closed() => Err(Error::Closed { source: None }.into()),
                            result = work => result,
                        }
                    })
                }));
                // Nobody waits any more: the outcome is dropped.
                let _ = send.send(outcome);
            };
            let thread = thread::Builder::new().name("sqlitenow-compute".to_owned());
            thread.spawn(run).map_err(|error| E::from(failed(error)))?;
            match receive.await {
                Ok(Ok(result)) => result,
                Ok(Err(panic)) => resume_unwind(panic),
                Err(_) => Err(Error::Closed { source: None }.into()),
            }
        }
    }
}

fn failed(source: std::io::Error) -> Error {
    Error::Io {
        path: PathBuf::from("computing thread"),
        source,
    }
}
