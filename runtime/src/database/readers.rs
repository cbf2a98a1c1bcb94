//! Connections for reads that need not pass the queue.
//!
//! In: reads outside of transactions. Out: a connection of the pool, with a thread for what takes long. Invariants: a read
//! begins after it was given its connection, so that it sees every commit before; what SQLite says only the writing
//! connection can answer goes to the queue; a read that is dropped ends soon, and no other one with it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
#[cfg(feature = "sharing")]
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::driver::{Engine, Reader};
use crate::error::{CallSite, Result};
use crate::queue::{Frame, Lent, Pool, Worker};
#[cfg(feature = "sharing")]
use crate::sync::lock;

use super::Core;

/// So many raw texts are remembered.
const REMEMBERED: usize = 256;

/// A connection that only reads.
pub(crate) struct Reading {
    pub(crate) engine: Box<Engine>,
    worker: Arc<Worker>,
    runs: Arc<Runs>,
}

/// The runs of one connection, by number.
#[derive(Default)]
struct Runs {
    present: AtomicU64,
    /// The last one that nobody wants any more.
    unwanted: AtomicU64,
    /// Until when the present one has to be done, if it has to.
    #[cfg(feature = "sharing")]
    until: Mutex<Option<Instant>>,
}

impl Runs {
    fn stops(&self) -> bool {
        let number = |of: &AtomicU64| of.load(Ordering::Relaxed);
        #[cfg(feature = "sharing")]
        if self.is_late() {
            return true;
        }
        number(&self.unwanted) == number(&self.present)
    }

    #[cfg(feature = "sharing")]
    fn is_late(&self) -> bool {
        lock(&self.until).is_some_and(|until| Instant::now() >= until)
    }
}

/// Ends a run when its time is up; dropped, it lets it run.
#[cfg(feature = "sharing")]
pub(crate) struct Brief(Arc<Runs>);

#[cfg(feature = "sharing")]
impl Brief {
    pub(crate) fn is_over(&self) -> bool {
        self.0.is_late()
    }
}

#[cfg(feature = "sharing")]
impl Drop for Brief {
    fn drop(&mut self) {
        *lock(&self.0.until) = None;
    }
}

/// Ends a run, if it is still the present one, when it is dropped.
pub(crate) struct Interrupt {
    runs: Arc<Runs>,
    number: u64,
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        self.runs.unwanted.store(self.number, Ordering::Relaxed);
    }
}

impl Reading {
    fn open(reader: &Reader, cached: usize) -> Result<Self> {
        let runs = Arc::new(Runs::default());
        let stops = {
            let runs = Arc::clone(&runs);
            move || runs.stops()
        };
        // Hooks run before the first one.
        runs.present.store(1, Ordering::Relaxed);
        let mut embedded = reader.connect(stops)?;
        embedded.listen_and_keep(cached)?;
        Ok(Self {
            engine: Box::new(Engine::Embedded(embedded)),
            worker: Arc::new(Worker::new("sqlitenow-reader")),
            runs,
        })
    }

    /// Whether a statement is one for readers; found out once, on one of them.
    pub(crate) fn answers(&mut self, sql: &str, alone: &OnceLock<bool>) -> bool {
        if let Some(alone) = alone.get() {
            return *alone;
        }
        let found = self.engine.embedded();
        match found.and_then(|embedded| embedded.reads_the_file_alone(sql)) {
            Ok(found) => *alone.get_or_init(|| found),
            // The queue says what is wrong.
            Err(_) => false,
        }
    }

    /// Ends the present run when this time is up.
    #[cfg(feature = "sharing")]
    pub(crate) fn within(&self, time: Duration) -> Brief {
        *lock(&self.runs.until) = Instant::now().checked_add(time);
        Brief(Arc::clone(&self.runs))
    }

    /// What ends the present run.
    pub(crate) fn interrupt(&self) -> Interrupt {
        Interrupt {
            runs: Arc::clone(&self.runs),
            number: self.runs.present.load(Ordering::Relaxed),
        }
    }
}

