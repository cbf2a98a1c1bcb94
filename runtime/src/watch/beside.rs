//! A watched query on a reader, beside the queue.
//!
//! In: a run of the query, when a reader is free. Out: its result. Invariant: the run begins before the reader looks at the
//! file, so that a commit which it may not show makes its result an old one.

use std::sync::Arc;

use crate::database::{Core, Readers, Reading, on_own_thread};
use crate::driver::{Engine, Patience};
use crate::error::Error;
use crate::invalidation::wake;

use super::query::{Failure, Found, Queries};
use super::stream::Attempt;

impl Queries {
    /// Whether a reader can answer. Several queries need the numbers of commits, which the queue alone knows for sure.
    fn are_for_readers(&self, core: &Core, reading: &mut Reading) -> bool {
        let [part] = &self.0[..] else {
            return false;
        };
        reading.answers(part.statement.sql, &core.record(part.statement).alone)
    }

    fn run_beside(
        &self,
        core: &Core,
        engine: &mut Engine,
        patience: Patience,
    ) -> Result<Found, Failure> {
        let mut failed = 0;
        engine.set_patience(patience);
        self.read(core, engine, &mut failed)
            .map_err(|error| (failed, error))
    }
}

impl Attempt {
    /// Runs the query on a reader if one is free that can; otherwise gives itself back.
    pub(super) fn beside(self, core: &Arc<Core>) -> Option<Self> {
        let free = core.readers(&core.root).and_then(Readers::try_take);
        let Some(mut lent) = free else {
            return Some(self);
        };
        let (shared, run) = (&self.watched.shared, self.run);
        let queries = Arc::clone(&self.watched.queries);
        if !queries.are_for_readers(core, &mut lent) {
            return Some(self);
        }
        if queries.runs_inline(core) {
            if !shared.begin(run) {
                return None;
            }
            let found = queries.run_beside(core, &mut lent.engine, core.inline_patience());
            if !(core.may_use_thread() && matches!(found, Err((_, Error::Busy { .. })))) {
                drop(lent);
                wake(self.end(found, None));
                return None;
            }
            shared.put_off(run);
        }
        let core = Arc::clone(core);
        // Without a thread the attempt is dropped, which ends the watches.
        let _ = on_own_thread(lent, move |mut lent| {
            if !self.watched.shared.begin(self.run) {
                return;
            }
            let found = queries.run_beside(&core, &mut lent.engine, Patience::Full);
            drop(lent);
            wake(self.end(found, None));
        });
        None
    }
}
