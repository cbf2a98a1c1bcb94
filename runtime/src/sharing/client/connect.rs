//! The ways to a database that is open elsewhere.
//!
//! In: a port. Out: a handle of the generated database, which the application cannot tell from one that has the file open.

use std::sync::Arc;

use crate::database::{Handle, Opening};
use crate::options::{Builder, Source};
use crate::sharing::deadline::Deadline;
use crate::sharing::local;
use crate::sharing::port::ConnectPort;
use crate::sharing::wire::{Hello, Schema};

use super::Bytes;
use super::link::{Dial, Dialing};
use super::options::ConnectOptions;

impl ConnectPort {
    /// Connects to the database that is served here.
    ///
    /// A database with adapters is connected by [`Builder::connect`].
    ///
    /// # Errors
    ///
    /// [`Error::NoOwner`](crate::Error::NoOwner) at once where nobody serves, [`Error::Unanswered`](crate::Error::Unanswered)
    /// for an owner that does not let the client in within the time of the options,
    /// [`Error::SchemaMismatch`](crate::Error::SchemaMismatch) for one that was generated from another schema.
    #[track_caller]
    pub fn connect<H: Handle<Adapters = ()>>(&self, options: ConnectOptions) -> Opening<H> {
        Builder::new(()).connect(self, options)
    }
}

impl<H: Handle> Builder<H> {
    /// Reaches the database through its owner, who has the file open.
    ///
    /// To be completed by [`open`](Self::open), [`open_blocking`](Self::open_blocking), [`lazy`](Self::lazy) or
    /// [`delayed`](Self::delayed). What this builder says of the file and of SQLite is the owner's to decide; adapters and
    /// [`queue_wait`](Self::queue_wait) are this client's own.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "whoever connects has made them for that"
    )]
    pub fn owner(self, port: &ConnectPort, options: ConnectOptions) -> Self {
        self.through(dial(port, Schema::from(&H::MIGRATIONS), &options))
    }

    /// Connects to the database that is served at this port.
    ///
    /// # Errors
    ///
    /// As for [`ConnectPort::connect`].
    #[track_caller]
    pub fn connect(self, port: &ConnectPort, options: ConnectOptions) -> Opening<H> {
        self.owner(port, options).open()
    }

    /// Reaches the database through whatever stream.
    pub(crate) fn through(mut self, dial: Dial) -> Self {
        self.options.source = Source::Owner(Arc::new(dial));
        self
    }
}

/// How the owner at a port is reached.
pub(super) fn dial(port: &ConnectPort, schema: Schema, options: &ConnectOptions) -> Dial {
    let hello = hello(schema, *port.token().bytes(), options);
    let (to, place) = (port.clone(), port.place());
    let connect = move || -> Dialing {
        let to = to.clone();
        Box::pin(async move {
            // All of it has a deadline, connecting too.
            let stream = local::connect(&to, Deadline::none(), async |stream| Ok(stream)).await?;
            Ok(Bytes::new(local::split(stream)))
        })
    };
    Dial {
        connect: Arc::new(connect),
        place,
        port: Some(port.clone()),
        hello,
        timeout: options.timeout,
        request: options.request,
        goes_on: false,
    }
}

/// Who we are.
pub(super) fn hello(schema: Schema, token: [u8; 32], options: &ConnectOptions) -> Hello {
    Hello {
        schema,
        token,
        process: std::process::id(),
        read_only: options.read_only,
        close_owner_on_close: options.close_owner_on_close,
    }
}
