//! What the core needs of a database: its permits, its connection and its thread.
//!
//! In: calls of blocks and models. Out: their permits and what the connection says. Invariant: two who touch the
//! connection at the same time are a panic, however short it is.

use std::panic::Location;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::driver::{Bracketed as _, Engine, Patience};
use crate::error::{CallSite, Error, Result};
use crate::invalidation::{Hub, WriteSet};
use crate::options::Executor;
use crate::queue::{Acquire, Frame, FrameId, Permit, Refusal, next_id};
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{Mutex, lock, mpsc, oneshot};
use crate::value::Adapters;
use crate::watch::{Registry, Watched};

type Job = Box<dyn FnOnce() + Send>;

pub(crate) struct Policy {
    /// `Thread` brings BEGIN, COMMIT and the queries of watches to the database's thread.
    pub(crate) executor: Executor,
    pub(crate) queue_wait: Option<Duration>,
    /// Whether watches read beside the queue.
    pub(crate) reads_beside: bool,
}

/// A handle.
#[derive(Clone)]
pub(crate) struct Database(pub(crate) Arc<Core>);

impl Database {
    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.0
    }
}

pub(crate) struct Core {
    pub(crate) root: Arc<Frame>,
    pub(crate) hub: Hub<Watched>,
    pub(crate) watches: Registry,
    pub(crate) adapters: Adapters,
    policy: Policy,
    engine: Mutex<Engine>,
    /// What was committed, as readers see it.
    file: Mutex<Vec<u32>>,
    /// A step inside of the connection, at which the checker may let others run.
    step: AtomicUsize,
    /// To the database's thread, which the first job starts and which ends with the database.
    worker: Mutex<Option<mpsc::Sender<Job>>>,
    failure: OnceLock<Arc<Error>>,
}

impl Core {
    #[track_caller]
    pub(crate) fn new(executor: Executor) -> Arc<Self> {
        Self::open(executor, false)
    }

    /// One with a reader.
    #[track_caller]
    pub(crate) fn with_reader() -> Arc<Self> {
        Self::open(Executor::Inline, true)
    }

    #[track_caller]
    fn open(executor: Executor, reads_beside: bool) -> Arc<Self> {
        Arc::new(Self {
            root: Frame::root(next_id(), Location::caller().into()),
            hub: Hub::new(),
            watches: Registry::default(),
            adapters: Adapters,
            policy: Policy {
                executor,
                queue_wait: None,
                reads_beside,
            },
            engine: Mutex::default(),
            file: Mutex::default(),
            step: AtomicUsize::new(0),
            worker: Mutex::new(None),
            failure: OnceLock::new(),
        })
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(crate) fn place(&self, own: Option<&Arc<Frame>>) -> Arc<Frame> {
        Arc::clone(own.unwrap_or(&self.root))
    }

    pub(crate) fn refuse_incapable(&self, _: &Frame) -> Result<()> {
        Ok(())
    }

    pub(crate) async fn acquire(
        &self,
        frame: Arc<Frame>,
        site: CallSite,
        block: Option<FrameId>,
    ) -> Result<Permit> {
        let frame = match frame.try_enter(site.clone(), block) {
            Ok(permit) => return Ok(permit),
            Err(frame) => frame,
        };
        let claim = Acquire::new(frame, site, block, None);
        claim.await.map_err(|_| Error::Closed { source: None })
    }

    pub(crate) async fn acquire_last(&self, frame: Arc<Frame>, site: CallSite) -> Result<Permit> {
        let claim = Acquire::new(frame, site, None, None).last();
        claim.await.map_err(|_| Error::Closed { source: None })
    }

    /// Uses the connection; the caller holds a permit.
    pub(crate) fn engine<T>(&self, work: impl FnOnce(&mut Engine) -> Result<T>) -> Result<T> {
        let mut engine = self.engine.try_lock().expect("two use the connection");
        self.step.fetch_add(1, Ordering::Relaxed);
        work(&mut engine)
    }

    /// Appends a number and tells of it, as a statement does.
    pub(crate) fn append(&self, permit: &Permit, number: u32, written: &WriteSet) {
        let inside = !permit.frame().is_root();
        let appended = self.engine(|engine| {
            assert_eq!(engine.in_transaction(), inside, "in a block, or alone");
            engine.rows.push(number);
            Ok(())
        });
        appended.expect("the list takes everything");
        if inside {
            permit.frame().tracker().record(written);
        } else {
            *lock(&self.file) = self.rows();
            self.publish(written);
        }
    }

    pub(crate) fn committed(&self) -> Vec<u32> {
        lock(&self.file).clone()
    }

    pub(crate) fn rows(&self) -> Vec<u32> {
        let rows = self.engine(|engine| Ok(engine.rows.clone()));
        rows.expect("the list can always be read")
    }

    pub(crate) fn controls_inline(&self, _commits: bool) -> bool {
        self.policy.executor != Executor::Thread
    }

    pub(crate) fn keeps_others_waiting(&self, _: bool) -> Option<()> {
        Some(())
    }

    pub(crate) fn is_between_owners(&self) -> bool {
        false
    }

    pub(crate) fn undoes_elsewhere(&self) -> bool {
        false
    }

    pub(crate) fn waits_to_undo(&self) -> bool {
        false
    }

    pub(crate) fn has_lost_its_owner(&self) -> bool {
        false
    }

    pub(crate) fn may_use_thread(&self) -> bool {
        self.policy.executor == Executor::Auto
    }

    pub(crate) fn inline_patience(&self) -> Patience {
        Patience::None
    }

    pub(crate) async fn on_thread<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Arc<Self>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (send, receive) = oneshot::channel();
        let core = Arc::clone(self);
        self.submit(Box::new(move || {
            send.send(work(&core));
        }))?;
        receive
            .receive()
            .await
            .unwrap_or(Err(Error::Closed { source: None }))
    }

    pub(crate) fn submit(&self, job: Job) -> Result<()> {
        let mut worker = lock(&self.worker);
        let jobs = worker.get_or_insert_with(|| {
            let (jobs, waiting) = mpsc::channel::<Job>();
            loom::thread::spawn(move || {
                while let Ok(job) = waiting.recv() {
                    job();
                }
            });
            jobs
        });
        jobs.send(job);
        Ok(())
    }

    pub(crate) fn submit_soon(&self, job: Job) {
        self.submit(job).expect("there is a thread");
    }

    pub(crate) fn refused(&self, _: &Refusal, _: &Frame, _: CallSite) -> Error {
        Error::Closed { source: None }
    }

    pub(crate) fn release(&self, permit: Permit, _checkpoint: bool) {
        drop(permit);
    }

    pub(crate) fn break_down(&self, error: Error) -> Arc<Error> {
        let failure = Arc::clone(self.failure.get_or_init(|| Arc::new(error)));
        self.root.close();
        self.hub.close();
        failure
    }
}
