//! The calls of a link that have not been answered yet.
//!
//! In: calls, the owner's messages, the end of the link. Out: answers, and whom to wake. Invariants: every call ends, by its
//! answer, by its deadline or with the link; what comes for a call that is not known any more is dropped.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Instant;

use crate::error::{CallSite, Error};
use crate::sharing::wire::{Broken, Faults, Outcome, Rows};

/// Why nothing is answered any more.
#[derive(Debug, Clone)]
pub(super) enum Over {
    /// Somebody wished it.
    Closed,
    Lost(Broken),
}

impl Over {
    /// The error of a call; `sent` says whether the owner may have had it.
    pub(super) fn error(&self, sent: bool) -> Error {
        match self {
            Self::Closed => Error::Closed { source: None },
            Self::Lost(broken) => broken.lost(sent),
        }
    }
}

/// The end of a call.
#[derive(Debug)]
pub(crate) enum End {
    Done {
        shows: u64,
        result: Result<Outcome, Faults>,
    },
    Over(Over),
    Late,
}

/// One call.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) site: CallSite,
    /// Whether its answer says how the topmost block stands: it runs inside, or begins or ends one, and nothing of this client
    /// runs beside it.
    tells: bool,
    due: Option<Instant>,
    waker: Option<Waker>,
    pub(super) rows: Vec<Rows>,
    /// Whether the owner waits to be asked for more rows.
    pub(super) paused: bool,
    end: Option<End>,
}

/// All calls, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Table {
    calls: BTreeMap<u64, Waiting>,
    over: Option<Over>,
}

impl Table {
    /// Why the link is over, if it is.
    pub(super) fn over(&self) -> Option<&Over> {
        self.over.as_ref()
    }

    pub(super) fn add(&mut self, id: u64, site: CallSite, due: Option<Instant>, tells: bool) {
        let waiting = Waiting {
            site,
            tells,
            due,
            waker: None,
            rows: Vec::new(),
            paused: false,
            end: None,
        };
        self.calls.insert(id, waiting);
    }

    /// Forgets a call; false if it has ended before.
    pub(super) fn forget(&mut self, id: u64) -> bool {
        self.calls
            .remove(&id)
            .is_some_and(|call| call.end.is_none())
    }

    pub(super) fn rows(&mut self, id: u64, rows: Rows) {
        if let Some(call) = self.calls.get_mut(&id) {
            call.rows.push(rows);
        }
    }

    /// A stream waits to be asked for more. Returns whom to wake.
    pub(super) fn pause(&mut self, id: u64) -> Option<Waker> {
        let call = self.calls.get_mut(&id)?;
        call.paused = true;
        call.due = None;
        call.waker.take()
    }

    /// Whether the answer of this call says how the topmost block stands.
    pub(super) fn tells(&self, id: u64) -> bool {
        self.calls.get(&id).is_some_and(|call| call.tells)
    }

    /// The call has ended. Returns whom to wake.
    pub(super) fn end(&mut self, id: u64, end: End) -> Option<Waker> {
        let call = self.calls.get_mut(&id)?;
        call.due = None;
        call.end.get_or_insert(end);
        call.waker.take()
    }

    /// Takes the end of a call, or leaves word whom to wake.
    pub(super) fn ended(&mut self, id: u64, waker: &Waker) -> Option<(Waiting, End)> {
        let call = self.calls.get_mut(&id)?;
        let Some(end) = call.end.take() else {
            call.listen(waker);
            return None;
        };
        self.calls.remove(&id).map(|call| (call, end))
    }

    /// A call by its number.
    pub(super) fn get(&mut self, id: u64) -> Option<&mut Waiting> {
        self.calls.get_mut(&id)
    }

    /// Ends those that are late. Returns their numbers and whom to wake, and when to look again.
    pub(super) fn expire(&mut self, now: Instant) -> (Vec<(u64, Option<Waker>)>, Option<Instant>) {
        let late = |call: &Waiting| call.due.is_some_and(|due| due <= now);
        let ids = self.calls.iter().filter(|(_, call)| late(call));
        let ids: Vec<u64> = ids.map(|(id, _)| *id).collect();
        let ended = ids.into_iter().map(|id| (id, self.end(id, End::Late)));
        let ended = ended.collect();
        (ended, self.calls.values().filter_map(|call| call.due).min())
    }

    /// Ends all of them, and those to come. The first reason counts. Returns whom to wake.
    pub(super) fn close(&mut self, over: Over) -> Vec<Waker> {
        let over = &*self.over.get_or_insert(over);
        let calls = self.calls.values_mut();
        calls
            .filter_map(|call| {
                call.end.get_or_insert(End::Over(over.clone()));
                call.waker.take()
            })
            .collect()
    }
}

impl Waiting {
    pub(super) fn listen(&mut self, waker: &Waker) {
        match &mut self.waker {
            Some(known) => known.clone_from(waker),
            None => self.waker = Some(waker.clone()),
        }
    }

    /// More rows were asked for, which have to come in time.
    pub(super) fn go_on(&mut self, due: Option<Instant>) {
        self.paused = false;
        self.due = due;
    }

    pub(super) fn has_ended(&self) -> bool {
        self.end.is_some()
    }
}
