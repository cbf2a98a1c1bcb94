//! A server and its socket.
//!
//! In: a database, and how it is to be served. Out: a port, and clients that are attended to as long as the database is open.
//! Invariants: the port is given out when somebody listens behind it; the socket is gone, and whatever else leads to it,
//! before the server counts as ended; no client is waited for beyond a moment.

use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::database::Core;
use crate::error::{Error, Result};
use crate::queue::Frame;
use crate::sharing::election::{self, Lease, Place, Standing};
use crate::sharing::folder::Folder;
use crate::sharing::local::{self, Listener, Stream};
use crate::sharing::port::ConnectPort;
use crate::sharing::serving::Served;
use crate::sharing::wire::Schema;

use super::handshake::{Attended, attend};
use super::{ServeOptions, Server};

/// So long may clients take their last answers when the database has ended.
const GRACE: Duration = Duration::from_secs(1);
/// So long is a listener left alone that has failed.
const REST: Duration = Duration::from_millis(50);

/// Who finds a server.
pub(crate) enum Door {
    /// Whoever knows the database's path or the name.
    Everybody,
    /// Nobody who was not given the port.
    Hidden,
    /// The first one who was given the port.
    One,
}

/// What is to be served.
pub(crate) struct Serve {
    pub(crate) core: Arc<Core>,
    /// The block in which the clients' work runs; without one, the database.
    pub(crate) own: Option<Arc<Frame>>,
    pub(crate) schema: Schema,
    pub(crate) options: ServeOptions,
    pub(crate) door: Door,
    /// The right to own the file, where somebody has stood for it already.
    pub(crate) lease: Option<Lease>,
    pub(crate) site: &'static Location<'static>,
}

/// A server that listens.
pub(crate) struct Listening {
    server: Arc<Server>,
    door: Door,
    site: &'static Location<'static>,
    socket: Socket,
    /// Says that nothing is left of the server, however it ends. After the socket.
    _ended: Ended,
}

/// A socket and what leads to it; dropped in this order.
struct Socket {
    listener: Listener,
    _leases: Vec<Lease>,
}

struct Ended(Arc<Served>);

impl Ended {
    fn later(served: &Arc<Served>) -> Self {
        served.listens(true);
        Self(Arc::clone(served))
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.listens(false);
    }
}

impl Serve {
    /// Makes a socket and listens.
    pub(crate) async fn listen(self) -> Result<Listening> {
        let Self {
            core,
            own,
            schema,
            options,
            door,
            lease,
            site,
        } = self;
        let file = match (&door, &lease) {
            (Door::Everybody, None) => file(&core, site).await?,
            _ => None,
        };
        if core.root.is_closed() {
            return Err(core.closed());
        }
        let socket = socket(&core, file.as_deref(), lease, &options)?;
        let port = socket.listener.port().clone();
        let for_all = matches!(door, Door::Everybody) && !options.read_only;
        let server = Server::new(core, own, schema, port.token().clone(), options);
        if for_all {
            server.served.announce(port);
        }
        Ok(Listening {
            _ended: Ended::later(&server.served),
            server,
            door,
            site,
            socket,
        })
    }
}

/// The database's file, where it has one that others can find.
async fn file(core: &Arc<Core>, site: &'static Location<'static>) -> Result<Option<PathBuf>> {
    let permit = core
        .acquire(Arc::clone(&core.root), site.into(), None)
        .await?;
    let permit = core.ensure_open(permit).await?;
    if !core.policy().embedded {
        return Ok(None);
    }
    core.on_thread(move |core| {
        let file = core.file();
        drop(permit);
        file
    })
    .await
}

