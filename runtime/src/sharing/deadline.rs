//! How long somebody waits for an owner.
//!
//! In: a duration, from the moment in which it is given. Out: futures that end by then with [`Error::Unanswered`]. One
//! deadline covers all that is done under it: finding the owner, connecting, the handshake.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use crate::error::{Error, Result};

/// How long connecting may take if nobody says otherwise.
pub(crate) const CONNECTING: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    after: Duration,
    /// None for ever.
    at: Option<Instant>,
}

impl Deadline {
    pub(crate) fn within(after: Duration) -> Self {
        let at = Instant::now().checked_add(after);
        Self { after, at }
    }

    /// As long as it takes; somebody else has an eye on it.
    pub(crate) fn none() -> Self {
        Self {
            after: Duration::MAX,
            at: None,
        }
    }

    pub(crate) async fn of<T>(
        self,
        place: &str,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let Some(at) = self.at else {
            return work.await;
        };
        timeout_at(at, work).await.unwrap_or_else(|_| {
            Err(Error::Unanswered {
                place: place.to_owned(),
                after: self.after,
            })
        })
    }
}

/// Sleeps that grow from one millisecond to thirty and differ from process to process, so that those who wait for the same
/// thing do not look for it together.
#[derive(Debug)]
pub(crate) struct Pauses(Duration);

impl Pauses {
    pub(crate) fn new() -> Self {
        Self(Duration::from_millis(1))
    }

    pub(crate) async fn next(&mut self) {
        // Without random numbers all sleep alike, which costs some attempts.
        let chance = getrandom::u32().unwrap_or(0) % 1024;
        sleep(self.0 + self.0 * chance / 1024).await;
        self.0 = (self.0 * 3 / 2).min(Duration::from_millis(15));
    }
}
