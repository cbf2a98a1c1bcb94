//! The promise of watches, tried on random schemas with keys, triggers and views: whoever's result has changed is told.
//!
//! In: modules that the build script made for random schemas, queries and writes. Each query is watched with random values;
//! writes run alone, in blocks, in blocks that are undone, and as raw SQL. Out: the writes that a watch slept through, of
//! which there must be none, and how many queries ran again for nothing – as the runtime tells its watches, and as it would
//! if it told columns or whole tables apart only.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

#[expect(dead_code, reason = "made for other tests as well")]
#[path = "../random/dice.rs"]
mod dice;
mod grounds;
#[path = "../corpus/hold.rs"]
mod hold;
#[expect(dead_code, reason = "made for another test as well")]
#[path = "../corpus/outcome.rs"]
mod outcome;
mod sets;
mod trial;

use self::grounds::{Databases, GROUNDS};
use self::trial::Findings;

#[test]
fn no_watch_sleeps_through_a_change() {
    // `TOLD=400 cargo test -p sqlitenow-tests --test told -- --nocapture` tries more of them.
    let rounds = std::env::var("TOLD").map_or(12, |rounds| rounds.parse().unwrap());
    let mut findings = Findings::default();
    for round in 0..rounds {
        let on = Databases::open();
        for ground in GROUNDS {
            trial::run(&on, ground, round, &mut findings);
        }
    }
    println!("{findings}");
    let missed = &findings.missed;
    let shown = &missed[..missed.len().min(6)];
    assert!(missed.is_empty(), "{}\n{}", missed.len(), shown.join("\n"));
    assert!(findings.covers_everything(), "{findings}");
}
