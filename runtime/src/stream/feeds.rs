//! All feeds of a database.
//!
//! In: feeds that begin. Out: their number, their end. Invariants: as many streams read at a time as there are places; once
//! `stop` is over no feed has a connection, and none begins.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::queue::Refusal;

use super::feed::Shared;

/// The right to a connection, given back when it is dropped.
pub(crate) type Place = OwnedSemaphorePermit;

/// The feeds that are under way; `None` once the database is closed.
pub(crate) struct Feeds {
    all: Mutex<Option<Vec<Weak<Shared>>>>,
    /// Made by the first who needs one: only then it is known how many there are.
    places: OnceLock<Arc<Semaphore>>,
}

impl Default for Feeds {
    fn default() -> Self {
        Self {
            all: Mutex::new(Some(Vec::new())),
            places: OnceLock::new(),
        }
    }
}

impl Feeds {
    fn all(&self) -> MutexGuard<'_, Option<Vec<Weak<Shared>>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for one of so many places, in the order in which they are asked for.
    pub(crate) async fn place(
        &self,
        places: usize,
        patience: Option<Duration>,
    ) -> Result<Place, Refusal> {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        let places = self.places.get_or_init(|| Arc::new(Semaphore::new(places)));
        let permit = Arc::clone(places).acquire_owned();
        let permit = match patience {
            None => permit.await,
            Some(patience) => tokio::time::timeout(patience, permit)
                .await
                .map_err(|_| Refusal::Deadline(None))?,
        };
        // Closed with the database.
        permit.map_err(|_| Refusal::Gone)
    }

    /// False if the database is closed.
    pub(super) fn add(&self, shared: &Arc<Shared>) -> bool {
        let mut all = self.all();
        let Some(feeds) = all.as_mut() else {
            return false;
        };
        feeds.retain(|feed| feed.strong_count() > 0);
        feeds.push(Arc::downgrade(shared));
        true
    }

    /// How many are under way.
    pub(crate) fn count(&self) -> usize {
        let all = self.all();
        let feeds = all.iter().flatten().filter_map(Weak::upgrade);
        feeds.filter(|feed| !feed.has_ended()).count()
    }

    /// Ends them all, lets none begin, and waits until their connections are closed.
    pub(crate) fn stop(&self) {
        let places = self.places.get_or_init(|| Arc::new(Semaphore::new(0)));
        places.close();
        let feeds = self.all().take().unwrap_or_default();
        let feeds: Vec<_> = feeds.iter().filter_map(Weak::upgrade).collect();
        for feed in &feeds {
            feed.stop();
        }
        for feed in feeds {
            feed.wait_for_end();
        }
    }
}
