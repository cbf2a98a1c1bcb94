//! A frame: the database itself, or an open block in it, each with its gate.
//!
//! In: claims from tasks, threads and jobs. Out: a [`Permit`], which gives the gate back when it is dropped,
//! wherever it has travelled. Invariant: a frame's gate can be held from outside of the frame only by whoever is
//! about to close it; nothing is woken, called or dropped while a gate's lock is held.

use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::task::Waker;
use std::time::Instant;

use crate::error::CallSite;
use crate::invalidation::Tracker;
use crate::sync::thread::Thread;
use crate::sync::{Mutex, MutexGuard};

use super::acquire::Refusal;
use super::gate::{Gate, Ticket, Turn};
use super::scope;

/// Identifies a frame or a database within the process.
pub(crate) type FrameId = u64;

pub(crate) fn next_id() -> FrameId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// How a waiting claim hears of its grant.
pub(crate) enum Wake {
    Nobody,
    Task(Waker),
    Thread(Thread),
    /// Takes the permit wherever it is granted.
    HandOff(Box<dyn FnOnce(Permit) + Send>),
}

/// A claim to a gate, as `status` and error messages show it.
pub(crate) struct Claim {
    pub(crate) site: CallSite,
    /// The block that will live on the permit.
    pub(crate) block: Option<FrameId>,
    /// Since when it has waited or, once granted, held.
    pub(crate) since: Instant,
    pub(crate) wake: Wake,
}

impl Claim {
    pub(crate) fn new(site: CallSite, block: Option<FrameId>) -> Self {
        Self {
            site,
            block,
            since: Instant::now(),
            wake: Wake::Nobody,
        }
    }
}

pub(crate) struct Frame {
    pub(crate) id: FrameId,
    pub(crate) database: FrameId,
    pub(crate) parent: Option<Arc<Frame>>,
    /// 0 for the database and exclusive blocks, 1 for a transaction, more for blocks nested in it.
    pub(crate) depth: u32,
    pub(crate) site: CallSite,
    /// What this block has changed so far.
    pub(crate) tracker: Mutex<Tracker>,
    gate: Mutex<Gate<Claim>>,
}

impl Frame {
    pub(crate) fn root(database: FrameId, site: CallSite) -> Arc<Self> {
        Arc::new(Self {
            id: database,
            database,
            parent: None,
            depth: 0,
            site,
            tracker: Mutex::default(),
            gate: Mutex::new(Gate::new()),
        })
    }

    /// A block; `transacts` says whether it is a transaction or a savepoint.
    pub(crate) fn child(
        parent: &Arc<Self>,
        id: FrameId,
        site: CallSite,
        transacts: bool,
    ) -> Arc<Self> {
        Arc::new(Self {
            id,
            database: parent.database,
            parent: Some(Arc::clone(parent)),
            depth: parent.depth + u32::from(transacts),
            site,
            tracker: Mutex::default(),
            gate: Mutex::new(Gate::new()),
        })
    }

    pub(crate) fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// Whether statements run in a transaction here: what they change is told when it commits.
    pub(crate) fn in_transaction(&self) -> bool {
        self.depth > 0
    }

    /// Whether this is the frame with that id, or nested in it.
    pub(crate) fn is_within(&self, id: FrameId) -> bool {
        let mut frame = Some(self);
        while let Some(here) = frame {
            if here.id == id {
                return true;
            }
            frame = here.parent.as_deref();
        }
        false
    }

    pub(crate) fn tracker(&self) -> MutexGuard<'_, Tracker> {
        self.tracker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The gate. Keep the guard short: nothing may be woken or dropped under it.
    pub(super) fn gate(&self) -> MutexGuard<'_, Gate<Claim>> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the gate if it is free this very moment.
    pub(crate) fn try_enter(
        self: Arc<Self>,
        site: CallSite,
        block: Option<FrameId>,
    ) -> Result<Permit, Arc<Self>> {
        let claim = Claim::new(site, block);
        let since = claim.since;
        let mut gate = self.gate();
        if gate.is_closed() || gate.holder().is_some() {
            drop(gate);
            return Err(self);
        }
        // Free and open: the claim is granted.
        let entered = gate.enter(claim);
        drop(gate);
        match entered {
            Ok((ticket, _)) => Ok(Permit {
                frame: self,
                ticket,
                since,
            }),
            Err(_) => Err(self),
        }
    }

    /// Lines up with a callback that gets the permit, possibly at once. A closed gate drops the callback.
    pub(crate) fn hand_off(
        self: &Arc<Self>,
        site: CallSite,
        then: Box<dyn FnOnce(Permit) + Send>,
    ) -> Option<Ticket> {
        let mut claim = Claim::new(site, None);
        claim.wake = Wake::HandOff(then);
        let entered = self.gate().enter(claim);
        let (ticket, turn) = entered.ok()?;
        self.deliver(ticket, turn);
        Some(ticket)
    }

