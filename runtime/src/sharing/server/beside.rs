//! Runs a client's read on a reader, beside the queue, where a local one would run there.
//!
//! In: a statement outside of transactions. Out: its answer, or nothing if only the writing connection can give one.
//! Invariant: dropped while it runs on the reader's thread, it ends soon.

use std::sync::Arc;
use std::time::Instant;

use crate::call::raw_beside;
use crate::database::{Core, Readers, Reading};
use crate::driver::{Engine, Patience};
use crate::error::{Error, Result};
use crate::options::Executor;
use crate::queue::{Frame, Lent};

use super::claims::Defined;
use super::run::{BRIEF, Job, Moment, Ran};

pub(super) async fn run(
    core: &Core,
    frame: &Frame,
    job: &Arc<Job>,
) -> Result<Option<(Ran, Moment)>> {
    // Of commits that come while a reader is waited for it may be shown more.
    let moment = Moment::now(core);
    let answer = match &job.defined {
        Some(defined) if job.reads() => match core.readers(frame) {
            Some(readers) => {
                let ran = read(core, readers, job, defined).await?;
                return Ok(ran.map(|ran| (ran, moment)));
            }
            None => None,
        },
        Some(_) => None,
        None => match core.readers_of_all(frame) {
            Some(readers) => raw_beside(core, readers, &job.raw).await?,
            None => None,
        },
    };
    let ran = answer.map(|answer| Ran {
        answer,
        wrote: false,
    });
    Ok(ran.map(|ran| (ran, moment)))
}

async fn read(
    core: &Core,
    readers: &Readers,
    job: &Arc<Job>,
    defined: &Arc<Defined>,
) -> Result<Option<Ran>> {
    let mut lent = core.reading(readers, job.raw.site.clone()).await?;
    tokio::task::consume_budget().await;
    if !lent.answers(&defined.sql, &defined.alone) {
        return Ok(None);
    }
    if core.inlines(&defined.pace, false) {
        let start = Instant::now();
        lent.engine.set_patience(core.inline_patience());
        let brief = core.may_use_thread().then(|| lent.within(BRIEF));
        let ran = on_reader(&mut lent.engine, job);
        defined.pace.note(start.elapsed());
        let late = brief.is_some_and(|brief| brief.is_over());
        // Somebody recovers the log, or the like: the thread can wait for him.
        let waits = matches!(ran, Err(Error::Busy { .. })) || late && ran.is_err();
        if !(core.may_use_thread() && waits) {
            return ran.map(Some);
        }
    }
    let _interrupt = lent.interrupt();
    let job = Arc::clone(job);
    let run = move |mut lent: Lent<Reading>| {
        let start = Instant::now();
        lent.engine.set_patience(Patience::Full);
        let ran = on_reader(&mut lent.engine, &job);
        if let Some(defined) = &job.defined {
            defined.pace.note(start.elapsed());
        }
        ran
    };
    let ran = if core.policy().executor == Executor::Inline {
        run(lent)
    } else {
        core.on_reader(lent, run).await
    };
    ran.map(Some)
}

fn on_reader(engine: &mut Engine, job: &Job) -> Result<Ran> {
    let embedded = engine.embedded()?;
    let (answer, _) = embedded.raw_as(&job.raw.sql, &job.raw.values, &job.want());
    answer.map(|answer| Ran {
        answer,
        wrote: false,
    })
}
