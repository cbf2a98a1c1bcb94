//! Runs one read on a reader, beside the queue.
//!
//! In: a [`Work`] that only reads, outside of transactions. Out: its result, or the work itself if only the writing
//! connection can answer it. Invariant: dropped while it runs on the reader's thread, it ends soon.

use std::panic::Location;
use std::sync::Arc;
use std::time::Instant;

use crate::database::{Core, Readers, Reading};
use crate::driver::{Engine, Patience, RawAnswer};
use crate::error::{Error, Result};
use crate::options::Executor;
use crate::queue::Lent;
use crate::trace::{Clock, Span};

use super::{Raw, Work};

pub(super) enum Beside<W: Work> {
    Answered(Result<W::Out>),
    /// Has to pass the queue.
    Queue(W),
}

/// Runs a raw statement if it is one for readers.
pub(crate) async fn raw(
    core: &Core,
    readers: &Readers,
    raw: &Arc<Raw>,
) -> Result<Option<RawAnswer>> {
    let known = readers.known(&raw.sql);
    let lent = match known {
        Some(true) => Some(core.reading(readers, raw.site.clone()).await?),
        Some(false) => None,
        // It may be a write, which shall not wait for reads.
        None => readers.try_take(),
    };
    let Some(lent) = lent else {
        return Ok(None);
    };
    tokio::task::consume_budget().await;
    let _interrupt = lent.interrupt();
    let job = Arc::clone(raw);
    let run = move |mut lent: Lent<Reading>| {
        lent.engine.set_patience(Patience::Full);
        let embedded = lent.engine.embedded()?;
        if known.is_some() {
            embedded.raw_read_again(&job.sql, &job.values).map(Some)
        } else {
            embedded.raw_read(&job.sql, &job.values)
        }
    };
    let ran = if core.policy().executor == Executor::Inline {
        run(lent)
    } else {
        core.on_reader(lent, run).await
    };
    if known.is_none() {
        readers.remember(&raw.sql, !matches!(ran, Ok(None)));
    }
    ran
}

pub(super) async fn read<W: Work>(
    core: &Core,
    readers: &Readers,
    work: W,
    site: &'static Location<'static>,
    span: &Span,
) -> Result<Beside<W>> {
    let asked = span.clock();
    let mut lent = core.reading(readers, site.into()).await?;
    span.waited(asked);
    tokio::task::consume_budget().await;
    let record = core.record(W::STATEMENT);
    if !lent.answers(W::STATEMENT.sql, &record.alone) {
        return Ok(Beside::Queue(work));
    }
    if core.runs_inline(W::STATEMENT, &record, false) {
        let (start, poll) = (Instant::now(), Clock::of_poll());
        let began = span.clock();
        lent.engine.set_patience(core.inline_patience());
        let ran = work.direct(&mut lent.engine, &core.adapters);
        span.ran(began);
        poll.warn_beyond(core.policy().slow_poll, W::STATEMENT.name);
        record.pace.note(start.elapsed());
        // Somebody recovers the log, or the like: the thread can wait for him.
        if !(core.may_use_thread() && matches!(ran.result, Err(Error::Busy { .. }))) {
            return Ok(Beside::Answered(ran.result));
        }
    }
    let values = work.values(&core.adapters)?;
    drop(work);
    let _interrupt = lent.interrupt();
    let adapters = core.adapters.clone();
    let span = span.clone();
    let answer = core
        .on_reader(lent, move |mut lent| {
            let (start, began) = (Instant::now(), span.clock());
            let engine: &mut Engine = &mut lent.engine;
            engine.set_patience(Patience::Full);
            let answer = engine.ask(W::STATEMENT, &values, W::ask(), &adapters);
            span.ran(began);
            record.pace.note(start.elapsed());
            answer
        })
        .await?;
    Ok(Beside::Answered(W::receive(answer, &core.adapters)))
}
