//! Thousands of random interleavings of writes, transactions, failures, drops, watches, readers and closes against a plain
//! list.
//!
//! In: a seed. Out: nothing, or the seed of a run in which the database and the list differ. The table is a log: every
//! operation inserts titles that name it, so that the order of rows is the order of commits and any result must be a
//! beginning of the final one, cut between two operations.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod check;
#[expect(dead_code, reason = "made for other tests as well")]
#[path = "../random/dice.rs"]
mod dice;
mod plan;
mod scheduler;
mod waiting;
mod watching;
mod world;

use sqlitenow_runtime::Executor;

/// Runs `runs` seeds from `first` on; `SQLITENOW_SEEDS=from..to` runs others.
fn sweep(executor: Executor, first: u64, runs: u64) {
    let asked = std::env::var("SQLITENOW_SEEDS").ok();
    let range = asked.as_deref().and_then(|asked| asked.split_once(".."));
    let (first, end) = range.map_or((first, first + runs), |(from, to)| {
        (from.parse().unwrap(), to.parse().unwrap())
    });
    let mut seen = world::Seen::default();
    for seed in first..end {
        seen.add(&world::run(executor, seed));
    }
    println!("{executor:?}: {} runs, {seen:?}", end - first);
    let with_readers = executor != Executor::Inline;
    assert!(seen.covers_everything(with_readers), "{seen:?}");
}

/// Here nothing but the tasks themselves can wake a task, so that a lost wake-up shows at once.
#[test]
fn on_the_callers_poll() {
    sweep(Executor::Inline, 0, 800);
}

#[test]
fn on_the_thread() {
    sweep(Executor::Thread, 0, 150);
}

#[test]
fn wherever_it_fits() {
    sweep(Executor::Auto, 0, 250);
}
