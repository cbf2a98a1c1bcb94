//! The commits that one who wants to know all of them has not taken yet.
//!
//! In: commits in their order. Out: the same, one by one; the backlog is pure. Invariants: numbers rise; nothing is lost: when
//! the consumer is so slow that too many commits wait, the last of them takes up what comes, with its number.

use std::collections::{BTreeSet, VecDeque};
use std::task::Waker;

use crate::sync::{Mutex, lock};

use super::set::{Table, WriteSet};

/// So many commits wait one by one.
const MOST: usize = 256;

#[derive(Debug)]
struct Backlog<W> {
    commits: VecDeque<(u64, WriteSet)>,
    waiting: Option<W>,
    closed: bool,
}

/// What comes next.
#[derive(Debug, PartialEq)]
pub(crate) enum Next {
    Commit(u64, WriteSet),
    Nothing,
    Ended,
}

impl<W> Backlog<W> {
    fn new() -> Self {
        Self {
            commits: VecDeque::new(),
            waiting: None,
            closed: false,
        }
    }

    /// Adds a commit. Returns whom to call.
    fn add(&mut self, commit: u64, set: WriteSet) -> Option<W> {
        let full = self.commits.len() >= MOST;
        match self.commits.back_mut().filter(|_| full) {
            Some((last, merged)) => {
                *last = commit;
                merged.merge(&set);
            }
            None => self.commits.push_back((commit, set)),
        }
        self.waiting.take()
    }

    /// Takes the next commit; whoever finds nothing is called by `call` when there is something.
    fn next(&mut self, call: impl FnOnce() -> W) -> Next {
        match self.commits.pop_front() {
            Some((commit, set)) => Next::Commit(commit, set),
            None if self.closed => Next::Ended,
            None => {
                self.waiting = Some(call());
                Next::Nothing
            }
        }
    }

    /// Nothing is added any more. Returns whom to call.
    fn close(&mut self) -> Option<W> {
        self.closed = true;
        self.waiting.take()
    }
}

/// A backlog that a task waits for.
pub(crate) struct Feed {
    backlog: Mutex<Backlog<Waker>>,
    /// The tables of which it wants to know; without them, all.
    tables: Option<BTreeSet<Table>>,
}

impl Feed {
    pub(super) fn new(tables: Option<BTreeSet<Table>>) -> Self {
        Self {
            backlog: Mutex::new(Backlog::new()),
            tables,
        }
    }

    /// Adds what is wanted of a commit. Returns whom to wake.
    pub(super) fn add(&self, commit: u64, set: &WriteSet) -> Option<Waker> {
        let set = match &self.tables {
            Some(tables) => set.only(|written| tables.contains(&written.table)),
            None => set.clone(),
        };
        if set.is_empty() {
            return None;
        }
        lock(&self.backlog).add(commit, set)
    }

    pub(crate) fn next(&self, waker: &Waker) -> Next {
        lock(&self.backlog).next(|| waker.clone())
    }

    pub(super) fn close(&self) -> Option<Waker> {
        lock(&self.backlog).close()
    }
}

#[cfg(test)]
mod tests {
    use super::super::origin::ChangeOrigin;
    use super::super::set::Change;
    use super::*;

    fn wrote(table: u32) -> WriteSet {
        let mut set = WriteSet::default();
        set.add(table, Change::INSERT, ChangeOrigin::Generated);
        set
    }

    #[test]
    fn r90_commits_come_in_their_order_and_who_waits_is_called_once() {
        let mut backlog = Backlog::new();
        assert_eq!(backlog.next(|| "me"), Next::Nothing);
        assert_eq!(backlog.add(1, wrote(1)), Some("me"));
        assert_eq!(backlog.add(2, wrote(2)), None);
        assert_eq!(backlog.next(|| "me"), Next::Commit(1, wrote(1)));
        assert_eq!(backlog.close(), None);
        assert_eq!(backlog.next(|| "me"), Next::Commit(2, wrote(2)));
        assert_eq!(backlog.next(|| "me"), Next::Ended);
    }

    #[test]
    fn r90_a_slow_consumer_misses_no_table_and_the_backlog_is_bounded() {
        let mut backlog: Backlog<()> = Backlog::new();
        for commit in 1..1000 {
            backlog.add(commit, wrote(u32::try_from(commit % 500).unwrap()));
        }
        assert_eq!(backlog.commits.len(), MOST);
        let (last, set) = backlog.commits.back().unwrap();
        assert_eq!((*last, set.iter().count()), (999, 500));
    }
}
