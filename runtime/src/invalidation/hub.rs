//! Tells the watches of a database about commits.
//!
//! In: write sets of commits, in their order. Out: raised marks and woken tasks. Invariants: a mark is raised
//! before `publish` returns, and `publish` is called under the queue's permit, so whoever queries later under a
//! permit sees either the mark or the commit; commit numbers rise with commits.

use std::sync::{Arc, PoisonError};
use std::task::Waker;

use crate::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use crate::sync::{Mutex, MutexGuard};

use super::board::{Board, SubscriberId};
use super::set::{ReadSet, WriteSet};

pub(crate) struct Hub {
    board: Mutex<Board<Arc<Mark>>>,
    commits: AtomicU64,
    closed: AtomicBool,
    /// How many subscriptions are confined to rows.
    of_rows: AtomicUsize,
}

struct Mark {
    dirty: AtomicBool,
    closed: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl Mark {
    fn wake(&self) {
        let waker = self
            .waker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self {
            board: Mutex::new(Board::new()),
            commits: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            of_rows: AtomicUsize::new(0),
        }
    }

    fn board(&self) -> MutexGuard<'_, Board<Arc<Mark>>> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Announces what a commit changed; nothing changed, nobody hears.
    pub(crate) fn publish(&self, written: &WriteSet) {
        if written.is_empty() {
            return;
        }
        self.commits.fetch_add(1, Ordering::Relaxed);
        let concerned = self.board().concerned(written);
        for mark in &concerned {
            mark.dirty.store(true, Ordering::SeqCst);
        }
        for mark in concerned {
            mark.wake();
        }
    }

    /// How many commits were announced.
    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Whether it matters to anybody which rows a write names. Who comes later queries later.
    pub(crate) fn tells_rows_apart(&self) -> bool {
        self.of_rows.load(Ordering::SeqCst) > 0
    }

    pub(crate) fn subscribers(&self) -> usize {
        self.board().len()
    }

    /// Ends all subscriptions, those to come as well.
    pub(crate) fn close(&self) {
        let board = self.board();
        self.closed.store(true, Ordering::SeqCst);
        let marks = board.all();
        drop(board);
        for mark in marks {
            mark.closed.store(true, Ordering::SeqCst);
            mark.wake();
        }
    }

    /// Subscribes; the mark is raised from the start, since nothing was queried yet.
    pub(crate) fn subscribe(self: &Arc<Self>, reads: ReadSet) -> Arc<Subscription> {
        let mark = Arc::new(Mark {
            dirty: AtomicBool::new(true),
            closed: AtomicBool::new(false),
            waker: Mutex::new(None),
        });
        self.of_rows
            .fetch_add(usize::from(reads.is_confined()), Ordering::SeqCst);
        let mut board = self.board();
        let id = board.subscribe(&reads, Arc::clone(&mark));
        mark.closed
            .store(self.closed.load(Ordering::SeqCst), Ordering::SeqCst);
        drop(board);
        Arc::new(Subscription {
            hub: Arc::clone(self),
            id,
            reads,
            mark,
        })
    }
}

/// A watch's place in the hub.
pub(crate) struct Subscription {
    hub: Arc<Hub>,
    id: SubscriberId,
    reads: ReadSet,
    mark: Arc<Mark>,
}

impl Subscription {
    /// Leaves word whom to wake; looking at the mark must come after it.
    pub(crate) fn register(&self, waker: &Waker) {
        let mut slot = self
            .mark
            .waker
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if !slot.as_ref().is_some_and(|before| before.will_wake(waker)) {
            *slot = Some(waker.clone());
        }
    }

    pub(crate) fn is_dirty(&self) -> bool {
        self.mark.dirty.load(Ordering::SeqCst)
    }

    /// Lowers the mark. Only under the queue's permit, right before the query.
    pub(crate) fn clean(&self) {
        self.mark.dirty.store(false, Ordering::SeqCst);
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.mark.closed.load(Ordering::SeqCst)
    }

    pub(crate) fn cancel(&self) {
        let found = self.hub.board().unsubscribe(self.id, &self.reads);
        if found.is_some() && self.reads.is_confined() {
            self.hub.of_rows.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::Tables;
    use super::*;
    use crate::statement::{Reads, Writes};

    fn setup() -> (Tables, Arc<Hub>) {
        (Tables::default(), Arc::new(Hub::new()))
    }

    #[test]
    fn a_relevant_commit_raises_the_mark_and_another_does_not() {
        let (tables, hub) = setup();
        let watch = hub.subscribe(tables.read_set(&[Reads("card", &["title"])]));
        assert!(watch.is_dirty(), "nothing was queried yet");
        watch.clean();
        hub.publish(&tables.write_set(&[Writes::Update("card", &["note"])]));
        hub.publish(&tables.write_set(&[Writes::Insert("list")]));
        assert!(!watch.is_dirty());
        hub.publish(&tables.write_set(&[Writes::Update("Card", &["Title"])]));
        assert!(watch.is_dirty());
    }

    #[test]
    fn commit_numbers_count_what_was_announced() {
        let (tables, hub) = setup();
        hub.publish(&WriteSet::default());
        assert_eq!(hub.commits(), 0);
        hub.publish(&tables.write_set(&[Writes::Delete("card")]));
        assert_eq!(hub.commits(), 1);
    }

    #[test]
    fn closing_ends_present_and_later_subscriptions() {
        let (_, hub) = setup();
        let before = hub.subscribe(ReadSet::default());
        hub.close();
        assert!(before.is_closed());
        assert!(hub.subscribe(ReadSet::default()).is_closed());
    }

    #[test]
    fn a_cancelled_subscription_is_gone() {
        let (_, hub) = setup();
        let watch = hub.subscribe(ReadSet::default());
        assert_eq!(hub.subscribers(), 1);
        watch.cancel();
        watch.cancel();
        assert_eq!(hub.subscribers(), 0);
    }

    #[test]
    fn rows_are_told_apart_while_somebody_watches_one() {
        let (tables, hub) = setup();
        let mut reads = tables.read_set(&[Reads("card", &["title"])]);
        let all = hub.subscribe(reads.clone());
        assert!(!hub.tells_rows_apart());
        reads.confine(&[(0, Some(1))]);
        let one = hub.subscribe(reads);
        assert!(hub.tells_rows_apart());
        one.cancel();
        one.cancel();
        all.cancel();
        assert!(!hub.tells_rows_apart());
    }
}
