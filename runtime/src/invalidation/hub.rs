//! Tells the readers of a database about commits.
//!
//! In: write sets of commits, in their order. Out: readers that know of them, and woken tasks. Invariants: all whom a
//! commit concerns know of it before `publish` returns, and `publish` is called under the queue's permit, so that whoever
//! queries later under a permit sees the commit; commit numbers rise with commits.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::task::Waker;

use crate::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use crate::sync::{Mutex, MutexGuard, lock};

use super::board::{Board, SubscriberId};
use super::feed::Feed;
#[cfg(feature = "sharing")]
use super::origin::ChangeOrigin;
use super::set::{ReadSet, Table, WriteSet};

/// Somebody who reads tables.
pub(crate) trait Subscriber {
    /// The commit with this number has changed what it reads; without a number, what has begun to read does not know. Returns whom to wake, and whether there are others, who need
    /// a nudge soon.
    fn changed(&self, commit: Option<u64>) -> (Vec<Waker>, bool);

    /// Returns whom to wake because those who were woken may never come.
    fn nudge(&self) -> Vec<Waker>;

    /// Nothing comes any more. Returns whom to wake.
    fn close(&self) -> Vec<Waker>;
}

pub(crate) struct Hub<S> {
    listeners: Mutex<Listeners<S>>,
    commits: AtomicU64,
    closed: AtomicBool,
    /// How many subscriptions are confined to rows, and feeds.
    of_rows: AtomicUsize,
}

struct Listeners<S> {
    board: Board<Arc<S>>,
    /// Those who want to know all commits.
    feeds: Vec<Arc<Feed>>,
}

/// Wakes the others when it is dropped.
pub(crate) struct Nudge<S: Subscriber>(Vec<Arc<S>>);

impl<S: Subscriber> Drop for Nudge<S> {
    fn drop(&mut self) {
        for reader in &self.0 {
            wake(reader.nudge());
        }
    }
}

pub(crate) fn wake(calls: Vec<Waker>) {
    calls.into_iter().for_each(Waker::wake);
}

impl<S: Subscriber> Hub<S> {
    pub(crate) fn new() -> Self {
        Self {
            listeners: Mutex::new(Listeners {
                board: Board::new(),
                feeds: Vec::new(),
            }),
            commits: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            of_rows: AtomicUsize::new(0),
        }
    }

