//! Runs many writes of a client that stand or fall together.
//!
//! In: defined statements, each with the values of one run. Out: what each run has changed, or the first error with its place
//! and nothing changed. Invariant: one transaction – a savepoint inside of one – and one notification.

use std::sync::Arc;

use crate::database::Core;
use crate::driver::{Bracketed as _, Engine, Patience};
use crate::error::{CallSite, Error, Origin, Result};
use crate::invalidation::{Tracker, WriteSet};
use crate::queue::{Frame, Permit};
use crate::statement::Changes;

use super::run::{Job, Moment};

/// Up to here short statements run on the owner's thread, as one of them alone would.
const FEW: usize = 16;

/// Runs all of them at their turn in the frame.
pub(super) async fn run(
    core: &Arc<Core>,
    frame: Arc<Frame>,
    jobs: Vec<Job>,
    site: CallSite,
) -> (Result<Vec<Changes>>, Moment) {
    let ran = at_their_turn(core, frame, jobs, site).await;
    ran.unwrap_or_else(|error| (Err(error), Moment::now(core)))
}

async fn at_their_turn(
    core: &Arc<Core>,
    frame: Arc<Frame>,
    jobs: Vec<Job>,
    site: CallSite,
) -> Result<(Result<Vec<Changes>>, Moment)> {
    let permit = core.acquire(frame, site, None).await?;
    let permit = core.ensure_open(permit).await?;
    core.refuse_incapable(permit.frame())?;
    tokio::task::consume_budget().await;
    let inline = |job: &Job| job.may_run_inline(core, permit.frame());
    if (jobs.len() <= FEW || !core.may_use_thread()) && jobs.iter().all(inline) {
        let (result, moment, checkpoint) = on_permit(core, &permit, &jobs, core.inline_patience());
        // Only BEGIN meets a foreign lock, so nothing has run yet.
        if !(core.may_use_thread() && matches!(result, Err(Error::Busy { .. }))) {
            core.release(permit, checkpoint);
            return Ok((result, moment));
        }
    }
    core.on_thread(move |core| {
        let (result, moment, checkpoint) = on_permit(core, &permit, &jobs, Patience::Full);
        if checkpoint {
            core.checkpoint();
        }
        drop(permit);
        Ok((result, moment))
    })
    .await
}

fn on_permit(
    core: &Core,
    permit: &Permit,
    jobs: &[Job],
    patience: Patience,
) -> (Result<Vec<Changes>>, Moment, bool) {
    let mut open = false;
    let (result, checkpoint) = core.accounted(permit, |engine| {
        engine.set_patience(patience);
        let ran = all(core, engine, jobs);
        open = permit.frame().in_transaction() && engine.in_transaction();
        match ran {
            Ok((changes, written)) => (Ok(changes), Some(written)),
            Err(error) => (Err(error), None),
        }
    });
    let shows = core.hub.commits();
    (result, Moment { open, shows }, checkpoint)
}

fn all(core: &Core, engine: &mut Engine, jobs: &[Job]) -> Result<(Vec<Changes>, WriteSet)> {
    let mut tracker = Tracker::default();
    let mut changes = Vec::with_capacity(jobs.len());
    engine.guarded(|engine| {
        for (element, job) in jobs.iter().enumerate() {
            let (ran, written) = job.on(core, engine, None);
            let ran = ran.map_err(|error| error.at(|| origin(job, element)))?;
            changes.push(ran.answer.changes);
            if let Some(written) = written {
                tracker.record(&written);
            }
        }
        Ok(())
    })?;
    Ok((changes, tracker.take()))
}

fn origin(job: &Job, element: usize) -> Origin {
    let raw = &job.raw;
    Origin::raw("batch", raw.sql.to_string(), raw.site.clone()).with_element(element)
}
