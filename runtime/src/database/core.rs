//! What all handles of a database share.
//!
//! In: claims, statements, jobs. Out: permits, results, notifications. Invariants: only the holder of a permit
//! touches the engine; what changed is recorded or published before the permit goes back; a database that broke
//! stays closed and says why.

use std::borrow::{Borrow, Cow};
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{oneshot, watch};

use crate::driver::{Capabilities, Engine, Patience, Reader};
use crate::error::{CallSite, Error, Result};
use crate::invalidation::{Hub, Tables, WriteSet};
use crate::options::Executor;
use crate::queue::{Acquire, Frame, FrameId, Permit, Refusal, Worker, next_id, scope};
use crate::statement::Statement;
use crate::stream::Feeds;
use crate::value::Adapters;

use super::record::{Record, Records};

/// What was decided when the database was opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    pub(crate) executor: Executor,
    pub(crate) capabilities: Capabilities,
    /// Whether the engine may be used on the caller's poll at all.
    pub(crate) embedded: bool,
    /// Whether a commit waits for the disk.
    pub(crate) syncs: bool,
    pub(crate) queue_wait: Option<Duration>,
}

pub(crate) struct Core {
    pub(crate) root: Arc<Frame>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) tables: Tables,
    pub(crate) policy: Policy,
    /// The application's conversions.
    pub(crate) adapters: Adapters,
    /// Opens connections that read beside this one, where that is possible.
    pub(crate) reader: Option<Arc<Reader>>,
    pub(crate) feeds: Feeds,
    /// Guarded by permits; the lock is never waited for. Empty once closed, and while a closure uses it.
    engine: Mutex<Option<Box<Engine>>>,
    records: Records,
    /// Whether generated statements may change and read other tables than their sets say.
    distrusts: AtomicBool,
    worker: Worker,
    failure: OnceLock<Arc<Error>>,
    /// Turns true when the engine is gone.
    pub(super) gone: watch::Sender<bool>,
}

impl Core {
    pub(super) fn new(
        engine: Engine,
        policy: Policy,
        adapters: Adapters,
        reader: Option<Reader>,
        statements: usize,
        site: &'static Location<'static>,
    ) -> Self {
        Self {
            root: Frame::root(next_id(), site),
            hub: Arc::new(Hub::new()),
            tables: Tables::default(),
            policy,
            adapters,
            reader: reader.map(Arc::new),
            feeds: Feeds::default(),
            engine: Mutex::new(Some(Box::new(engine))),
            records: Records::new(statements),
            distrusts: AtomicBool::new(false),
            worker: Worker::default(),
            failure: OnceLock::new(),
            gone: watch::Sender::new(false),
        }
    }

    /// Decides, at a call's first poll, in which frame it runs.
    pub(crate) fn place(&self, own: Option<&Arc<Frame>>) -> Arc<Frame> {
        let inner = scope::innermost(self.root.id);
        match (own, inner) {
            (None, Some(inner)) => inner,
            (Some(own), Some(inner)) if inner.is_within(own.id) => inner,
            (Some(own), _) => Arc::clone(own),
            (None, None) => Arc::clone(&self.root),
        }
    }

    pub(crate) async fn acquire(
        &self,
        frame: Arc<Frame>,
        site: &'static Location<'static>,
        block: Option<FrameId>,
    ) -> Result<Permit> {
        let frame = match frame.try_enter(site, block) {
            Ok(permit) => return Ok(permit),
            Err(frame) => frame,
        };
        let claim = Acquire::new(Arc::clone(&frame), site, block, self.policy.queue_wait);
        claim
            .await
            .map_err(|refusal| self.refused(&refusal, &frame, site))
    }

    /// Lines up as the last one of the frame.
    pub(crate) async fn acquire_last(
        &self,
        frame: Arc<Frame>,
        site: &'static Location<'static>,
    ) -> Result<Permit> {
        let claim = Acquire::new(Arc::clone(&frame), site, None, self.policy.queue_wait).last();
        claim
            .await
            .map_err(|refusal| self.refused(&refusal, &frame, site))
    }

    /// Waits on the present thread.
    pub(crate) fn acquire_blocking(&self, site: &'static Location<'static>) -> Result<Permit> {
        let claim = Acquire::new(Arc::clone(&self.root), site, None, self.policy.queue_wait);
        claim
            .wait()
            .map_err(|refusal| self.refused(&refusal, &self.root, site))
    }

    #[cold]
    pub(crate) fn refused(
        &self,
        refusal: &Refusal,
        frame: &Frame,
        site: &'static Location<'static>,
    ) -> Error {
        match refusal {
            Refusal::Gone if frame.is_root() || self.failure.get().is_some() => self.closed(),
            Refusal::Gone => Error::TransactionEnded {
                block: frame.location.into(),
            },
            Refusal::Deadlock(holding) => Error::Deadlock {
                waiting: site.into(),
                holding: (*holding).into(),
            },
            Refusal::Deadline(holding) => Error::Deadline {
                after: self.policy.queue_wait.unwrap_or_default(),
                waiting: site.into(),
                holding: holding.map(CallSite::from),
            },
        }
    }

