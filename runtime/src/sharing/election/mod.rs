//! Who of several processes has the database open: the others become its clients.
//!
//! In: a database's path or a name. Out: a [`Lease`] for one of them, and for the others the port that it announced.
//! Invariants: never more than one lease for a place; it ends with its process however that ends; nobody touches the
//! database's own files, since closing a descriptor on them would drop SQLite's locks.

mod place;
#[cfg(test)]
mod tests;

use std::future::Future;

pub(crate) use self::place::Place;
use super::claim::{Attempt, Claim};
use super::deadline::{Deadline, Pauses};
use super::local::Listener;
use super::port::ConnectPort;
use crate::error::{Error, Result};

/// What somebody is who stood for a place.
#[derive(Debug)]
pub(crate) enum Standing {
    Owner(Lease),
    /// Somebody else owns the place, and can be reached here. Should nobody be there any more, standing again helps.
    Client(ConnectPort),
    /// Somebody else owns the place, and has not said yet where.
    Unsettled,
}

/// The right to own a place, until it is dropped.
#[derive(Debug)]
pub(crate) struct Lease {
    claim: Claim,
    place: Place,
}

impl Lease {
    /// Makes a socket and says where it is. It has to be dropped before the lease, so that nobody is sent to it in vain.
    ///
    /// # Panics
    ///
    /// Outside of a runtime of tokio with I/O.
    pub(crate) fn listen(&self) -> Result<Listener> {
        let listener = Listener::bind(self.place.folder(), &self.place.shown())?;
        self.announce(listener.port())?;
        Ok(listener)
    }

    /// Says where the owner can be reached. It has to listen there already.
    pub(crate) fn announce(&self, port: &ConnectPort) -> Result<()> {
        self.claim.announce(&port.to_string())
    }
}

/// Tries once to own the place.
pub(crate) fn stand(place: &Place) -> Result<Standing> {
    Ok(match place.attempt()? {
        Attempt::Held(claim) => Standing::Owner(Lease {
            claim,
            place: place.clone(),
        }),
        Attempt::Taken(line) => match line.and_then(|line| line.parse().ok()) {
            Some(port) => Standing::Client(port),
            None => Standing::Unsettled,
        },
    })
}

/// Owns the place, of which there may be no owner yet.
pub(crate) fn own(place: &Place) -> Result<Lease> {
    match stand(place)? {
        Standing::Owner(lease) => Ok(lease),
        Standing::Client(_) | Standing::Unsettled => Err(Error::Owned {
            place: place.shown(),
        }),
    }
}

/// What somebody became in the end.
#[derive(Debug)]
pub(crate) enum Settled<T> {
    Owner(Lease),
    /// What connecting gave.
    Client(T),
}

/// Stands for the place until it is owned or its owner is reached.
///
/// Between an owner's end and the next one's announcement there is nobody to connect to: `connect` says
/// [`Error::NoOwner`] then, and is called again with what is found next. All its other errors are the outcome.
pub(crate) async fn settle<T, F>(
    place: &Place,
    deadline: Deadline,
    mut connect: impl FnMut(ConnectPort) -> F,
) -> Result<Settled<T>>
where
    F: Future<Output = Result<T>>,
{
    let mut pauses = Pauses::new();
    let work = async {
        loop {
            match stand(place)? {
                Standing::Owner(lease) => return Ok(Settled::Owner(lease)),
                Standing::Client(port) => match connect(port).await {
                    Err(Error::NoOwner { .. }) => {}
                    connected => return connected.map(Settled::Client),
                },
                Standing::Unsettled => {}
            }
            pauses.next().await;
        }
    };
    deadline.of(&place.shown(), work).await
}
