//! Runs one statement at the owner, without a thread in between.
//!
//! In: a [`Work`] at its turn. Out: its result. Invariants: what comes next for this client runs behind it, even if this is
//! dropped meanwhile: what waits at the owner then never runs, and a write that runs goes on to its end; the owner tells of
//! what was written before it answers.

use std::panic::Location;
use std::sync::Arc;

use crate::database::Core;
use crate::error::{Error, Result};
use crate::queue::{Frame, Permit};
use crate::sharing::{Place, Remote, answer, most};

use super::Work;

impl Core {
    /// The owner, if it answers this frame's reads beside its own queue: then they pass ours as well.
    pub(super) fn reads_at_owner(&self, frame: &Frame) -> Option<&Arc<Remote>> {
        let beside = |remote: &&Arc<Remote>| remote.readers() > 0;
        let usable = frame.is_root() && !self.root.is_closed();
        self.remote().filter(|_| usable).filter(beside)
    }
}

/// Where the holder of the permit runs its statement.
pub(crate) fn place(remote: &Remote, permit: &Permit) -> Result<Place> {
    let frame = permit.frame();
    if frame.in_transaction() && !remote.in_transaction() {
        return Err(Error::TransactionEnded {
            block: frame.site.clone(),
        });
    }
    remote.inside()
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