    /// The error of every call on a database that is closed.
    #[cold]
    pub(crate) fn closed(&self) -> Error {
        Error::Closed {
            source: self.failure.get().cloned(),
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<Box<Engine>>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Uses the engine; the caller holds a permit.
    #[inline]
    pub(crate) fn engine<T>(&self, work: impl FnOnce(&mut Engine) -> Result<T>) -> Result<T> {
        match self.slot().as_deref_mut() {
            Some(engine) => work(engine),
            None => Err(self.closed()),
        }
    }

    /// Takes the engine out, to be put back with [`restore`](Self::restore).
    pub(crate) fn take_engine(&self) -> Result<Box<Engine>> {
        self.slot().take().ok_or_else(|| self.closed())
    }

    pub(crate) fn restore(&self, engine: Box<Engine>) {
        *self.slot() = Some(engine);
    }

    pub(crate) fn record(&self, statement: &'static Statement) -> Arc<Record> {
        self.records.of(statement, &self.tables)
    }

    /// Runs a statement's work under its permit, takes its time from `start` and tells what it changed.
    ///
    /// Also returns whether a checkpoint is due.
    pub(crate) fn metered<T>(
        &self,
        permit: &Permit,
        record: &Record,
        undoes: bool,
        start: Instant,
        rowid: impl Fn(usize) -> Option<i64>,
        work: impl FnOnce(&mut Engine) -> Result<T>,
    ) -> (Result<T>, bool) {
        let outcome = self.accounted(permit, |engine| {
            let before = engine.total_changes();
            let result = work(engine);
            let wrote = engine.total_changes() != before && (result.is_ok() || !undoes);
            (result, wrote.then(|| self.written(record, rowid)))
        });
        record.note(start.elapsed());
        outcome
    }

    /// What a run of a statement has written; `rowid` gives the integer that is bound to a parameter.
    pub(crate) fn written<'r>(
        &self,
        record: &'r Record,
        rowid: impl Fn(usize) -> Option<i64>,
    ) -> Cow<'r, WriteSet> {
        if self.distrusts.load(Ordering::Relaxed) {
            return Cow::Owned(WriteSet::EVERYTHING);
        }
        record.written(self.hub.tells_rows_apart(), rowid)
    }

    /// From now on every write counts as one of everything.
    pub(crate) fn distrust_sets(&self) {
        self.distrusts.store(true, Ordering::Relaxed);
    }

    /// Runs work under its permit, then records or publishes what it says it has changed.
    ///
    /// Also returns whether a checkpoint is due.
    pub(crate) fn accounted<T, W: Borrow<WriteSet>>(
        &self,
        permit: &Permit,
        work: impl FnOnce(&mut Engine) -> (Result<T>, Option<W>),
    ) -> (Result<T>, bool) {
        let frame = permit.frame();
        let mut slot = self.slot();
        let Some(engine) = slot.as_deref_mut() else {
            return (Err(self.closed()), false);
        };
        if !frame.is_root() && !engine.in_transaction() {
            return (
                Err(Error::TransactionEnded {
                    block: frame.location.into(),
                }),
                false,
            );
        }
        let (result, written) = work(engine);
        if !frame.is_root() {
            drop(slot);
            if let Some(written) = written {
                frame.tracker().record(written.borrow());
            }
            return (result, false);
        }
        // Asking counts as a commit.
        let checkpoint = written.is_some() && engine.wants_checkpoint();
        let stuck = result.is_err() && engine.in_transaction();
        drop(slot);
        if stuck {
            // A statement alone left its transaction open: its ROLLBACK has failed.
            self.end_stuck_transaction();
        }
        if let Some(written) = written {
            self.hub.publish(written.borrow());
        }
        (result, checkpoint)
    }

    /// Refuses what needs a transaction in this frame if the driver has none to offer.
    pub(crate) fn refuse_incapable(&self, frame: &Frame) -> Result<()> {
        let can = self.policy.capabilities;
        let missing = if !can.interactive_transactions {
            "interactive transactions"
        } else if !frame.is_root() && !can.savepoints {
            "savepoints"
        } else {
            return Ok(());
        };
        Err(Error::Unsupported {
            capability: missing.into(),
        })
    }

    fn end_stuck_transaction(&self) {
        if let Err(error) = self.engine(|engine| engine.control("ROLLBACK")) {
            self.break_down(error);
        }
    }

    /// Whether a statement may run on the caller's poll.
    pub(crate) fn runs_inline(
        &self,
        statement: &Statement,
        record: &Record,
        commits: bool,
    ) -> bool {
        if !self.policy.embedded {
            return false;
        }
        match self.policy.executor {
            Executor::Inline => true,
            Executor::Thread => false,
            Executor::Auto => {
                let waits = commits && self.policy.syncs && !statement.writes.is_empty();
                record.is_quick() && !waits
            }
        }
    }

    /// Whether BEGIN (`commits` false) or COMMIT may run on the caller's poll.
    pub(crate) fn controls_inline(&self, commits: bool) -> bool {
        self.policy.embedded
            && match self.policy.executor {
                Executor::Inline => true,
                Executor::Thread => false,
                Executor::Auto => !(commits && self.policy.syncs),
            }
    }

    pub(crate) fn may_use_thread(&self) -> bool {
        self.policy.executor == Executor::Auto
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

    /// Closes for good, because a connection whose ROLLBACK failed cannot be trusted.
    pub(crate) fn break_down(&self, error: Error) -> Arc<Error> {
        let failure = Arc::clone(self.failure.get_or_init(|| Arc::new(error)));
        self.root.close();
        self.feeds.stop();
        let engine = self.slot().take();
        if let Some(engine) = engine {
            let _ = engine.close();
        }
        self.finish_closing();
        failure
    }

    pub(super) fn finish_closing(&self) {
        self.hub.close();
        self.gone.send_replace(true);
    }
}
