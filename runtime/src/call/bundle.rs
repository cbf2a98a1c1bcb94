//! Several writes that stand or fall together.
//!
//! In: generated writes, bound one by one. Out: what each of them changed, or the first error and nothing changed.
//! Invariants: one transaction – a savepoint inside of one – and one notification, of the statements that changed
//! rows only; runs of one statement that follow each other share its preparation; no statement, no transaction.

use std::panic::Location;
use std::ptr;

use crate::connection::Connection;
use crate::database::Core;
use crate::driver::{Engine, Patience};
use crate::error::{Error, Origin, Result};
use crate::invalidation::{Tracker, WriteSet};
use crate::queue::Permit;
use crate::statement::{Bound, Changes, Statement};
use crate::trace::{Clock, Span};
use crate::value::{Adapters, Binder, Value};

#[cfg(feature = "sharing")]
use super::remote;
use super::{AsyncHandle, rowid_in};

/// Up to here short statements run on the caller's poll, as one of them alone would.
const FEW: usize = 16;

/// Writes in the order in which they will run.
#[derive(Debug, Default)]
pub(crate) struct Bundle {
    pub(super) runs: Vec<Run>,
    /// The values of all runs, as many for each as its statement has parameters.
    pub(super) values: Vec<Value>,
    /// The first statement that could not be bound; nothing runs then.
    failure: Option<Error>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) statement: &'static Statement,
    site: &'static Location<'static>,
}

impl Run {
    fn origin(self, element: usize) -> Origin {
        Origin::new(self.statement, Some(self.site)).with_element(element)
    }
}

impl Bundle {
    pub(super) fn add<Q: Bound>(
        &mut self,
        query: &Q,
        adapters: &Adapters,
        site: &'static Location<'static>,
    ) {
        let statement = Q::STATEMENT;
        let run = Run { statement, site };
        let before = self.values.len();
        let after = before + statement.parameters.len();
        self.values.resize(after, Value::Null);
        let mut own = &mut self.values[before..];
        match query.bind(&mut Binder::new(statement, adapters, &mut own)) {
            Ok(()) => self.runs.push(run),
            Err(error) => {
                self.values.truncate(before);
                self.fail(error.at(|| run.origin(self.runs.len())));
            }
        }
    }

    /// Notes why nothing shall run; the first reason counts.
    pub(super) fn fail(&mut self, error: Error) {
        self.failure.get_or_insert(error);
    }

    pub(super) fn first(&self) -> Option<&'static Statement> {
        self.runs.first().map(|run| run.statement)
    }

    fn runs_inline(&self, core: &Core, commits: bool) -> bool {
        let inline =
            |run: &Run| core.runs_inline(run.statement, &core.record(run.statement), commits);
        (self.runs.len() <= FEW || !core.may_use_thread()) && self.runs.iter().all(inline)
    }

    /// Runs everything, or undoes what ran; says what was changed and which tables that concerns.
    fn run(&self, core: &Core, engine: &mut Engine) -> Result<(Vec<Changes>, WriteSet)> {
        let mut changes = Vec::with_capacity(self.runs.len());
        let mut tracker = Tracker::default();
        let mut rest = &self.values[..];
        engine.guarded(|engine| {
            for group in self.runs.chunk_by(|a, b| ptr::eq(a.statement, b.statement)) {
                let run = group[0];
                let (values, others) = rest.split_at(group.len() * run.statement.parameters.len());
                rest = others;
                let (mut wrote, begun) = (false, changes.len());
                let ran =
                    engine.execute_each(run.statement, group.len(), values, |done, changed| {
                        changes.push(done);
                        wrote |= changed;
                    });
                // As many have run as have told what they changed; the next one is to blame.
                ran.map_err(|error| {
                    let element = changes.len();
                    let shown = core.shows_values().then(|| {
                        // It began behind those of its group that have run.
                        let within = element - begun;
                        values
                            .chunks(run.statement.parameters.len().max(1))
                            .nth(within)
                    });
                    let origin = || self.origin_of(element, run).with_values(shown.flatten());
                    error.at(origin)
                })?;
                if wrote {
                    record(core, &mut tracker, run.statement, values);
                }
            }
            Ok(())
        })?;
        Ok((changes, tracker.take()))
    }

    pub(super) fn origin_of(&self, element: usize, of_group: Run) -> Origin {
        let run = self.runs.get(element).copied().unwrap_or(of_group);
        run.origin(element)
    }
}

/// Notes what runs of one statement have written, whose values stand one behind the other.
fn record(core: &Core, tracker: &mut Tracker, statement: &'static Statement, values: &[Value]) {
    let record = core.record(statement);
    if statement.keys.is_empty() {
        tracker.record(&core.written(&record, |_| None));
        return;
    }
    // A statement with keys has parameters.
    for values in values.chunks(statement.parameters.len().max(1)) {
        tracker.record(&core.written(&record, |number| rowid_in(values, number)));
    }
}

/// Runs a bundle asynchronously; in one trip to the thread unless it is short.
pub(super) async fn perform<C: AsyncHandle>(
    on: &C,
    mut bundle: Bundle,
    site: &'static Location<'static>,
) -> Result<Vec<Changes>> {
    if let Some(error) = bundle.failure.take() {
        return Err(error);
    }
    let reach = on.reach();
    let core = reach.core;
    let frame = core.place(reach.own);
    let span = Span::statement("batch");
    let asked = span.clock();
    let permit = core.acquire(frame, site.into(), None).await?;
    span.waited(asked);
    core.refuse_incapable(permit.frame())?;
    tokio::task::consume_budget().await;
    if bundle.runs.is_empty() {
        return Ok(Vec::new());
    }
    #[cfg(feature = "sharing")]
    if let Some(owner) = core.remote().filter(|_| remote::in_one_go(&bundle)) {
        let place = remote::place(owner, &permit).await?;
        return Box::pin(remote::run_all(place, &bundle, site)).await;
    }
    if bundle.runs_inline(core, !permit.frame().in_transaction()) {
        let (poll, began) = (Clock::of_poll(), span.clock());
        let ran = accounted(core, &permit, &bundle, core.inline_patience());
        span.ran(began);
        poll.warn_beyond(core.policy().slow_poll, "batch");
        match ran {
            // Only BEGIN meets a foreign lock, so nothing has run yet.
            (Err(Error::Busy { .. }), _) if core.may_use_thread() => {}
            (result, checkpoint) => {
                core.release(permit, checkpoint);
                return result;
            }
        }
    }
    core.on_thread(move |core| {
        let began = span.clock();
        let (result, checkpoint) = accounted(core, &permit, &bundle, Patience::Full);
        span.ran(began);
        if checkpoint {
            core.checkpoint();
        }
        drop(permit);
        result
    })
    .await
}

fn accounted(
    core: &Core,
    permit: &Permit,
    bundle: &Bundle,
    patience: Patience,
) -> (Result<Vec<Changes>>, bool) {
    core.accounted(permit, |engine| {
        engine.set_patience(patience);
        match bundle.run(core, engine) {
            Ok((changes, written)) => (Ok(changes), Some(written)),
            Err(error) => (Err(error), None),
        }
    })
}

/// Runs a bundle on the connection of a closure.
pub(super) fn perform_on(on: &Connection, mut bundle: Bundle) -> Result<Vec<Changes>> {
    if let Some(error) = bundle.failure.take() {
        return Err(error);
    }
    if bundle.runs.is_empty() {
        return Ok(Vec::new());
    }
    on.write(|core, engine| bundle.run(core, engine))
}
