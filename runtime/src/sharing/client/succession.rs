//! What a process does to share a file: it becomes the owner or a client, and again whenever an owner ends.
//!
//! In: a file and how to open it. Out: a link to its owner, who may be this process. Invariants: whoever owns the file holds a
//! lease of it before it is opened, and until nobody serves it any more; whoever does not never opens it.

use std::future::Future;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder as Runtime, Runtime as Running};

use crate::database::{Database, Handle, Opening, make_folder, open, open_elsewhere};
use crate::error::{Error, Origin, Result};
use crate::migration::Migrations;
use crate::options::{Builder, Options, Source};
use crate::queue::parked;
use crate::sharing::deadline::Deadline;
use crate::sharing::election::{Lease, Place, Settled, settle};
use crate::sharing::port::ConnectPort;
use crate::sharing::server::{Door, Serve, ServeOptions, on_own_thread};
use crate::sharing::wire::Schema;

use super::connect::dial;
use super::link::{Dial, Link};
use super::options::ConnectOptions;
use super::remote::Remote;

/// So long may the first one need to bring the file up to date, if nobody says otherwise.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Succession {
    place: Place,
    /// How the file is opened by its owner.
    options: Options,
    plan: Migrations,
    statements: usize,
    serve: ServeOptions,
    connect: ConnectOptions,
    site: &'static Location<'static>,
}

impl<H: Handle> Builder<H> {
    /// Opens a file that several processes share: the first of them owns it, the others are its clients.
    ///
    /// All have the same database, and cannot tell the difference but for speed. When the owner ends, in whatever way, one of
    /// the others takes over, and their watches go on. Calls that were under way are [`Error::Remote`] then, and so is the rest
    /// of a transaction that was open; calls that follow wait for the new owner. Whoever takes over opens the file as this
    /// builder says, so all processes should say the same.
    ///
    /// The numbers of commits rise in each process for as long as its handle lives; after a change of owner they are not the
    /// same ones in all processes. The change itself counts as a commit of others that changes everything.
    ///
    /// While no new owner can be had, because the file cannot be opened for example, calls are [`Error::Unopened`]; it is
    /// tried again until the handle is closed.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] without a [`path`](Self::path); [`Error::SchemaMismatch`] where the owner was generated from another
    /// schema; [`Error::Unanswered`] where nobody has become the owner, or none has answered, within 30 seconds; otherwise as
    /// for [`open`](Self::open).
    #[track_caller]
    pub fn open_shared(self) -> Opening<H> {
        let connect = ConnectOptions::new().timeout(PATIENCE);
        self.open_shared_with(ServeOptions::new(), connect)
    }

    /// Does the same as [`open_shared`](Self::open_shared) with other options: those of an owner, should this process be it,
    /// and those of a client.
    ///
    /// [`ConnectOptions::timeout`] bounds the search for an owner, and [`ConnectOptions::request`] also how long a call waits
    /// for the next one.
    ///
    /// # Errors
    ///
    /// As for [`open_shared`](Self::open_shared); [`Error::Refused`] for options by which one process would end or restrict
    /// what all share: [`last_client_closes`](ServeOptions::last_client_closes), `read_only` and
    /// [`close_owner_on_close`](ConnectOptions::close_owner_on_close).
    #[track_caller]
    pub fn open_shared_with(self, serve: ServeOptions, connect: ConnectOptions) -> Opening<H> {
        let site = Location::caller();
        let options = self.options;
        Opening::of(move || {
            let refuse = |reason: &'static str| {
                let origin = Origin::raw("open_shared", String::new(), site);
                Err(Error::Refused {
                    reason: reason.into(),
                    origin: Some(Box::new(origin)),
                })
            };
            let Source::File(path) = &options.source else {
                return refuse("a database without a file cannot be shared: give it a path");
            };
            let restricts = serve.read_only || connect.read_only;
            if restricts || serve.last_client_closes || connect.close_owner_on_close {
                return refuse(
                    "no process ends or restricts what all share: leave `read_only`, `last_client_closes` and \
                     `close_owner_on_close` out",
                );
            }
            make_folder(path)?;
            let succession = Succession {
                place: Place::of_database(path)?,
                options,
                plan: H::MIGRATIONS,
                statements: H::STATEMENTS,
                serve,
                connect,
                site,
            };
            succession.open()
        })
    }
}

impl Succession {
    /// The file, for people.
    pub(super) fn shown(&self) -> String {
        self.place.shown()
    }

    /// How long a call may wait.
    pub(super) fn patience(&self) -> Option<Duration> {
        self.connect.request
    }

    /// Opens the database as its owner or as a client.
    fn open(self) -> Result<Database> {
        match runtime()?.block_on(self.stand())? {
            Settled::Owner(lease) => Ok(self.own(lease)?.0),
            Settled::Client(link) => {
                let (options, statements, site) =
                    (self.options.clone(), self.statements, self.site);
                let remote = Remote::new(link, Some(self));
                Ok(open_elsewhere(remote, &options, statements, site))
            }
        }
    }

    /// Stands for the file until it is owned or its owner is reached.
    async fn stand(&self) -> Result<Settled<Link>> {
        let timeout = self.connect.timeout;
        let deadline = timeout.map_or(Deadline::none(), Deadline::within);
        settle(&self.place, deadline, async |port| {
            // Which has a thread and a deadline of its own; nothing else runs on this one.
            Link::open(self.dial(&port)).map_err(|error| match error {
                // It has died on the way, or is about to end.
                Error::Remote { .. } | Error::Closed { .. } => Error::NoOwner {
                    place: port.place(),
                    source: None,
                },
                error => error,
            })
        })
        .await
    }

    fn dial(&self, port: &ConnectPort) -> Dial {
        Dial {
            goes_on: true,
            ..dial(port, Schema::from(&self.plan), &self.connect)
        }
    }

    /// Opens the file and serves it.
    fn own(&self, lease: Lease) -> Result<(Database, ConnectPort)> {
        let database = open(&self.options, &self.plan, self.statements, None, self.site)?;
        let port = parked(on_own_thread(Serve {
            core: Arc::clone(database.core()),
            own: None,
            schema: Schema::from(&self.plan),
            options: self.serve.clone(),
            door: Door::Everybody,
            lease: Some(lease),
            site: self.site,
        }))?;
        Ok((database, port))
    }

    /// A link to the next owner, and the database if that is this process; none if the database was closed meanwhile.
    pub(super) fn succeed(
        &self,
        runtime: &Running,
        closed: impl Future<Output = ()>,
    ) -> Result<Option<(Link, Option<Database>)>> {
        let settled = runtime.block_on(async {
            tokio::select! {
                biased;
                () = closed => None,
                settled = self.stand() => Some(settled),
            }
        });
        Ok(match settled.transpose()? {
            None => None,
            Some(Settled::Client(link)) => Some((link, None)),
            Some(Settled::Owner(lease)) => {
                let (database, port) = self.own(lease)?;
                // Through its socket, as everybody else: there is one way in.
                Some((Link::open(self.dial(&port))?, Some(database)))
            }
        })
    }
}

/// For finding an owner.
pub(super) fn runtime() -> Result<Running> {
    let runtime = Runtime::new_current_thread().enable_all().build();
    runtime.map_err(|source| Error::Io {
        path: "runtime for finding an owner".into(),
        source,
    })
}

/// Closes a database on this thread; what cannot be done in time is done behind it.
pub(super) fn close(database: &Database) {
    if let Ok(runtime) = runtime() {
        // Nobody is left to be told.
        let _ = runtime.block_on(database.close());
    }
}
