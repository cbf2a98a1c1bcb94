//! Runs one statement at the owner, without a thread in between.
//!
//! In: a [`Work`] at its turn. Out: its result. Invariants: what comes next for this client runs behind it, even if this is
//! dropped meanwhile: what waits at the owner then never runs, and a write that runs goes on to its end; the owner tells of
//! what was written before it answers.

use std::panic::Location;
use std::ptr;
use std::sync::Arc;

use crate::database::Core;
use crate::error::{Error, Result};
use crate::queue::{Frame, Permit};
use crate::sharing::{Cells, Place, Remote, all_changes, answer, most};
use crate::statement::{Changes, Statement};
use crate::value::Value;

use super::Work;
use super::bundle::Bundle;

impl Core {
    /// The owner, if it answers this frame's reads beside its own queue: then they pass ours as well.
    pub(super) fn reads_at_owner(&self, frame: &Frame) -> Option<&Arc<Remote>> {
        let beside = |remote: &&Arc<Remote>| remote.readers() > 0;
        let usable = frame.is_root() && !self.root.is_closed();
        self.remote().filter(|_| usable).filter(beside)
    }
}

/// Where the holder of the permit runs its statement.
pub(crate) async fn place(remote: &Remote, permit: &Permit) -> Result<Place> {
    let frame = permit.frame();
    if frame.in_transaction() && !remote.in_transaction() {
        return Err(Error::TransactionEnded {
            block: frame.site.clone(),
        });
    }
    remote.inside().await
}

pub(super) async fn run<W: Work>(
    core: &Core,
    place: Place,
    work: W,
    site: &'static Location<'static>,
) -> Result<W::Out> {
    let values = work.values(&core.adapters)?;
    drop(work);
    let ask = W::ask();
    let calling = place.run(&site.into(), W::STATEMENT, &values, most(ask), ask.execute)?;
    W::receive(answer(&calling.await?)?, &core.adapters)
}

/// So many runs go in one message.
const RUNS: usize = 1 << 14;
/// So many bytes of values do.
const BYTES: usize = 4 << 20;

/// Whether the owner can take all of it at once, as one.
pub(super) fn in_one_go(bundle: &Bundle) -> bool {
    let bytes = bundle.values.iter().map(Value::weight).sum::<usize>();
    bundle.runs.len() <= RUNS && bytes <= BYTES
}

/// Runs writes that stand or fall together.
pub(super) async fn run_all(
    place: Place,
    bundle: &Bundle,
    site: &'static Location<'static>,
) -> Result<Vec<Changes>> {
    let groups = bundle
        .runs
        .chunk_by(|a, b| ptr::eq(a.statement, b.statement));
    let groups: Vec<(&'static Statement, usize)> = groups
        .map(|group| (group[0].statement, group.len()))
        .collect();
    let values = Cells::from(bundle.values.as_slice());
    let calling = place.many(&site.into(), &groups, values)?;
    let changes = all_changes(calling).await;
    changes.map_err(|(error, element)| match element.zip(bundle.runs.last()) {
        Some((element, last)) => error.at(|| bundle.origin_of(element, *last)),
        None => error,
    })
}
