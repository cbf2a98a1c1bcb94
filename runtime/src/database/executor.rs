//! Where work runs: on the caller's poll or on the database's own thread.
//!
//! In: statements with what is known of them, jobs. Out: a decision, or the job's result. Invariant: what may wait – for
//! the disk, for foreign locks, for long – goes to the thread unless the options forbid it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use tokio::sync::oneshot;

use crate::driver::Patience;
use crate::error::Result;
use crate::options::Executor;
use crate::queue::Permit;
use crate::statement::Statement;

use super::Core;
use super::record::{Pace, Record};

impl Core {
    /// Whether a statement may run on the caller's poll.
    pub(crate) fn runs_inline(
        &self,
        statement: &Statement,
        record: &Record,
        commits: bool,
    ) -> bool {
        self.inlines(&record.pace, commits && !statement.writes.is_empty())
    }

    /// Whether a statement of this pace may run on the caller's poll, which commits or does not.
    pub(crate) fn inlines(&self, pace: &Pace, commits: bool) -> bool {
        if !self.policy().embedded {
            return false;
        }
        match self.policy().executor {
            Executor::Inline => true,
            Executor::Thread => false,
            Executor::Auto => pace.is_quick() && !(commits && self.policy().syncs),
        }
    }

    /// Whether BEGIN (`commits` false) or COMMIT may run on the caller's poll.
    pub(crate) fn controls_inline(&self, commits: bool) -> bool {
        self.policy().embedded
            && match self.policy().executor {
                Executor::Inline => true,
                Executor::Thread => false,
                Executor::Auto => !(commits && self.policy().syncs),
            }
    }

    /// Whether undoing a block waits for a driver.
    pub(crate) fn waits_to_undo(&self) -> bool {
        self.policy().foreign
    }

    /// Whether an owner elsewhere undoes a block behind our back.
    pub(crate) fn undoes_elsewhere(&self) -> bool {
        !self.policy().embedded && !self.policy().foreign
    }

    pub(crate) fn may_use_thread(&self) -> bool {
        self.policy().executor == Executor::Auto
    }

    /// How long SQLite may wait on the caller's poll: not at all, unless there is nowhere else to wait.
    pub(crate) fn inline_patience(&self) -> Patience {
        if self.may_use_thread() {
            Patience::None
        } else {
            Patience::Full
        }
    }

    /// Runs work on the database's thread. The work owns the permits it needs, so that it goes on without us.
    pub(crate) async fn on_thread<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Arc<Self>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (send, receive) = oneshot::channel();
        let core = Arc::clone(self);
        self.submit(Box::new(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&core)));
            // Nobody waits any more: the outcome is dropped, and a block in it rolls back.
            let _ = send.send(outcome);
        }))?;
        match receive.await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Err(self.closed()),
        }
    }

    pub(crate) fn submit(&self, job: Box<dyn FnOnce() + Send>) -> Result<()> {
        self.worker.submit(job)
    }

    /// Leaves a short job for the thread that may wait a little.
    pub(crate) fn submit_soon(&self, job: Box<dyn FnOnce() + Send>) {
        self.worker.submit_soon(job);
    }

    /// Gives the permit back, by way of a checkpoint on the thread if one is due.
    pub(crate) fn release(self: &Arc<Self>, permit: Permit, checkpoint: bool) {
        if checkpoint {
            let core = Arc::clone(self);
            // Without a thread the checkpoint is left to a later commit.
            let _ = self.submit(Box::new(move || {
                core.checkpoint();
                drop(permit);
            }));
        }
    }

    /// Checkpoints; the caller holds a permit. A failure costs nothing but room in the WAL.
    pub(crate) fn checkpoint(&self) {
        let _ = self.engine(|engine| engine.embedded()?.checkpoint());
    }
}
