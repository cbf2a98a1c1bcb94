//! Every order of events in the core, up to a number of preemptions.
//!
//! In: the runtime's own files, compiled against primitives that a model checker schedules, and the names of models as
//! arguments (none: all). Out: how many orders each model went through; a panic and the exit code 101 at the first one
//! in which something is lost, torn, overtaken or stuck.
//!
//! ```text
//! cargo run --manifest-path tests/interleavings/Cargo.toml
//! ```
//!
//! What is not the core is replaced by the least that it needs: SQLite by a list with savepoints (`driver`), the
//! database by its permits (`database`), the database's thread by one thread for each job. Deadlocks and lost wake-ups
//! need no assertion: the checker sees that nobody can move.

#![allow(
    dead_code,
    unused_imports,
    unfulfilled_lint_expectations,
    reason = "the models use a part of what the files offer"
)]

mod database;
mod driver;
mod error;
mod invalidation;
mod models;
mod queue;
mod statement;
mod sync;
mod transaction;
mod watch;

mod call {
    pub(crate) use crate::statement::{Gather, convert};
}

mod options {
    /// Where statements run.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Executor {
        Auto,
        Inline,
        Thread,
    }
}

mod value {
    /// There are none.
    pub(crate) struct Adapters;
}

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// So many times a thread is interrupted where it could have gone on. `LOOM_MAX_PREEMPTIONS` asks for another number.
const PREEMPTIONS: usize = 3;
/// So many orders of one model are enough for every day. `LOOM_MAX_PERMUTATIONS` asks for another number.
const ORDERS: usize = 12_000;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    for (name, model) in models::ALL {
        if !asked.is_empty() && !asked.iter().any(|asked| name.contains(asked.as_str())) {
            continue;
        }
        print!("{name}: ");
        // Whoever reads the output knows from its last line which model did not come to its end.
        let _ = std::io::stdout().flush();
        let (start, orders) = (Instant::now(), Arc::new(AtomicUsize::new(0)));
        let mut builder = loom::model::Builder::new();
        builder.preemption_bound = builder.preemption_bound.or(Some(PREEMPTIONS));
        builder.max_permutations = builder.max_permutations.or(Some(ORDERS));
        // So often the checker looks whether that many are through.
        builder.checkpoint_interval = 1000;
        let most = builder.max_permutations;
        let counted = Arc::clone(&orders);
        builder.check(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            model();
        });
        let orders = orders.load(Ordering::Relaxed);
        let cut = if Some(orders + 1) >= most {
            " and more"
        } else {
            ""
        };
        println!("{orders}{cut} orders in {:.1?}", start.elapsed());
    }
}
