//! A course that tasks and threads share.
//!
//! In: polls, commits, the thread's results. Out: what to do, and wakers. Invariant: nothing is woken while the lock is
//! held.

use std::task::Waker;

use crate::sync::{Mutex, MutexGuard, lock, mpsc};

use super::course::{Course, Member, Run, Step, Taken};

/// Dropped when everybody for whom a result is kept fresh has come for it.
pub(crate) type Lease = mpsc::Sender<()>;

pub(crate) struct Shared<R, E>(Mutex<State<R, E>>);

struct State<R, E> {
    course: Course<R, E, Waker>,
    lease: Option<Lease>,
}

impl<R: Clone, E> Shared<R, E> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(State {
            course: Course::new(),
            lease: None,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State<R, E>> {
        lock(&self.0)
    }

    /// Changes the state, and ends the lease if nobody is awaited any more.
    fn with<T>(&self, work: impl FnOnce(&mut Course<R, E, Waker>) -> T) -> T {
        let mut state = self.state();
        let answer = work(&mut state.course);
        let over = if state.course.is_awaiting() {
            None
        } else {
            state.lease.take()
        };
        drop(state);
        drop(over);
        answer
    }

    /// A watch is polled.
    pub(crate) fn ask(&self, member: &mut Member, waker: &Waker) -> Step<R, E> {
        self.with(|course| course.ask(member, || waker.clone()))
    }

    /// A watch has looked at a result.
    pub(crate) fn take(&self, member: &mut Member, epoch: u64) -> Taken {
        self.with(|course| course.take(member, epoch))
    }

    /// A watch is dropped; says which query that has not begun was called off.
    pub(crate) fn leave(&self, member: &Member) -> Option<Run> {
        self.with(|course| course.leave(member))
    }

    /// The query begins, under the queue's permit; false if it was called off.
    pub(crate) fn begin(&self, run: Run) -> bool {
        self.with(|course| course.begin(run))
    }

    /// What began will begin once more.
    pub(crate) fn put_off(&self, run: Run) {
        self.with(|course| course.put_off(run));
    }

    /// The query has ended: whom to wake. The lease is dropped at once unless the result is kept fresh.
    ///
    /// The result shows the commits up to `shows`, if that is known.
    pub(crate) fn end(
        &self,
        run: Run,
        result: Result<R, E>,
        shows: Option<u64>,
        lease: Option<Lease>,
    ) -> Vec<Waker> {
        let mut state = self.state();
        let (calls, lent) = state.course.end(run, result, shows, lease.is_some());
        let over = if lent {
            std::mem::replace(&mut state.lease, lease)
        } else {
            lease
        };
        drop(state);
        drop(over);
        calls
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.state().course.is_closed()
    }

    /// A commit concerns the query: whom to wake, and whether others need a nudge soon.
    pub(crate) fn change(&self, commit: Option<u64>) -> (Vec<Waker>, bool) {
        self.with(|course| course.change(commit))
    }

    /// Whom to wake because those who were woken may never come.
    pub(crate) fn nudge(&self) -> Vec<Waker> {
        self.with(Course::nudge)
    }

    /// Nothing comes any more.
    pub(crate) fn close(&self) -> Vec<Waker> {
        self.with(Course::close)
    }
}
