//! Ending an owner from outside.
//!
//! In: a port. Out: an owner that has ended, whoever ended it. Invariant: whoever ends an owner needs not know what it serves.

use std::future::Future;
use std::panic::Location;
use std::thread;

use tokio::sync::oneshot;

use crate::error::{Error, Result};
use crate::queue::parked;
use crate::sharing::port::ConnectPort;
use crate::sharing::wire::{Ask, Schema};

use super::connect::dial;
use super::link::{Link, Place};
use super::options::ConnectOptions;

impl ConnectPort {
    /// Ends the owner for everybody: what runs is finished, what waits is refused, the clients hear of it, and the file is
    /// closed when this resolves.
    ///
    /// An owner that has ended already, or has died, is none to end: that is fine.
    ///
    /// # Errors
    ///
    /// [`Error::ReadOnly`] at the port of an owner that only lets read, [`Error::Unanswered`] where nobody answers,
    /// [`Error::Deadline`] if what runs takes longer than a minute, though the owner ends behind it.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the ending goes on even if this future is dropped.
    #[track_caller]
    pub fn shutdown_all(&self) -> impl Future<Output = Result<()>> + Send + use<> {
        let (port, site) = (self.clone(), Location::caller());
        async move {
            let (send, receive) = oneshot::channel();
            let thread = thread::Builder::new().name("sqlitenow-shutdown".to_owned());
            let work = move || drop(send.send(shut_down(&port, site)));
            thread.spawn(work).map_err(|source| Error::Io {
                path: "thread for ending an owner".into(),
                source,
            })?;
            receive.await.unwrap_or(Err(Error::Closed { source: None }))
        }
    }
}

fn shut_down(port: &ConnectPort, site: &'static Location<'static>) -> Result<()> {
    let link = Link::open(dial(port, Schema::NONE, &ConnectOptions::new()));
    let ended = link.and_then(|link| {
        let calling = Place::new(link.shared(), None).ask(&site.into(), Ask::Shutdown)?;
        parked(calling).map(drop)
    });
    match ended {
        // It is gone, by this wish or by another.
        Err(Error::NoOwner { .. } | Error::Closed { .. } | Error::Remote { .. }) => Ok(()),
        ended => ended,
    }
}
