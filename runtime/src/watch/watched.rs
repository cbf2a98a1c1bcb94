//! Queries that are watched, each shared by all its watches.
//!
//! In: watches that come and go. Out: for all of one query the same [`Watched`], told by the hub of the commits that concern
//! it. Invariant: it is known to the hub from the first watch to the last.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;
use std::sync::Arc;
use std::task::Waker;

use crate::database::Core;
use crate::invalidation::{ReadSet, Subscriber, SubscriberId, WriteSet};
use crate::options::Executor;
use crate::queue::Ticket;
use crate::sync::{Mutex, lock};

use super::course::{Member, Run};
use super::query::{Failure, Found, Queries};
use super::shared::Shared;

pub(crate) struct Watched {
    pub(crate) queries: Arc<Queries>,
    pub(crate) shared: Shared<Arc<Found>, Failure>,
    /// The place of the run that was lined up last.
    pub(crate) ticket: Mutex<Option<(Run, Ticket)>>,
}

impl Subscriber for Watched {
    fn changed(&self, commit: Option<u64>) -> (Vec<Waker>, bool) {
        self.shared.change(commit)
    }

    fn nudge(&self) -> Vec<Waker> {
        self.shared.nudge()
    }

    fn close(&self) -> Vec<Waker> {
        self.shared.close()
    }
}

impl Core {
    /// Tells the watches what a commit has changed; under the permit of whoever made it.
    pub(crate) fn publish(&self, written: &WriteSet) {
        let others = self.hub.publish(written);
        if others.is_some() && self.policy().executor != Executor::Inline {
            // A writer does not wait until all of many watches are woken. Without a thread it does.
            self.submit_soon(Box::new(move || drop(others)));
        }
    }
}

/// All watched queries of a database.
#[derive(Default)]
pub(crate) struct Registry(Mutex<Known>);

#[derive(Default)]
struct Known {
    entries: HashMap<Arc<Queries>, Entry>,
    /// How many watches there are.
    members: usize,
    issued: u64,
}

struct Entry {
    watched: Arc<Watched>,
    members: usize,
    id: SubscriberId,
    reads: ReadSet,
}

impl Registry {
    pub(crate) fn len(&self) -> usize {
        lock(&self.0).members
    }

    /// Adds a watch of these queries.
    pub(super) fn join(&self, core: &Core, queries: Queries) -> (Arc<Watched>, Member) {
        let mut known = lock(&self.0);
        known.members += 1;
        known.issued += 1;
        let member = Member::new(known.issued);
        let watched = match known.entries.entry(Arc::new(queries)) {
            Place::Occupied(mut entry) => {
                let entry = entry.get_mut();
                entry.members += 1;
                Arc::clone(&entry.watched)
            }
            Place::Vacant(place) => {
                let queries = Arc::clone(place.key());
                let reads = queries.reads(core);
                let watched = Arc::new(Watched {
                    queries,
                    shared: Shared::new(),
                    ticket: Mutex::default(),
                });
                let id = core.hub.subscribe(&reads, &watched);
                let entry = Entry {
                    watched: Arc::clone(&watched),
                    members: 1,
                    id,
                    reads,
                };
                place.insert(entry);
                watched
            }
        };
        (watched, member)
    }

    /// Removes a watch, and the query with the last one.
    pub(super) fn leave(&self, core: &Core, queries: &Arc<Queries>) {
        let mut known = lock(&self.0);
        known.members = known.members.saturating_sub(1);
        let Place::Occupied(mut entry) = known.entries.entry(Arc::clone(queries)) else {
            return;
        };
        entry.get_mut().members -= 1;
        if entry.get().members == 0 {
            let last = entry.remove();
            core.hub.unsubscribe(last.id, &last.reads);
        }
    }
}
