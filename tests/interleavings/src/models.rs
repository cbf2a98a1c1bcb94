//! What is tried, by name.

mod blocks;
mod queue;

use std::panic::Location;

use crate::invalidation::{Change, ChangeOrigin, Columns, ReadSet, WriteSet};

pub(crate) const ALL: &[(&str, fn())] = &[
    ("queue: threads hold it one after the other", queue::threads),
    ("queue: a claim is given up", queue::given_up),
    ("queue: a grant reaches whoever waits", queue::tasks),
    ("queue: first come, first served", queue::order),
    ("queue: closing", queue::closing),
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
];

#[track_caller]
fn here() -> &'static Location<'static> {
    Location::caller()
}

/// The one table that there is, written.
fn writes() -> WriteSet {
    let mut set = WriteSet::default();
    set.add(0, Change::EVERYTHING, ChangeOrigin::Generated);
    set
}

/// The one table that there is, read.
fn reads() -> ReadSet {
    let mut set = ReadSet::default();
    set.add(0, Columns::ALL);
    set
}
