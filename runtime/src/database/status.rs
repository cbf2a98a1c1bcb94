//! What a database is doing right now.

use std::time::Duration;

use crate::error::CallSite;

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
    /// How many streams and backups read on a connection of their own: each costs a thread and up to three file descriptors.
    pub streams: usize,
    /// How often a statement was found prepared, on any connection.
    pub cache_hits: u64,
    /// How often a statement had to be prepared first.
    pub cache_misses: u64,
    /// How many commits were announced to watches since the database was opened.
    pub commits: u64,
}
