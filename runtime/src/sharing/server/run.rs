//! Runs one statement of a client.
//!
//! In: a text with its values, the frame in which it runs, how many rows are wanted. Out: what came of it, and whether the
//! frame's transaction is still open. The text is looked at as every raw statement is: a client cannot take the runtime's
//! place. Invariants: the permit is held until what was changed is told; a read that nobody waits for any more ends soon, a
//! write runs to its end; a read that proves long leaves the owner's thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::call::Raw;
use crate::database::Core;
use crate::driver::{Bracketed as _, Engine, Patience, RawAnswer, Stops, Told, Want, Wanted};
use crate::error::{Error, Result};
use crate::invalidation::{ChangeOrigin, WriteSet};
use crate::queue::{Frame, Permit};

use super::claims::Defined;

/// So long may a read keep the owner's thread.
pub(super) const BRIEF: Duration = Duration::from_millis(20);

/// A statement of a client with its values.
pub(super) struct Job {
    pub(super) raw: Arc<Raw>,
    /// Of a statement that the client's generator has looked at.
    pub(super) defined: Option<Arc<Defined>>,
    pub(super) rows: Wanted,
    pub(super) may_write: bool,
}

/// What came of a statement.
pub(super) struct Ran {
    pub(super) answer: RawAnswer,
    pub(super) wrote: bool,
}

/// What was the case when a request was done, before anybody else had the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// Whether a transaction is open in the frame.
    pub(super) open: bool,
    /// The last commit that was told.
    pub(super) shows: u64,
}

impl Moment {
    /// Outside of transactions, now.
    pub(super) fn now(core: &Core) -> Self {
        Self {
            open: false,
            shows: core.hub.commits(),
        }
    }
}

impl Job {
    /// Whether the client says that it only reads.
    pub(super) fn reads(&self) -> bool {
        let defined = self.defined.as_ref();
        defined.is_some_and(|defined| defined.reads()) && self.rows != Wanted::Nothing
    }

    pub(super) fn may_run_inline(&self, core: &Core, frame: &Frame) -> bool {
        let commits = !frame.in_transaction() && !self.reads();
        let defined = self.defined.as_ref();
        defined.is_some_and(|defined| core.inlines(&defined.pace, commits))
    }

    fn note(&self, took: Duration) {
        if let Some(defined) = &self.defined {
            defined.pace.note(took);
        }
    }

    pub(super) fn want(&self) -> Want {
        Want::rows(self.rows, self.may_write)
    }

    /// What is to be told of a run.
    fn written(&self, core: &Core, told: Told) -> Option<WriteSet> {
        match told {
            Told::Nothing => None,
            Told::Tables(touched) => {
                let claimed = self.defined.as_ref();
                let claimed =
                    claimed.map(|defined| defined.written(core, &touched, &self.raw.values));
                let tables = touched.keys().map(String::as_str);
                Some(claimed.unwrap_or_else(|| core.tables.changed(tables, ChangeOrigin::Raw)))
            }
            Told::Everything(altered) => {
                core.altered(&altered);
                Some(WriteSet::everything(ChangeOrigin::Raw))
            }
        }
    }

    /// Runs it on the engine of whoever holds the permit, and says what it has written.
    pub(super) fn on(
        &self,
        core: &Core,
        engine: &mut Engine,
        stops: Option<Stops>,
    ) -> (Result<Ran>, Option<WriteSet>) {
        let (sql, values) = (&self.raw.sql, &self.raw.values);
        let Ok(embedded) = engine.embedded() else {
            return (self.on_distant(engine), None);
        };
        let (answer, told) = match stops {
            Some(stops) => embedded.raw_until(sql, values, &self.want(), stops),
            None => embedded.raw_as(sql, values, &self.want()),
        };
        let wrote = told != Told::Nothing;
        let written = self.written(core, told);
        (answer.map(|answer| Ran { answer, wrote }), written)
    }

