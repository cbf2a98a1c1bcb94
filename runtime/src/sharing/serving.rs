//! Through what a database is reached by others.
//!
//! In: servers that begin. Out: their ports, how many clients they have, and their end. Invariant: a database that was closed
//! by `close` has no server left when that resolves.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use tokio::sync::watch;

use super::port::ConnectPort;
use crate::sync::lock;

/// The servers of a database.
#[derive(Default)]
pub(crate) struct Serving {
    servers: Mutex<Vec<Arc<Served>>>,
    /// How many clients there have been.
    clients: AtomicU64,
    /// Whether somebody has wished that all of it ends, for everybody.
    finished: AtomicBool,
}

/// A server, as its database knows it.
pub(crate) struct Served {
    clients: AtomicUsize,
    /// Where everybody finds the whole database, for reading and writing.
    port: OnceLock<ConnectPort>,
    /// Turns true when it is to end without waiting for its clients.
    stop: watch::Sender<bool>,
    /// Whether nothing leads to it any more.
    ended: watch::Sender<bool>,
}

impl Serving {
    /// Notes a server that begins.
    pub(crate) fn begin(&self) -> Arc<Served> {
        let served = Arc::new(Served {
            clients: AtomicUsize::new(0),
            port: OnceLock::new(),
            stop: watch::Sender::new(false),
            ended: watch::Sender::new(true),
        });
        let mut servers = lock(&self.servers);
        servers.retain(|other| Arc::strong_count(other) > 1);
        servers.push(Arc::clone(&served));
        served
    }

    /// Notes that nobody is to own the database next.
    pub(crate) fn finish(&self) {
        self.finished.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Relaxed)
    }

    /// How many clients there are.
    pub(crate) fn clients(&self) -> usize {
        let servers = lock(&self.servers);
        servers.iter().map(|served| served.clients()).sum()
    }

    /// Lets all servers end without waiting for their clients.
    pub(crate) fn stop(&self) {
        for served in lock(&self.servers).iter() {
            served.stop();
        }
    }

    /// Where everybody finds the whole database.
    pub(crate) fn port(&self) -> Option<ConnectPort> {
        let servers = lock(&self.servers);
        let mut open = servers.iter().filter(|served| !*served.stop.borrow());
        open.find_map(|served| served.port.get().cloned())
    }

    /// A number that no client has had.
    pub(super) fn number(&self) -> u64 {
        self.clients.fetch_add(1, Ordering::Relaxed) + 1
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
    /// Notes where everybody finds the whole database.
    pub(super) fn announce(&self, port: ConnectPort) {
        // It has one port.
        let _ = self.port.set(port);
    }

    /// Lets it end without waiting for its clients.
    pub(super) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until it is to end.
    pub(super) async fn stopping(&self) {
        // The sender is in here.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }

    /// How many clients it has.
    pub(super) fn clients(&self) -> usize {
        self.clients.load(Ordering::Relaxed)
    }

    /// Notes a client. Says how many there are now.
    pub(crate) fn enter(&self) -> usize {
        self.clients.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Notes that a client has gone.
    pub(crate) fn leave(&self) {
        self.clients.fetch_sub(1, Ordering::Relaxed);
    }

    /// Notes whether a socket leads to it, for which its database waits when it closes.
    pub(super) fn listens(&self, listens: bool) {
        self.ended.send_replace(!listens);
    }
}
