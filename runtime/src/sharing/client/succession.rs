//! What a process does to share a file: it becomes the owner or a client, and again whenever an owner ends.
//!
//! In: a file and how to open it. Out: a link to its owner, who may be this process. Invariants: whoever owns the file holds a
//! lease of it before it is opened, and until nobody serves it any more; whoever does not never opens it.

use std::panic::Location;
use std::sync::Arc;

use tokio::runtime::{Builder as Runtime, Runtime as Running};

use crate::database::{Database, Handle, Opening, open, open_elsewhere};
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
use super::link::Link;
use super::options::ConnectOptions;
use super::remote::Remote;

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
    /// the others takes over, and the watches of all of them go on. Calls that were under way are
    /// [`Error::Remote`](crate::Error::Remote) then; those that follow wait for the new owner. Whoever takes over opens the file
    /// as this builder says, so all processes should say the same.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`](crate::Error::Refused) without a [`path`](Self::path),
    /// [`Error::SchemaMismatch`](crate::Error::SchemaMismatch) where the owner was generated from another schema; otherwise as
    /// for [`open`](Self::open) and [`ConnectPort::connect`].
    #[track_caller]
    pub fn open_shared(self) -> Opening<H> {
        self.open_shared_with(ServeOptions::new(), ConnectOptions::new())
    }

    /// Does the same as [`open_shared`](Self::open_shared) with other options: those of an owner, should this process be it,
    /// and those of a client.
    ///
    /// # Errors
    ///
    /// As for [`open_shared`](Self::open_shared).
    #[track_caller]
    pub fn open_shared_with(self, serve: ServeOptions, connect: ConnectOptions) -> Opening<H> {
        let site = Location::caller();
        let options = self.options;
        Opening::of(move || {
            let Source::File(path) = &options.source else {
                let reason = "a database without a file cannot be shared: give it a path".into();
                let origin = Some(Box::new(Origin::raw("open_shared", String::new(), site)));
                return Err(Error::Refused { reason, origin });
            };
            let succession = Succession {
                place: Place::of_database(path)?,
                options,
                plan: H::MIGRATIONS,
                statements: H::STATEMENTS,
                serve: serve.handing_over(),
                connect,
                site,
            };
            succession.open()
        })
    }
}

impl Succession {
    /// Opens the database as its owner or as a client.
    fn open(self) -> Result<Database> {
        match self.stand()? {
            Settled::Owner(lease) => Ok(self.own(lease)?.0),
            Settled::Client(link) => {
                let (options, statements, site) =
                    (self.options.clone(), self.statements, self.site);
                let remote = Remote::new(link, Some(self));
                Ok(open_elsewhere(remote, &options, statements, site))
            }
        }
    }

    /// Stands for the file until it is owned or its owner is reached; waits for it on this thread.
    fn stand(&self) -> Result<Settled<Link>> {
        let deadline = self
            .connect
            .timeout
            .map_or(Deadline::none(), Deadline::within);
        let schema = Schema::from(&self.plan);
        runtime()?.block_on(settle(&self.place, deadline, async |port| {
            // Which has a thread and a deadline of its own.
            Link::open(dial(&port, schema, &self.connect))
        }))
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

    /// A link to the next owner, and the database if that is this process.
    pub(super) fn succeed(&self) -> Result<(Link, Option<Database>)> {
        match self.stand()? {
            Settled::Client(link) => Ok((link, None)),
            Settled::Owner(lease) => {
                let (database, port) = self.own(lease)?;
                let link = Link::open(dial(&port, Schema::from(&self.plan), &self.connect))?;
                Ok((link, Some(database)))
            }
        }
    }
}

fn runtime() -> Result<Running> {
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