fn socket(
    core: &Core,
    file: Option<&Path>,
    lease: Option<Lease>,
    options: &ServeOptions,
) -> Result<Socket> {
    let mut leases: Vec<Lease> = lease.into_iter().collect();
    if let Some(file) = file {
        let place = Place::of_database(file)?;
        match election::stand(&place)? {
            Standing::Owner(lease) => leases.push(lease),
            // It may be one of ours, which leads to another socket.
            Standing::Client(_) | Standing::Unsettled if core.serving.port().is_some() => {}
            Standing::Client(_) | Standing::Unsettled => {
                return Err(Error::Owned {
                    place: place.shown(),
                });
            }
        }
    }
    if let Some(name) = &options.name {
        leases.push(election::own(&Place::of_name(name)?)?);
    }
    let listener = match leases.first() {
        Some(lease) => lease.listen()?,
        None => Listener::bind(&Folder::private()?, "")?,
    };
    for lease in leases.iter().skip(1) {
        lease.announce(listener.port())?;
    }
    Ok(Socket {
        listener,
        _leases: leases,
    })
}

impl Listening {
    pub(crate) fn port(&self) -> &ConnectPort {
        self.socket.listener.port()
    }

    /// Attends to clients until the database is closed.
    pub(crate) async fn run(self) {
        let Self {
            server,
            door,
            site,
            socket,
            _ended,
        } = self;
        let mut socket = Some(socket);
        let mut clients = JoinSet::new();
        loop {
            tokio::select! {
                stream = accept(socket.as_ref()) => {
                    let server = Arc::clone(&server);
                    clients.spawn(async move { attend_to(&server, stream).await });
                    if matches!(door, Door::One) {
                        // From now on others find nobody.
                        socket = None;
                    }
                }
                Some(left) = clients.join_next() => {
                    if closes(&server, left.unwrap_or(Attended::Stranger)) {
                        let core = Arc::clone(&server.core);
                        // It waits for us.
                        tokio::spawn(async move { core.close(site).await });
                    }
                    if socket.is_none() {
                        break;
                    }
                }
                () = server.served.stopping() => break,
                () = server.over() => break,
            }
        }
        // Whoever comes now finds nobody, instead of somebody who ends.
        drop(socket);
        let all = async { while clients.join_next().await.is_some() {} };
        let _ = timeout(GRACE, all).await;
        clients.shutdown().await;
    }
}

/// The next stream; none ever without a socket.
async fn accept(socket: Option<&Socket>) -> Stream {
    let Some(socket) = socket else {
        return std::future::pending().await;
    };
    loop {
        match socket.listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                crate::trace::broken(None, &error);
                sleep(REST).await;
            }
        }
    }
}

async fn attend_to(server: &Arc<Server>, stream: Stream) -> Attended {
    let (reader, writer) = local::split(stream);
    attend(server, reader, writer).await
}

/// Whether the database is to be closed, now that this client has left.
fn closes(server: &Server, left: Attended) -> bool {
    match left {
        Attended::Stranger => false,
        Attended::Came { takes_owner } => {
            let was_last = server.options.last_client_closes && server.served.clients() == 0;
            server.own.is_none() && (takes_owner || was_last)
        }
    }
}

/// Serves on a thread of its own. Returns where, once somebody listens there.
pub(crate) async fn on_own_thread(serve: Serve) -> Result<ConnectPort> {
    let (send, receive) = oneshot::channel();
    let thread = move || match runtime() {
        Err(error) => drop(send.send(Err(error))),
        Ok(runtime) => runtime.block_on(async {
            match serve.listen().await {
                Err(error) => drop(send.send(Err(error))),
                Ok(listening) => {
                    // Whoever asked may have gone; what he asked for is there all the same.
                    let _ = send.send(Ok(listening.port().clone()));
                    listening.run().await;
                }
            }
        }),
    };
    spawn(thread)?;
    receive.await.map_err(|_| Error::Closed { source: None })?
}

/// The thread of an owner.
pub(crate) fn spawn(work: impl FnOnce() + Send + 'static) -> Result<()> {
    let thread = thread::Builder::new().name("sqlitenow-owner".to_owned());
    thread.spawn(work).map(drop).map_err(failed)
}

/// The runtime of an owner's thread.
pub(crate) fn runtime() -> Result<Runtime> {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(failed)
}

fn failed(source: std::io::Error) -> Error {
    Error::Io {
        path: PathBuf::from("owner's thread"),
        source,
    }
}
