//! Claims to one gate: waiting threads, tasks, callbacks, those who give up, and closing.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use loom::future::block_on;
use loom::thread;

use crate::database::Core;
use crate::options::Executor;
use crate::queue::{Acquire, Permit, Refusal};

use super::{here, writes};

fn claim(core: &Arc<Core>) -> Acquire {
    Acquire::new(Arc::clone(&core.root), here(), None, None)
}

/// Leaves a pair that nobody may come between.
fn pair(core: &Core, permit: Permit, number: u32) {
    core.append(&permit, number, &writes());
    core.append(&permit, number + 1, &writes());
    drop(permit);
}

fn assert_pairs(rows: &[u32]) {
    for pair in rows.chunks(2) {
        assert_eq!(pair[1], pair[0] + 1, "{rows:?}");
    }
}

/// Spawns a thread that waits by parking.
fn parked(core: &Arc<Core>, number: u32) -> thread::JoinHandle<bool> {
    let core = Arc::clone(core);
    thread::spawn(move || match claim(&core).wait() {
        Ok(permit) => {
            pair(&core, permit, number);
            true
        }
        Err(Refusal::Gone) => false,
        Err(_) => unreachable!("nobody waits for himself, or for too long"),
    })
}

/// Waits as a task does.
fn awaited(core: &Arc<Core>, number: u32) -> bool {
    match block_on(core.acquire(Arc::clone(&core.root), here(), None)) {
        Ok(permit) => {
            pair(core, permit, number);
            true
        }
        Err(_) => false,
    }
}

pub(crate) fn threads() {
    let core = Core::new(Executor::Inline);
    let others = [10, 20].map(|number| parked(&core, number));
    assert!(
        claim(&core)
            .wait()
            .map(|permit| pair(&core, permit, 0))
            .is_ok()
    );
    for other in others {
        assert!(other.join().unwrap());
    }
    assert_eq!(core.rows().len(), 6);
    assert_pairs(&core.rows());
}

pub(crate) fn tasks() {
    let core = Core::new(Executor::Inline);
    let others = [10, 20].map(|number| {
        let core = Arc::clone(&core);
        thread::spawn(move || awaited(&core, number))
    });
    assert!(awaited(&core, 0));
    for other in others {
        assert!(other.join().unwrap());
    }
    assert_eq!(core.rows().len(), 6);
    assert_pairs(&core.rows());
}

/// Whoever is dropped between its grant and its next poll passes the grant on.
pub(crate) fn given_up() {
    let core = Core::new(Executor::Inline);
    let held = parked(&core, 10);
    let waiting = parked(&core, 20);
    {
        let mut claim = pin!(claim(&core));
        let mut cx = Context::from_waker(Waker::noop());
        if let Poll::Ready(Ok(permit)) = claim.as_mut().poll(&mut cx) {
            pair(&core, permit, 0);
        }
    }
    assert!(held.join().unwrap() && waiting.join().unwrap());
    assert_pairs(&core.rows());
    assert_eq!(core.root.occupancy().1, 0);
    assert!(core.root.occupancy().0.is_none(), "somebody still holds");
}

/// Who waits beyond the bound when it closes is told, and nobody has a turn after the last one.
pub(crate) fn closing_with_a_bound() {
    let core = Core::new(Executor::Inline);
    let others = [10, 20].map(|number| parked(&core, number));
    let inner = Arc::clone(&core);
    let then = move |permit| pair(&inner, permit, 99);
    assert!(core.root.hand_off_last(here(), Some(0), Box::new(then)));
    let came = others.map(|thread| thread.join().unwrap());
    let rows = core.rows();
    assert_pairs(&rows);
    assert_eq!(
        rows.last(),
        Some(&100),
        "somebody came after the last one: {rows:?}"
    );
    let served = came.into_iter().filter(|came| *came).count();
    assert_eq!(rows.len(), 2 * served + 2, "{rows:?}");
}

/// Whoever came before the closing has its turn, nobody has one after it, and a callback runs once.
pub(crate) fn closing() {
    let core = Core::new(Executor::Inline);
    let other = parked(&core, 10);
    let job = {
        let (core, root) = (Arc::clone(&core), Arc::clone(&core.root));
        thread::spawn(move || {
            let inner = Arc::clone(&core);
            let then = move |permit| pair(&inner, permit, 20);
            root.hand_off(here(), Box::new(then)).is_some()
        })
    };
    let inner = Arc::clone(&core);
    let closed = core.root.hand_off_last(
        here(),
        None,
        Box::new(move |permit| {
            inner.append(&permit, 99, &writes());
            inner.append(&permit, 100, &writes());
        }),
    );
    assert!(closed);
    let came = [(other, 10), (job, 20)].map(|(thread, number)| (thread.join().unwrap(), number));
    let rows = core.rows();
    assert_pairs(&rows);
    assert_eq!(
        rows.last(),
        Some(&100),
        "somebody came after the last one: {rows:?}"
    );
    for (came, number) in came {
        assert_eq!(rows.contains(&number), came, "{number} in {rows:?}");
    }
    assert!(claim(&core).wait().is_err());
}

/// Whoever came first is served first, whichever thread moves first.
pub(crate) fn order() {
    let core = Core::new(Executor::Inline);
    let held = claim(&core).wait().ok().unwrap();
    let others = [10, 20].map(|number| {
        let mut claim = Box::pin(claim(&core));
        let mut cx = Context::from_waker(Waker::noop());
        assert!(claim.as_mut().poll(&mut cx).is_pending());
        let core = Arc::clone(&core);
        thread::spawn(move || {
            let permit = block_on(claim).ok().unwrap();
            pair(&core, permit, number);
        })
    });
    pair(&core, held, 0);
    for other in others {
        other.join().unwrap();
    }
    assert_eq!(core.rows(), [0, 1, 10, 11, 20, 21]);
}

/// Lines a callback up.
fn called_back(core: &Arc<Core>, number: u32) -> thread::JoinHandle<bool> {
    let core = Arc::clone(core);
    thread::spawn(move || {
        let (inner, served) = (Arc::clone(&core), Arc::new(AtomicBool::new(false)));
        let done = Arc::clone(&served);
        let then = move |permit| {
            pair(&inner, permit, number);
            done.store(true, Ordering::Relaxed);
        };
        core.root.hand_off(here(), Box::new(then));
        served.load(Ordering::Relaxed)
    })
}

/// Abandoning a gate sends away whoever waits, spares who holds, and has the last word.
pub(crate) fn sent_away() {
    let core = Core::new(Executor::Inline);
    let others = [parked(&core, 10), called_back(&core, 20)];
    let inner = Arc::clone(&core);
    core.root.abandon(
        here(),
        Box::new(move |permit| {
            inner.append(&permit, 99, &writes());
            inner.append(&permit, 100, &writes());
        }),
    );
    let [waited, called] = others.map(|other| other.join().unwrap());
    let rows = core.rows();
    assert_pairs(&rows);
    assert_eq!(rows.last(), Some(&100), "{rows:?}");
    assert_eq!(rows.contains(&10), waited, "{rows:?}");
    // A callback may also have run later, when its turn came.
    assert!(rows.contains(&20) || !called, "{rows:?}");
}
