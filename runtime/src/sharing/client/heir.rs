//! Whoever looks for another owner when one is lost.
//!
//! In: a database without an owner. Out: a link to the next one, who may be this process. Invariants: it tries until there is one,
//! more and more seldom; it ends with its database.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Weak;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use crate::database::delayed;
use crate::error::{Error, Result};

use super::current::Current;
use super::succession::runtime;

/// An owner that has ended sooner makes the next search begin with a rest.
const BRIEF: Duration = Duration::from_millis(100);
/// So long may an owner that ends take to say so.
const PARTING: Duration = Duration::from_secs(2);
/// The first rest, and the longest.
const RESTS: [Duration; 2] = [Duration::from_millis(20), Duration::from_secs(5)];

/// Starts to look, on a thread; the last owner was found at `since`. Says when that has ended.
pub(super) fn start(of: Weak<Current>, since: Instant) -> Result<oneshot::Receiver<()>> {
    let (end, ended) = oneshot::channel();
    let seek = move || {
        let looked = catch_unwind(AssertUnwindSafe(|| look(&of, since)));
        let panicked = |_| Err(delayed("opening the file panicked"));
        if let Err(error) = looked.unwrap_or_else(panicked)
            && let Some(current) = of.upgrade()
        {
            current.give_up(error);
        }
        // Nobody may wait for it.
        let _ = end.send(());
    };
    thread::Builder::new()
        .name("sqlitenow-heir".to_owned())
        .spawn(seek)
        .map(|_| ended)
        .map_err(|source| Error::Io {
            path: "thread that looks for an owner".into(),
            source,
        })
}

fn look(of: &Weak<Current>, since: Instant) -> Result<()> {
    let runtime = runtime()?;
    let mut rest = RESTS[0];
    let mut tired = since.elapsed() < BRIEF;
    if let Some(current) = of.upgrade() {
        // Whoever says nothing more is not waited for.
        let _ = runtime.block_on(async { timeout(PARTING, current.parted()).await });
    }
    loop {
        if tired && !runtime.block_on(another(of, rest)) {
            return Ok(());
        }
        let Some(current) = of.upgrade() else {
            return Ok(());
        };
        let Some(succession) = &current.succession else {
            return Ok(());
        };
        match succession.succeed(&runtime, current.closed()) {
            Ok(Some((link, owned))) => {
                current.replace(link, owned);
                return Ok(());
            }
            // It was closed.
            Ok(None) => return Ok(()),
            Err(error) => current.fail(error),
        }
        rest = if tired {
            (rest * 2).min(RESTS[1])
        } else {
            rest
        };
        tired = true;
    }
}

/// Rests, and not as long as others do who have lost the same owner. Says whether the database is still there.
async fn another(of: &Weak<Current>, rest: Duration) -> bool {
    let Some(current) = of.upgrade() else {
        return false;
    };
    let chance = getrandom::u32().unwrap_or(0) % 1024;
    let rested = sleep(rest / 2 + rest * chance / 1024);
    tokio::select! {
        () = rested => true,
        () = current.closed() => false,
    }
}
