//! What an owner says to a client, in order.
//!
//! In: answers of requests, commits of everybody. Out: messages. Invariants: all commits that an answer may show are told
//! before it; each commit is told once, in their order; long answers wait for room, and hold nobody else's up meanwhile.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use crate::database::Core;
use crate::error::Result;
use crate::invalidation::{Feed, Next, WriteSet};
use crate::sharing::wire::{Broken, Faults, Outbox, Outcome, Rows, ToClient, WireCommit};
use crate::sync::lock;
use crate::value::Value;

use super::run::Moment;

/// So many bytes of rows make a message, about.
const PART: usize = 256 << 10;

pub(super) struct Answers {
    core: Arc<Core>,
    outbox: Arc<Outbox>,
    feed: Arc<Feed>,
    /// The commits up to this one were there before the client.
    since: u64,
    /// Who waits for commits. Held while one is taken and told, so that none overtakes another.
    waits: Mutex<Waker>,
}

impl Answers {
    /// Listens from now on.
    pub(super) fn new(core: &Arc<Core>, outbox: &Arc<Outbox>) -> Self {
        let feed = core.hub.feed(None);
        Self {
            since: core.hub.commits(),
            core: Arc::clone(core),
            outbox: Arc::clone(outbox),
            feed,
            waits: Mutex::new(Waker::noop().clone()),
        }
    }

    /// How many commits there were before the first one that is told.
    pub(super) fn since(&self) -> u64 {
        self.since
    }

    /// Tells commits as there is room for them, until the connection ends.
    pub(super) async fn tell(&self) -> Broken {
        loop {
            if let Err(broken) = self.outbox.room().await {
                return broken;
            }
            let told = poll_fn(|cx| {
                let mut waits = lock(&self.waits);
                waits.clone_from(cx.waker());
                match self.feed.next(&waits) {
                    Next::Commit(number, set) => {
                        let commit = self.commit(number, &set);
                        let told = commit.map_or(Ok(()), |commit| self.outbox.push(&commit));
                        Poll::Ready(Some(told))
                    }
                    Next::Nothing => Poll::Pending,
                    Next::Ended => Poll::Ready(None),
                }
            });
            match told.await {
                Some(Ok(())) => {}
                Some(Err(broken)) => return broken,
                // The database is closed, which the connection learns in its own way.
                None => std::future::pending().await,
            }
        }
    }

    /// Tells all commits up to now.
    pub(super) fn catch_up(&self) -> Result<(), Broken> {
        let waits = lock(&self.waits);
        while let Next::Commit(number, set) = self.feed.next(&waits) {
            if let Some(commit) = self.commit(number, &set) {
                self.outbox.hold(&commit)?;
            }
        }
        Ok(())
    }

    fn commit(&self, number: u64, set: &WriteSet) -> Option<ToClient> {
        let is_news = number > self.since;
        is_news.then(|| ToClient::Commit(WireCommit::new(number, set, &self.core.tables)))
    }

    /// Ends a call.
    pub(super) async fn done(
        &self,
        id: u64,
        moment: Moment,
        result: Result<Outcome>,
    ) -> Result<(), Broken> {
        self.outbox.room().await?;
        // In one go: nothing comes between the room, the commits and the answer.
        self.catch_up()?;
        self.outbox.push(&ToClient::Done {
            id,
            shows: moment.shows,
            in_transaction: moment.open,
            result: result.map_err(|error| Faults::from(&error)),
        })
    }

    /// Sends rows but for the last of them, which the end of the call takes along.
    pub(super) async fn all_but_last(
        &self,
        id: u64,
        rows: Vec<Vec<Value>>,
    ) -> Result<Rows, Broken> {
        let mut part = Rows::default();
        for row in rows {
            if part.size() >= PART {
                let rows = std::mem::take(&mut part);
                self.outbox.send(&ToClient::Rows { id, rows }).await?;
            }
            part.push(row.iter().map(Value::as_cell));
        }
        Ok(part)
    }

    /// Sends a part of a stream, after which the client has to ask for more.
    pub(super) async fn chunk(&self, id: u64, rows: Vec<Vec<Value>>) -> Result<(), Broken> {
        let rows = self.all_but_last(id, rows).await?;
        self.outbox.send(&ToClient::Rows { id, rows }).await?;
        self.outbox.push(&ToClient::Chunk { id })
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        self.core.hub.end_feed(&self.feed);
    }
}
