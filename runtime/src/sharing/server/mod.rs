//! Serves a database to clients, each at the other end of a stream of bytes.
//!
//! In: a database or an open block of one, and connections. Out: answers, and commits as they happen. Invariants: requests of a
//! client line up in the database's queue in the order in which they came; a commit is told before the answer of whatever ran
//! after it; when a connection ends nothing of it is left behind; whatever comes over it harms nobody else.
//!
//! ```text
//! serve          a thread that listens
//! handshake      who may come in
//! connection     one client, as long as it is there
//!   ├ intake       its messages, one by one
//!   ├ blocks       its open transactions
//!   ├ request      what becomes of a call
//!   │  ├ run, beside, many   statements, at their turn in the queue or on a reader
//!   │  ├ claims              what it says of its statements, and whether that is believed
//!   │  └ stream              rows in parts
//!   └ answers      what goes out, in order
//! ```

mod answers;
mod beside;
mod blocks;
mod claims;
mod connection;
mod handshake;
mod intake;
mod many;
mod options;
mod request;
mod run;
mod serve;
mod stream;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use crate::database::Core;
use crate::error::{CallSite, Error, Result};
use crate::queue::Frame;

use super::serving::Served;
use super::token::Token;
use super::wire::{Hello, Schema};

pub use self::options::ServeOptions;
pub(crate) use self::serve::{Door, Serve, on_own_thread, runtime, spawn};

/// How often a server inside of a block looks whether the block is over.
const LOOKS: Duration = Duration::from_millis(20);

/// What is served, and how.
pub(crate) struct Server {
    core: Arc<Core>,
    /// The block in which the clients' work runs; without one, the database.
    own: Option<Arc<Frame>>,
    schema: Schema,
    token: Token,
    options: ServeOptions,
    served: Arc<Served>,
}

/// The place of a client, until it is dropped.
struct Seat {
    client: u64,
    served: Arc<Served>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.served.leave();
    }
}

impl Server {
    pub(crate) fn new(
        core: Arc<Core>,
        own: Option<Arc<Frame>>,
        schema: Schema,
        token: Token,
        options: ServeOptions,
    ) -> Arc<Self> {
        let served = core.serving.begin();
        Arc::new(Self {
            core,
            own,
            schema,
            token,
            options,
            served,
        })
    }

    /// The frame of requests that are in no block of their client.
    fn frame(&self) -> &Arc<Frame> {
        self.own.as_ref().unwrap_or(&self.core.root)
    }

    /// How many connections read beside the queue.
    fn readers(&self) -> u32 {
        let readers = self.own.is_none().then(|| self.core.reader_count());
        u32::try_from(readers.unwrap_or(0)).unwrap_or(u32::MAX)
    }

    /// Lets a client in, or says why not.
    fn admit(&self, hello: &Hello) -> Result<Seat> {
        handshake::check(self, hello)?;
        let seat = Seat {
            client: self.core.serving.number(),
            served: Arc::clone(&self.served),
        };
        if self.served.enter() > self.options.clients {
            return Err(Error::Refused {
                reason: "the owner has as many clients as it may have".into(),
                origin: None,
            });
        }
        Ok(seat)
    }

    /// Waits until what is served is over.
    async fn over(&self) {
        let Some(own) = &self.own else {
            return self.core.closing().await;
        };
        tokio::select! {
            () = self.core.closing() => {}
            // A block tells nobody that it ends.
            () = async { while !own.is_closed() { tokio::time::sleep(LOOKS).await } } => {}
        }
    }

    /// Whether somebody has ended all of it, so that no client is to be the next owner.
    fn is_finished(&self) -> bool {
        self.own.is_some() || self.core.serving.is_finished()
    }

    /// Ends for everybody: the database, or what is served of a block.
    async fn shut_down(&self, site: CallSite) {
        if self.own.is_some() {
            self.served.stop();
        } else {
            self.core.serving.finish();
            self.core.shut_down(site).await;
        }
    }
}
