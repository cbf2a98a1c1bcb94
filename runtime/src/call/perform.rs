//! Runs one statement: where, when, and what is told afterwards.
//!
//! In: a [`Work`], the handle it was called on, the caller's location. Out: its result. Invariants: the permit is
//! held from before the statement until what it changed is recorded or published; on the thread the job owns it,
//! so a dropped caller changes nothing about that.

use std::panic::Location;
use std::sync::Arc;
use std::time::Instant;

use crate::database::{Core, Record};
use crate::driver::Patience;
use crate::error::{Error, Origin, Result};
use crate::queue::{Frame, Permit};
use crate::trace::{Clock, Span};

use super::beside::{self, Beside};
#[cfg(feature = "sharing")]
use super::remote;
use super::{Work, rowid_in};

/// The statement's part that is the same for every query type.
pub(crate) struct Shared<'a> {
    pub(crate) core: &'a Arc<Core>,
    /// The frame of the handle the statement was called on, unless that is the database.
    pub(crate) own: Option<&'a Arc<Frame>>,
    pub(crate) site: &'static Location<'static>,
}

impl Shared<'_> {
    pub(crate) async fn perform<W: Work>(self, work: W) -> Result<W::Out> {
        let Self { core, own, site } = self;
        let shown = work.shown(core);
        let at = |error: Error| {
            let origin = || Origin::new(W::STATEMENT, Some(site)).with_values(shown.as_deref());
            error.at(origin)
        };
        let frame = core.place(own);
        let span = Span::statement(W::STATEMENT.name);
        let counted = |out: W::Out| {
            span.counted(|| Some(W::rows(&out)));
            out
        };
        #[cfg(feature = "sharing")]
        if !W::MAY_WRITE
            && let Some(owner) = core.reads_at_owner(&frame)
        {
            let result = match owner.root().await {
                Ok(place) => Box::pin(remote::run(core, place, work, site)).await,
                Err(error) => Err(error),
            };
            return result.map(counted).map_err(at);
        }
        let work = match core.readers(&frame) {
            // Boxed, since most databases have none and every call would carry it around.
            Some(readers) if !W::MAY_WRITE => {
                match Box::pin(beside::read(core, readers, work, site, &span)).await {
                    Ok(Beside::Answered(result)) => return result.map(counted).map_err(at),
                    Ok(Beside::Queue(work)) => work,
                    Err(error) => return Err(at(error)),
                }
            }
            _ => work,
        };
        let result = perform(core, frame, work, site, &span).await;
        result.map(counted).map_err(at)
    }
}

async fn perform<W: Work>(
    core: &Arc<Core>,
    frame: Arc<Frame>,
    work: W,
    site: &'static Location<'static>,
    span: &Span,
) -> Result<W::Out> {
    let asked = span.clock();
    let permit = core.acquire(frame, site.into(), None).await?;
    span.waited(asked);
    // A loop of inline statements would never let the executor's other tasks run. After lining up, so that the
    // first poll decides the order.
    tokio::task::consume_budget().await;
    // An error about its rows undoes a statement: the thread sees to that, whoever goes away.
    #[cfg(feature = "sharing")]
    if !W::UNDOES
        && let Some(owner) = core.remote()
    {
        let place = remote::place(owner, &permit).await?;
        let began = span.clock();
        // Boxed, since most databases are our own and every call would carry it around.
        let result = Box::pin(remote::run(core, place, work, site)).await;
        span.ran(began);
        return result;
    }
    let record = core.record(W::STATEMENT);
    if core.runs_inline(W::STATEMENT, &record, !permit.frame().in_transaction()) {
        let began = span.clock();
        let ran = inline(core, &work, &permit, &record);
        span.ran(began);
        match ran {
            // Waiting for a foreign lock would stop the whole executor; the thread can wait.
            (Err(Error::Busy { .. }), _) if core.may_use_thread() => {}
            (result, checkpoint) => {
                core.release(permit, checkpoint);
                return result;
            }
        }
    }
    let values = work.values(&core.adapters)?;
    drop(work);
    let span = span.clone();
    let answer = core
        .on_thread(move |core| {
            // The way to the thread does not count.
            let (start, began) = (Instant::now(), span.clock());
            let rowid = |number| rowid_in(&values, number);
            let (answer, checkpoint) =
                core.metered(&permit, &record, W::UNDOES, start, rowid, |engine| {
                    engine.set_patience(Patience::Full);
                    engine.ask(W::STATEMENT, &values, W::ask(), &core.adapters)
                });
            span.ran(began);
            if checkpoint {
                core.checkpoint();
            }
            drop(permit);
            answer
        })
        .await?;
    W::receive(answer, &core.adapters)
}

#[inline]
fn inline<W: Work>(
    core: &Arc<Core>,
    work: &W,
    permit: &Permit,
    record: &Record,
) -> (Result<W::Out>, bool) {
    let poll = Clock::of_poll();
    let outcome = core.accounted(permit, |engine| {
        engine.set_patience(core.inline_patience());
        let ran = work.direct(engine, &core.adapters);
        // Telling the watches is no part of the statement's time.
        record.pace.note(permit.since().elapsed());
        let written = || core.written(record, |number| ran.rowids.of(number));
        let written = ran.wrote.then(written);
        (ran.result, written)
    });
    poll.warn_beyond(core.policy().slow_poll, W::STATEMENT.name);
    outcome
}
