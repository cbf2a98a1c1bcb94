//! What a database is doing right now.

use std::time::Duration;

use crate::error::CallSite;

use super::Core;

/// Who holds the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holder {
    /// The call, or the start of the transaction block.
    pub site: CallSite,
    /// For how long it has held.
    pub since: Duration,
}

/// A look at a database, already past when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// Who holds the queue.
    pub holder: Option<Holder>,
    /// How many calls wait for it.
    pub waiting: usize,
    /// How many of them wait before it, because of [`queue_bound`](crate::Builder::queue_bound).
    pub waiting_outside: usize,
    /// How many watches there are.
    pub watches: usize,
    /// How many connections read beside the queue.
    pub readers: usize,
    /// How many clients of other processes are connected; each hears of all commits, for whatever it watches.
    pub clients: usize,
    /// How many streams and backups read on a connection of their own: each costs a thread and up to three file descriptors.
    pub streams: usize,
    /// How often a statement was found prepared, on any connection.
    pub cache_hits: u64,
    /// How often a statement had to be prepared first.
    pub cache_misses: u64,
    /// How many commits were announced to watches since the database was opened.
    pub commits: u64,
}

impl Core {
    pub(crate) fn status(&self) -> Status {
        let (holder, waiting) = self.root.occupancy();
        let (cache_hits, cache_misses) = self.uses();
        let bound = self.policy().queue_bound;
        Status {
            holder: holder.map(|(site, since)| Holder {
                site,
                since: since.elapsed(),
            }),
            waiting,
            waiting_outside: bound.map_or(0, |bound| waiting.saturating_sub(bound)),
            watches: self.watches.len(),
            readers: self.reader_count(),
            clients: self.clients(),
            streams: self.feeds.count(),
            cache_hits,
            cache_misses,
            commits: self.hub.commits(),
        }
    }

    #[cfg(feature = "sharing")]
    fn clients(&self) -> usize {
        let own = self.serving.clients();
        self.remote().map_or(own, |remote| own + remote.clients())
    }

    #[cfg(not(feature = "sharing"))]
    #[expect(
        clippy::unused_self,
        reason = "only a database that can be shared has clients"
    )]
    fn clients(&self) -> usize {
        0
    }
}
