//! Through what a database is reached by others.
//!
//! In: servers that begin. Out: their ports, how many clients they have, and their end. Invariant: a database that was closed
//! by `close` has no server left when that resolves.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::sync::lock;

/// The servers of a database.
pub(crate) struct Serving {
    servers: Mutex<Vec<Arc<Served>>>,
    /// Turns true when all of them are to end, without waiting for their clients.
    stop: watch::Sender<bool>,
}

/// A server, as its database knows it.
pub(crate) struct Served {
    clients: AtomicUsize,
    /// Turns true when nothing of it is left.
    ended: watch::Sender<bool>,
}

impl Default for Serving {
    fn default() -> Self {
        Self {
            servers: Mutex::default(),
            stop: watch::Sender::new(false),
        }
    }
}

impl Serving {
    /// Notes a server that begins.
    pub(crate) fn begin(&self) -> Arc<Served> {
        let served = Arc::new(Served {
            clients: AtomicUsize::new(0),
            ended: watch::Sender::new(false),
        });
        let mut servers = lock(&self.servers);
        servers.retain(|other| !*other.ended.borrow());
        servers.push(Arc::clone(&served));
        served
    }

    /// How many clients there are.
    pub(crate) fn clients(&self) -> usize {
        let servers = lock(&self.servers);
        let clients = servers.iter();
        clients
            .map(|served| served.clients.load(Ordering::Relaxed))
            .sum()
    }

    /// Lets all servers end without waiting for their clients.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Waits until no server is left.
    pub(crate) async fn ended(&self) {
        let servers = lock(&self.servers).clone();
        for served in servers {
            // The sender is in there.
            let _ = served.ended.subscribe().wait_for(|ended| *ended).await;
        }
    }
}

impl Served {
    /// Notes a client. Says how many there are now.
    pub(crate) fn enter(&self) -> usize {
        self.clients.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Notes that a client has gone. Says how many are left.
    pub(crate) fn leave(&self) -> usize {
        self.clients.fetch_sub(1, Ordering::Relaxed) - 1
    }

    pub(crate) fn end(&self) {
        self.ended.send_replace(true);
    }
}