/// The readers of a database.
pub(crate) struct Readers {
    pub(super) pool: Arc<Pool<Reading>>,
    /// Whether readers can answer these raw texts.
    texts: Mutex<HashMap<String, bool>>,
    /// Whether the writing connection may have tables that the readers have not.
    differ: AtomicBool,
}

impl Readers {
    pub(super) fn open(reader: &Reader, count: usize, cached: usize) -> Result<Self> {
        let readings = (0..count).map(|_| Reading::open(reader, cached));
        Ok(Self {
            pool: Arc::new(Pool::new(readings.collect::<Result<_>>()?)),
            texts: Mutex::default(),
            differ: AtomicBool::new(false),
        })
    }

    fn texts(&self) -> MutexGuard<'_, HashMap<String, bool>> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a raw statement is known to be one for readers, or not to be.
    pub(crate) fn known(&self, sql: &str) -> Option<bool> {
        self.texts().get(sql).copied()
    }

    pub(crate) fn remember(&self, sql: &str, answered: bool) {
        let mut texts = self.texts();
        if texts.len() >= REMEMBERED {
            texts.clear();
        }
        texts.insert(sql.to_owned(), answered);
    }

    /// After the schema was changed.
    pub(crate) fn forget(&self, differ: bool) {
        self.texts().clear();
        self.differ.fetch_or(differ, Ordering::Relaxed);
    }

    /// One of them, if it is there this very moment.
    pub(crate) fn try_take(&self) -> Option<Lent<Reading>> {
        self.pool.try_take().map(renewed)
    }
}

/// Runs work on a reader's own thread.
pub(crate) fn on_own_thread(
    lent: Lent<Reading>,
    work: impl FnOnce(Lent<Reading>) + Send + 'static,
) -> Result<()> {
    let worker = Arc::clone(&lent.worker);
    worker.submit(Box::new(move || work(lent)))
}

/// From here on the interrupts of runs before do nothing.
fn renewed(lent: Lent<Reading>) -> Lent<Reading> {
    lent.runs.present.fetch_add(1, Ordering::Relaxed);
    lent
}

impl Core {
    /// How many readers there are.
    pub(crate) fn reader_count(&self) -> usize {
        self.all_readers().map_or(0, |readers| readers.pool.size())
    }

    /// The readers, for generated reads of this frame.
    #[inline]
    pub(crate) fn readers(&self, frame: &Frame) -> Option<&Readers> {
        let readers = self.all_readers()?;
        // Where there are none any more, the queue says why.
        let usable = frame.is_root() && !self.root.is_closed() && !self.distrusts_sets();
        usable.then_some(readers)
    }

    /// The readers, for what may name other tables than generated statements do.
    pub(crate) fn readers_of_all(&self, frame: &Frame) -> Option<&Readers> {
        let readers = self.readers(frame)?;
        (!readers.differ.load(Ordering::Relaxed)).then_some(readers)
    }

    /// Waits for one of the readers.
    pub(crate) async fn reading(&self, readers: &Readers, site: CallSite) -> Result<Lent<Reading>> {
        let lent = readers.pool.take(self.policy().queue_wait).await;
        let lent = lent.map_err(|refusal| self.refused(&refusal, &self.root, site))?;
        Ok(renewed(lent))
    }

    /// Waits for one of the readers on the present thread.
    pub(crate) fn reading_here(&self, readers: &Readers, site: CallSite) -> Result<Lent<Reading>> {
        let lent = readers.pool.take_here(self.policy().queue_wait);
        let lent = lent.map_err(|refusal| self.refused(&refusal, &self.root, site))?;
        Ok(renewed(lent))
    }

    /// Runs work on a reader's own thread.
    pub(crate) async fn on_reader<T: Send + 'static>(
        &self,
        lent: Lent<Reading>,
        work: impl FnOnce(Lent<Reading>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (send, receive) = oneshot::channel();
        on_own_thread(lent, move |lent| {
            if !send.is_closed() {
                let outcome = catch_unwind(AssertUnwindSafe(|| work(lent)));
                let _ = send.send(outcome);
            }
        })?;
        match receive.await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Err(self.closed()),
        }
    }
}