    /// Like [`hand_off`](Self::hand_off), after which nobody can enter any more. Returns false if it was closed before.
    ///
    /// With a bound those who wait beyond it are sent away.
    pub(crate) fn hand_off_last(
        self: &Arc<Self>,
        site: CallSite,
        bound: Option<usize>,
        then: Box<dyn FnOnce(Permit) + Send>,
    ) -> bool {
        let mut claim = Claim::new(site, None);
        claim.wake = Wake::HandOff(then);
        let mut gate = self.gate();
        if gate.is_closed() {
            drop(gate);
            return false;
        }
        let away = bound.map(|bound| gate.send_back(bound)).unwrap_or_default();
        let (ticket, turn) = gate.enter_last(claim);
        drop(gate);
        for claim in away {
            claim.wake.wake();
        }
        self.deliver(ticket, turn);
        true
    }

    /// Sends everybody away who waits, then hands the gate over as soon as the present holder is done.
    pub(crate) fn abandon(self: &Arc<Self>, site: CallSite, then: Box<dyn FnOnce(Permit) + Send>) {
        let mut claim = Claim::new(site, None);
        claim.wake = Wake::HandOff(then);
        let mut gate = self.gate();
        let away = gate.send_away();
        let (ticket, turn) = gate.enter_last(claim);
        drop(gate);
        for claim in away {
            claim.wake.wake();
        }
        self.deliver(ticket, turn);
    }

    fn deliver(self: &Arc<Self>, ticket: Ticket, turn: Turn) {
        if turn == Turn::Granted {
            self.announce(ticket);
        }
    }

    /// Tells the new holder.
    fn announce(self: &Arc<Self>, ticket: Ticket) {
        let mut gate = self.gate();
        let Some(claim) = gate.place_mut(ticket) else {
            return;
        };
        claim.since = Instant::now();
        let wake = mem::replace(&mut claim.wake, Wake::Nobody);
        if matches!(wake, Wake::HandOff(_)) {
            gate.take(ticket);
        }
        drop(gate);
        match wake {
            Wake::HandOff(then) => then(Permit::new(Arc::clone(self), ticket)),
            wake => wake.wake(),
        }
    }

    /// Gives up a claim, granted or not.
    pub(crate) fn leave(self: &Arc<Self>, ticket: Ticket) {
        let left = self.gate().leave(ticket);
        if let Some(granted) = left.granted {
            self.announce(granted);
        }
        drop(left.place);
    }

    /// Gives up a claim only if it still waits: its permit may be with a job by now.
    pub(crate) fn withdraw(&self, ticket: Ticket) {
        let place = self.gate().withdraw(ticket);
        drop(place);
    }

    /// Lets nobody enter any more; those inside stay.
    pub(crate) fn close(&self) {
        self.gate().close();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.gate().is_closed()
    }

    /// Whether the claim has not had its turn yet.
    pub(crate) fn is_waiting(&self, ticket: Ticket) -> bool {
        self.gate().is_waiting(ticket)
    }

    /// The block that holds the gate, if the present poll is inside of it.
    pub(super) fn held_around_here(&self) -> Option<CallSite> {
        let holder = self
            .gate()
            .holder()
            .and_then(|claim| Some((claim.site.clone(), claim.block?)));
        holder
            .filter(|(_, block)| scope::is_within(*block))
            .map(|(site, _)| site)
    }

    /// The refusal of a claim that waited too long.
    pub(crate) fn too_late(&self) -> Refusal {
        Refusal::Deadline(self.occupancy().0.map(|(site, _)| site))
    }

    /// The holder's ticket, and the one that whoever enters next will get.
    pub(crate) fn tickets(&self) -> (Option<Ticket>, Ticket) {
        self.gate().tickets()
    }

    /// Who holds the gate and since when, and how many wait.
    pub(crate) fn occupancy(&self) -> (Option<(CallSite, Instant)>, usize) {
        let gate = self.gate();
        let holder = gate.holder().map(|claim| (claim.site.clone(), claim.since));
        (holder, gate.waiting())
    }
}

impl Wake {
    fn wake(self) {
        match self {
            Self::Task(waker) => waker.wake(),
            Self::Thread(thread) => thread.unpark(),
            // A hand-off that is sent away drops what it carries, permits included.
            Self::Nobody | Self::HandOff(_) => {}
        }
    }
}

/// The right to use what the frame guards; giving it back is dropping it.
pub(crate) struct Permit {
    frame: Arc<Frame>,
    ticket: Ticket,
    since: Instant,
}

impl Permit {
    pub(super) fn new(frame: Arc<Frame>, ticket: Ticket) -> Self {
        Self {
            frame,
            ticket,
            since: Instant::now(),
        }
    }

    /// When it was granted.
    pub(crate) fn since(&self) -> Instant {
        self.since
    }

    pub(crate) fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.frame.leave(self.ticket);
    }
}
