//! Watches beside writers, beside each other, given up, and closed.

use std::sync::Arc;

use loom::future::block_on;
use loom::thread;

use crate::database::Core;
use crate::options::Executor;
use crate::watch::Watch;

use super::{here, look, watch, writes};

type Rows = Vec<u32>;

/// Writes one number after the other, each alone.
fn write(core: &Arc<Core>, numbers: &[u32]) {
    for number in numbers {
        let permit = block_on(core.acquire(Arc::clone(&core.root), here(), None));
        core.append(&permit.unwrap(), *number, &writes());
    }
}

fn writer(core: &Arc<Core>, numbers: &'static [u32]) -> thread::JoinHandle<()> {
    let core = Arc::clone(core);
    thread::spawn(move || write(&core, numbers))
}

/// Listens until so many numbers are there; no item repeats the one before or is older.
fn listen(watch: &mut Watch<Rows>, last: usize) -> Rows {
    let mut before: Option<Rows> = None;
    loop {
        let item = block_on(watch.next()).unwrap().unwrap();
        if let Some(before) = &before {
            assert!(item.starts_with(before), "{item:?} after {before:?}");
            assert_ne!(&item, before, "told twice");
        }
        if item.len() == last {
            return item;
        }
        before = Some(item);
    }
}

/// The last item is the last state, and nothing comes after it.
fn ends_on_the_last_state(core: &Arc<Core>, numbers: &'static [u32]) {
    let mut watch = watch(core);
    let writer = writer(core, numbers);
    let last = listen(&mut watch, numbers.len());
    writer.join().unwrap();
    assert_eq!(last, core.rows());
    assert_eq!(look(&mut watch), None);
}

pub(crate) fn one() {
    ends_on_the_last_state(&Core::new(Executor::Inline), &[1, 2]);
}

pub(crate) fn on_the_thread() {
    ends_on_the_last_state(&Core::new(Executor::Thread), &[1, 2]);
}

/// A commit may come while the reader looks.
pub(crate) fn beside() {
    ends_on_the_last_state(&Core::with_reader(), &[1, 2]);
}

/// Here results come and go before the watch takes them, so that one is kept fresh for it.
pub(crate) fn under_a_stream() {
    ends_on_the_last_state(&Core::new(Executor::Thread), &[1, 2, 3]);
}

/// What an acknowledged write has done is in every item that comes later.
pub(crate) fn fresh() {
    let core = Core::new(Executor::Thread);
    let mut watch = watch(&core);
    let other = writer(&core, &[10]);
    write(&core, &[1]);
    let item = block_on(watch.next()).unwrap().unwrap();
    assert!(item.contains(&1), "{item:?}");
    other.join().unwrap();
}

/// Two watches share a query; whichever runs it, both end on the last state.
fn shared(executor: Executor) {
    let core = Core::new(executor);
    let (mut one, other) = (watch(&core), watch(&core));
    let listener = {
        let mut other = other;
        thread::spawn(move || listen(&mut other, 1))
    };
    let writer = writer(&core, &[1]);
    assert_eq!(listen(&mut one, 1), [1]);
    assert_eq!(listener.join().unwrap(), [1]);
    writer.join().unwrap();
}

pub(crate) fn two() {
    shared(Executor::Inline);
}

pub(crate) fn two_on_the_thread() {
    shared(Executor::Thread);
}

/// A watch that is dropped while it waits takes nobody's query with it.
fn dropped(executor: Executor) {
    let core = Core::new(executor);
    let (mut one, mut other) = (watch(&core), watch(&core));
    let gone = thread::spawn(move || {
        look(&mut other);
        drop(other);
    });
    let writer = writer(&core, &[1]);
    assert_eq!(listen(&mut one, 1), [1]);
    gone.join().unwrap();
    writer.join().unwrap();
    drop(one);
    assert_eq!(core.watches.len(), 0);
    assert_eq!(core.root.occupancy().1, 0, "a query is still lined up");
}

pub(crate) fn given_up() {
    dropped(Executor::Inline);
}

pub(crate) fn given_up_on_the_thread() {
    dropped(Executor::Thread);
}

/// The first ones that a change calls never come; whoever waits behind them is told all the same.
pub(crate) fn behind_others() {
    let core = Core::new(Executor::Inline);
    let mut watches: Vec<_> = (0..6).map(|_| watch(&core)).collect();
    let (last, others) = watches.split_last_mut().unwrap();
    for watch in others {
        assert_eq!((look(watch), look(watch)), (Some(vec![]), None));
    }
    assert_eq!(look(last), Some(vec![]));
    let writer = writer(&core, &[1]);
    assert_eq!(block_on(last.next()).unwrap().unwrap(), [1]);
    writer.join().unwrap();
}

/// Closing ends a watch, whether it waits, queries or has just been told.
fn closed(executor: Executor) {
    let core = Core::new(executor);
    let mut watch = watch(&core);
    let listener = thread::spawn(move || {
        while let Some(item) = block_on(watch.next()) {
            assert!(item.unwrap().len() <= 1);
        }
    });
    write(&core, &[1]);
    let inner = Arc::clone(&core);
    let then = move |permit| {
        inner.hub.close();
        drop(permit);
    };
    assert!(core.root.hand_off_last(here(), None, Box::new(then)));
    listener.join().unwrap();
}

pub(crate) fn closing() {
    closed(Executor::Inline);
}

pub(crate) fn closing_on_the_thread() {
    closed(Executor::Thread);
}
