//! What an owner's database is doing, as its clients ask for it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::database::{Holder, Status};
use crate::error::Party;

use super::site::WireSite;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WireStatus {
    /// Who holds the queue, and for how long.
    holder: Option<(WireSite, Duration)>,
    waiting: u64,
    waiting_outside: u64,
    watches: u64,
    readers: u64,
    clients: u64,
    streams: u64,
    cache_hits: u64,
    cache_misses: u64,
    commits: u64,
}

impl From<&Status> for WireStatus {
    fn from(status: &Status) -> Self {
        let holder = status.holder.as_ref();
        Self {
            holder: holder.map(|holder| (WireSite::from(&holder.site), holder.since)),
            waiting: wide(status.waiting),
            waiting_outside: wide(status.waiting_outside),
            watches: wide(status.watches),
            readers: wide(status.readers),
            clients: wide(status.clients),
            streams: wide(status.streams),
            cache_hits: status.cache_hits,
            cache_misses: status.cache_misses,
            commits: status.commits,
        }
    }
}

impl WireStatus {
    /// The status, as the receiver shows it.
    pub(crate) fn received(self, sender: Party, own: Option<Party>) -> Status {
        Status {
            holder: self.holder.map(|(site, since)| Holder {
                site: site.received(sender, own),
                since,
            }),
            waiting: narrow(self.waiting),
            waiting_outside: narrow(self.waiting_outside),
            watches: narrow(self.watches),
            readers: narrow(self.readers),
            clients: narrow(self.clients),
            streams: narrow(self.streams),
            cache_hits: self.cache_hits,
            cache_misses: self.cache_misses,
            commits: self.commits,
        }
    }
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn narrow(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
