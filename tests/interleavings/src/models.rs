//! What is tried, by name.

mod blocks;
mod queue;
mod watches;

use std::future::Future;
use std::panic::Location;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::database::{Core, Database};
use crate::error::CallSite;
use crate::invalidation::{Change, ChangeOrigin, WriteSet};
use crate::statement::All;
use crate::watch::Watch;

pub(crate) const ALL: &[(&str, fn())] = &[
    ("queue: threads hold it one after the other", queue::threads),
    ("queue: a claim is given up", queue::given_up),
    ("queue: a grant reaches whoever waits", queue::tasks),
    ("queue: first come, first served", queue::order),
    ("queue: closing", queue::closing),
    ("queue: closing with a bound", queue::closing_with_a_bound),
    ("queue: sent away", queue::sent_away),
    ("block: one commits, one is dropped", blocks::dropped),
    (
        "block: a claim inside of one that is dropped",
        blocks::inside,
    ),
    ("block: COMMIT beside a claim inside", blocks::joined),
    ("block: two nested in one", blocks::nested),
    ("block: what is seen was told", blocks::told),
    ("block: COMMIT fails", blocks::refused),
    ("block: on the thread", blocks::on_the_thread),
    (
        "block: dropped while the thread begins it",
        blocks::dropped_on_the_way,
    ),
    ("watch: one, beside a writer", watches::one),
    ("watch: one, on the thread", watches::on_the_thread),
    ("watch: one, on a reader", watches::beside),
    (
        "watch: one, under a stream of writes",
        watches::under_a_stream,
    ),
    (
        "watch: what was acknowledged is in the next item",
        watches::fresh,
    ),
    ("watch: two of one query", watches::two),
    (
        "watch: two of one query, on the thread",
        watches::two_on_the_thread,
    ),
    ("watch: one of two is dropped", watches::given_up),
    (
        "watch: one of two is dropped, on the thread",
        watches::given_up_on_the_thread,
    ),
    (
        "watch: behind others that never come",
        watches::behind_others,
    ),
    ("watch: closing", watches::closing),
    (
        "watch: closing, on the thread",
        watches::closing_on_the_thread,
    ),
];

#[track_caller]
fn here() -> CallSite {
    Location::caller().into()
}

/// The one table that there is, written.
fn writes() -> WriteSet {
    let mut set = WriteSet::default();
    set.add(0, Change::EVERYTHING, ChangeOrigin::Generated);
    set
}

/// Watches the list.
#[track_caller]
fn watch(core: &Arc<Core>) -> Watch<Vec<u32>> {
    Watch::new::<All, All>(&Database(Arc::clone(core)), &All, Location::caller())
}

/// What a watch has to tell right now.
fn look(watch: &mut Watch<Vec<u32>>) -> Option<Vec<u32>> {
    let mut cx = Context::from_waker(Waker::noop());
    match pin!(watch.next()).poll(&mut cx) {
        Poll::Ready(item) => item.map(Result::unwrap),
        Poll::Pending => None,
    }
}
