//! The doors through which a database is shared.
//!
//! In: an open database, or how one is opened. Out: ports that lead to it. Invariant: a server ends with its database, and keeps
//! no database open.

use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, Location};
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::task::Poll;

use super::port::ConnectPort;
use super::server::{Door, Serve, ServeOptions, on_own_thread, runtime, spawn};
use super::wire::Schema;
use crate::database::{Core, Database, Handle, delayed};
use crate::error::{Cause, Error, Result};
use crate::queue::scope;

impl Database {
    /// Serves the database to clients in other processes.
    ///
    /// # Errors
    ///
    /// [`Error::Owned`] if another process serves the file, or anybody under the name; [`Error::Closed`]; whatever keeps a
    /// socket from being made.
    #[track_caller]
    pub fn serve_as<H: Handle>(
        &self,
        options: ServeOptions,
    ) -> impl Future<Output = Result<ConnectPort>> + Send + use<'_, H> {
        let site = Location::caller();
        on_own_thread(self.serving::<H>(Door::Everybody, options, site))
    }

    /// Gives a port to this very database: what runs through it lines up with everything else, and inside of a transaction
    /// it is part of that.
    ///
    /// A database that is served, and a client of one, give the port that there is. Any other one gives a port for one
    /// client. Inside of a transaction the port ends with it.
    ///
    /// # Errors
    ///
    /// As for [`serve_as`](Self::serve_as).
    #[track_caller]
    pub fn serializable_connection_as<H: Handle>(
        &self,
    ) -> impl Future<Output = Result<ConnectPort>> + Send + use<'_, H> {
        let site = Location::caller();
        async move {
            let core = self.core();
            let own = scope::innermost(core.root.id);
            if own.is_none()
                && let Some(port) = known(core, site).await?
            {
                return Ok(port);
            }
            let door = if own.is_none() {
                Door::One
            } else {
                Door::Hidden
            };
            let options = ServeOptions::new();
            on_own_thread(Serve {
                own,
                ..self.serving::<H>(door, options, site)
            })
            .await
        }
    }

    fn serving<H: Handle>(
        &self,
        door: Door,
        options: ServeOptions,
        site: &'static Location<'static>,
    ) -> Serve {
        Serve {
            core: Arc::clone(self.core()),
            own: None,
            schema: Schema::from(&H::MIGRATIONS),
            options,
            door,
            lease: None,
            site,
        }
    }
}

/// The port that leads to the owner of this very database already.
async fn known(core: &Arc<Core>, site: &'static Location<'static>) -> Result<Option<ConnectPort>> {
    core.open_now(&core.root, site.into()).await?;
    match core.remote() {
        Some(remote) => remote.port().await,
        None => Ok(core.serving.port()),
    }
}

/// A database on a thread of its own, served to clients in this process and in others.
///
/// Dropping it closes the database as dropping the last handle does.
pub struct Owner {
    database: Database,
    port: ConnectPort,
}

impl fmt::Debug for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Owner")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl Owner {
    /// Opens a database on a thread and a tokio runtime of its own, and serves it. Returns when clients can connect; the
    /// present thread waits until then.
    ///
    /// # Errors
    ///
    /// The opener's error: one of this crate as it is, any other one and a panic as [`Error::Delayed`]. Otherwise as for
    /// [`Database::serve_as`].
    #[track_caller]
    pub fn spawn<H, F, E>(opener: F, options: ServeOptions) -> Result<Self>
    where
        H: Handle,
        F: AsyncFnOnce() -> Result<H, E> + Send + 'static,
        E: Into<Cause>,
    {
        let site = Location::caller();
        let (send, receive) = mpsc::sync_channel(1);
        spawn(move || {
            let runtime = match runtime() {
                Ok(runtime) => runtime,
                Err(error) => return drop(send.send(Err(error))),
            };
            runtime.block_on(async {
                let listening = async {
                    let database = opened(opener).await?.database().clone();
                    let serve = database.serving::<H>(Door::Everybody, options, site);
                    let listening = serve.listen().await?;
                    let port = listening.port().clone();
                    Ok((Self { database, port }, listening))
                };
                match listening.await {
                    Err(error) => drop(send.send(Err(error))),
                    Ok((owner, listening)) => {
                        // If nobody takes it, the database closes, and the server with it.
                        drop(send.send(Ok(owner)));
                        listening.run().await;
                    }
                }
            });
        })?;
        receive.recv().map_err(|_| Error::Closed { source: None })?
    }

    /// Returns where clients connect.
    #[must_use]
    pub fn port(&self) -> &ConnectPort {
        &self.port
    }

    /// Closes the database once the calls queued before are finished, and ends the clients' connections.
    ///
    /// # Errors
    ///
    /// As for [`Database::close`].
    #[track_caller]
    pub fn close(&self) -> impl Future<Output = Result<()>> + Send + use<'_> {
        self.database.close()
    }
}

/// What the opener makes; its panic is an error.
async fn opened<H, F, E>(opener: F) -> Result<H>
where
    F: AsyncFnOnce() -> Result<H, E>,
    E: Into<Cause>,
{
    let mut opening = pin!(async { opener().await.map_err(delayed) });
    std::future::poll_fn(|cx| {
        let polled = std::panic::catch_unwind(AssertUnwindSafe(|| opening.as_mut().poll(cx)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(delayed("it panicked"))))
    })
    .await
}