    fn listeners(&self) -> MutexGuard<'_, Listeners<S>> {
        lock(&self.listeners)
    }

    /// Announces what a commit changed; nothing changed, nobody hears.
    ///
    /// Many watches of one query are not all woken here, where a writer waits: what is returned wakes the others.
    pub(crate) fn publish(&self, written: &WriteSet) -> Option<Nudge<S>> {
        if written.is_empty() {
            return None;
        }
        let listeners = self.listeners();
        let commit = self.commits() + 1;
        self.announce(listeners, commit, Some(commit), written)
    }

    /// Announces a commit of others, with the number that they have given it.
    #[cfg(feature = "sharing")]
    pub(crate) fn publish_as(&self, commit: u64, written: &WriteSet) -> Option<Nudge<S>> {
        self.announce(self.listeners(), commit, Some(commit), written)
    }

    /// Announces that anything may have changed, after which others give the numbers: `commit` was the last of them.
    #[cfg(feature = "sharing")]
    pub(crate) fn begin_anew(&self, commit: u64) -> Option<Nudge<S>> {
        let everything = WriteSet::everything(ChangeOrigin::External);
        self.announce(self.listeners(), commit, None, &everything)
    }

    /// The next number is higher than this one. Nobody has read yet.
    #[cfg(feature = "sharing")]
    pub(crate) fn number_from(&self, commits: u64) {
        self.commits.store(commits, Ordering::SeqCst);
    }

    fn announce(
        &self,
        listeners: MutexGuard<'_, Listeners<S>>,
        commit: u64,
        shown: Option<u64>,
        written: &WriteSet,
    ) -> Option<Nudge<S>> {
        let (mut calls, mut others) = (Vec::new(), Vec::new());
        self.commits.store(commit, Ordering::SeqCst);
        for feed in &listeners.feeds {
            calls.extend(feed.add(commit, written));
        }
        let concerned = listeners.board.concerned(written);
        drop(listeners);
        for reader in concerned {
            let (first, more) = reader.changed(shown);
            calls.extend(first);
            if more {
                others.push(reader);
            }
        }
        wake(calls);
        (!others.is_empty()).then_some(Nudge(others))
    }

    /// How many commits were announced.
    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::SeqCst)
    }

    /// Whether it matters to anybody which rows a write names. Who comes later queries later.
    pub(crate) fn tells_rows_apart(&self) -> bool {
        self.of_rows.load(Ordering::SeqCst) > 0
    }

    /// Ends all subscriptions, those to come as well.
    pub(crate) fn close(&self) {
        let listeners = self.listeners();
        self.closed.store(true, Ordering::SeqCst);
        let readers = listeners.board.all();
        let feeds = listeners.feeds.iter().filter_map(|feed| feed.close());
        let mut calls: Vec<Waker> = feeds.collect();
        drop(listeners);
        for reader in readers {
            calls.extend(reader.close());
        }
        wake(calls);
    }

    /// Ends the feeds there are: nobody tells of commits any more.
    #[cfg(feature = "sharing")]
    pub(crate) fn close_feeds(&self) {
        let listeners = self.listeners();
        let feeds = listeners.feeds.iter().filter_map(|feed| feed.close());
        let calls: Vec<Waker> = feeds.collect();
        drop(listeners);
        wake(calls);
    }

    /// Adds a feed of all commits to come, or of what they change in these tables.
    pub(crate) fn feed(&self, tables: Option<BTreeSet<Table>>) -> Arc<Feed> {
        let feed = Arc::new(Feed::new(tables));
        self.of_rows.fetch_add(1, Ordering::SeqCst);
        let mut listeners = self.listeners();
        listeners.feeds.push(Arc::clone(&feed));
        let closed = self.closed.load(Ordering::SeqCst);
        drop(listeners);
        if closed {
            feed.close();
        }
        feed
    }

    pub(crate) fn end_feed(&self, feed: &Arc<Feed>) {
        let mut listeners = self.listeners();
        let before = listeners.feeds.len();
        listeners.feeds.retain(|other| !Arc::ptr_eq(other, feed));
        let ended = before - listeners.feeds.len();
        drop(listeners);
        self.of_rows.fetch_sub(ended, Ordering::SeqCst);
    }

    /// Subscribes a reader who has not read yet.
    pub(crate) fn subscribe(&self, reads: &ReadSet, reader: &Arc<S>) -> SubscriberId {
        self.of_rows
            .fetch_add(usize::from(reads.is_confined()), Ordering::SeqCst);
        let mut listeners = self.listeners();
        let id = listeners.board.subscribe(reads, Arc::clone(reader));
        let closed = self.closed.load(Ordering::SeqCst);
        drop(listeners);
        if closed {
            wake(reader.close());
        }
        id
    }

    pub(crate) fn unsubscribe(&self, id: SubscriberId, reads: &ReadSet) {
        let found = self.listeners().board.unsubscribe(id, reads);
        if found.is_some() && reads.is_confined() {
            self.of_rows.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::feed::Next;
    use super::super::origin::ChangeOrigin;
    use super::super::tables::Tables;
    use super::*;
    use crate::statement::{Reads, Writes};

    #[derive(Default)]
    struct Ear {
        heard: AtomicUsize,
        nudged: AtomicUsize,
        crowd: bool,
        closed: AtomicBool,
    }

    impl Ear {
        fn heard(&self) -> usize {
            self.heard.load(Ordering::SeqCst)
        }
    }

    impl Subscriber for Ear {
        fn changed(&self, _: Option<u64>) -> (Vec<Waker>, bool) {
            self.heard.fetch_add(1, Ordering::SeqCst);
            (Vec::new(), self.crowd)
        }

        fn nudge(&self) -> Vec<Waker> {
            self.nudged.fetch_add(1, Ordering::SeqCst);
            Vec::new()
        }

        fn close(&self) -> Vec<Waker> {
            self.closed.store(true, Ordering::SeqCst);
            Vec::new()
        }
    }

    fn setup() -> (Tables, Hub<Ear>, Arc<Ear>) {
        (Tables::default(), Hub::new(), Arc::default())
    }

    #[test]
    fn a_relevant_commit_is_heard_and_another_is_not() {
        let (tables, hub, ear) = setup();
        hub.subscribe(&tables.read_set(&[Reads("card", &["title"])]), &ear);
        hub.publish(&tables.write_set(&[Writes::Update("card", &["note"])]));
        hub.publish(&tables.write_set(&[Writes::Insert("list")]));
        assert_eq!(ear.heard(), 0);
        hub.publish(&tables.write_set(&[Writes::Update("Card", &["Title"])]));
        assert_eq!(ear.heard(), 1);
    }

    #[test]
    fn a_crowd_is_nudged_when_the_writer_is_done() {
        let (tables, hub, alone) = setup();
        let reads = tables.read_set(&[Reads("card", &["title"])]);
        hub.subscribe(&reads, &alone);
        let written = tables.write_set(&[Writes::Delete("card")]);
        assert!(hub.publish(&written).is_none());
        let crowd = Arc::new(Ear {
            crowd: true,
            ..Ear::default()
        });
        hub.subscribe(&reads, &crowd);
        let nudge = hub.publish(&written).unwrap();
        assert_eq!(crowd.nudged.load(Ordering::SeqCst), 0);
        drop(nudge);
        assert_eq!(crowd.nudged.load(Ordering::SeqCst), 1);
        assert_eq!(alone.nudged.load(Ordering::SeqCst), 0);
    }

    #[test]
    fn commit_numbers_count_what_was_announced() {
        let (tables, hub, _) = setup();
        hub.publish(&WriteSet::default());
        assert_eq!(hub.commits(), 0);
        hub.publish(&tables.write_set(&[Writes::Delete("card")]));
        assert_eq!(hub.commits(), 1);
    }

    #[test]
    fn closing_ends_present_and_later_subscriptions() {
        let (_, hub, before) = setup();
        hub.subscribe(&ReadSet::default(), &before);
        hub.close();
        let after = Arc::default();
        hub.subscribe(&ReadSet::default(), &after);
        assert!(before.closed.load(Ordering::SeqCst) && after.closed.load(Ordering::SeqCst));
    }

    #[test]
    fn whoever_unsubscribed_hears_nothing() {
        let (tables, hub, ear) = setup();
        let reads = tables.read_set(&[Reads("card", &["title"])]);
        let id = hub.subscribe(&reads, &ear);
        hub.unsubscribe(id, &reads);
        hub.unsubscribe(id, &reads);
        hub.publish(&WriteSet::everything(ChangeOrigin::Raw));
        assert_eq!(ear.heard(), 0);
    }

    #[test]
    fn rows_are_told_apart_while_somebody_watches_one() {
        let (tables, hub, ear) = setup();
        let mut reads = tables.read_set(&[Reads("card", &["title"])]);
        let all = hub.subscribe(&reads, &ear);
        assert!(!hub.tells_rows_apart());
        let of_all = reads.clone();
        reads.confine(&[(0, Some(1))]);
        let one = hub.subscribe(&reads, &ear);
        assert!(hub.tells_rows_apart());
        hub.unsubscribe(one, &reads);
        hub.unsubscribe(one, &reads);
        hub.unsubscribe(all, &of_all);
        assert!(!hub.tells_rows_apart());
    }

    #[test]
    fn rows_are_told_apart_while_a_feed_listens_and_it_ends_alone() {
        let (tables, hub, _) = setup();
        let [one, other] = [hub.feed(None), hub.feed(None)];
        hub.end_feed(&one);
        hub.end_feed(&one);
        assert!(hub.tells_rows_apart());
        hub.publish(&tables.write_set(&[Writes::Delete("card")]));
        assert!(matches!(one.next(Waker::noop()), Next::Nothing));
        assert!(matches!(other.next(Waker::noop()), Next::Commit(1, _)));
        hub.end_feed(&other);
        assert!(!hub.tells_rows_apart());
    }
}