    /// Runs it where somebody else tells what has changed.
    fn on_distant(&self, engine: &mut Engine) -> Result<Ran> {
        let (answer, _) = engine.raw(&self.raw.sql, &self.raw.values, self.may_write);
        let mut answer = answer?;
        match self.rows {
            Wanted::Named => {}
            Wanted::Most(most) => answer.rows.rows.truncate(most),
            Wanted::Nothing => answer.rows.rows.clear(),
        }
        let wrote = !self.reads();
        Ok(Ran { answer, wrote })
    }
}

/// Runs it at its turn in the frame.
pub(super) async fn run(
    core: &Arc<Core>,
    frame: Arc<Frame>,
    job: Arc<Job>,
) -> (Result<Ran>, Moment) {
    let ran = at_its_turn(core, frame, job).await;
    ran.unwrap_or_else(|error| (Err(error), Moment::now(core)))
}

async fn at_its_turn(
    core: &Arc<Core>,
    frame: Arc<Frame>,
    job: Arc<Job>,
) -> Result<(Result<Ran>, Moment)> {
    if let Some((ran, moment)) = super::beside::run(core, &frame, &job).await? {
        return Ok((Ok(ran), moment));
    }
    let permit = core.acquire(frame, job.raw.site.clone(), None).await?;
    on_permit(core, permit, job).await
}

/// Runs it under its permit, here or on the database's thread.
pub(super) async fn on_permit(
    core: &Arc<Core>,
    permit: Permit,
    job: Arc<Job>,
) -> Result<(Result<Ran>, Moment)> {
    let permit = core.ensure_open(permit).await?;
    // Clients that ask without end leave room for others.
    tokio::task::consume_budget().await;
    if job.may_run_inline(core, permit.frame()) {
        let late = Arc::new(AtomicBool::new(false));
        let patience = core.inline_patience();
        let stops = core.may_use_thread().then(|| after(BRIEF, &late));
        let (result, moment, checkpoint) = here(core, &permit, &job, patience, stops);
        let waits = matches!(result, Err(Error::Busy { .. }))
            || result.is_err() && late.load(Ordering::Relaxed);
        if !(core.may_use_thread() && waits) {
            core.release(permit, checkpoint);
            return Ok((result, moment));
        }
    }
    let unwanted = Unwanted::default();
    let stops = Some(unwanted.stops());
    core.on_thread(move |core| {
        let (result, moment, checkpoint) = here(core, &permit, &job, Patience::Full, stops);
        if checkpoint {
            core.checkpoint();
        }
        drop(permit);
        Ok((result, moment))
    })
    .await
}

/// Runs it on this thread; also says whether a checkpoint is due.
fn here(
    core: &Core,
    permit: &Permit,
    job: &Job,
    patience: Patience,
    stops: Option<Stops>,
) -> (Result<Ran>, Moment, bool) {
    let mut open = false;
    let (result, checkpoint) = core.accounted(permit, |engine| {
        let start = Instant::now();
        engine.set_patience(patience);
        let (ran, written) = job.on(core, engine, stops);
        job.note(start.elapsed());
        open = permit.frame().in_transaction() && engine.in_transaction();
        (ran, written)
    });
    let shows = core.hub.commits();
    (result, Moment { open, shows }, checkpoint)
}

/// Says that it is enough once the time is up, and notes that it did.
fn after(time: Duration, late: &Arc<AtomicBool>) -> Stops {
    let (start, late) = (Instant::now(), Arc::clone(late));
    Box::new(move || {
        let is_late = start.elapsed() >= time;
        if is_late {
            late.store(true, Ordering::Relaxed);
        }
        is_late
    })
}

/// Says that nobody waits any more, once it is dropped.
#[derive(Default)]
struct Unwanted(Arc<AtomicBool>);

impl Unwanted {
    fn stops(&self) -> Stops {
        let unwanted = Arc::clone(&self.0);
        Box::new(move || unwanted.load(Ordering::Relaxed))
    }
}

impl Drop for Unwanted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
