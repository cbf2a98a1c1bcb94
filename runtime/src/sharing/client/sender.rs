//! The sending half of a link.
//!
//! In: calls, one at a time. Out: messages in the order of the calls, each statement's definition before its first call.
//! Invariant: nothing is sent that the owner would not take.

use std::collections::HashMap;
use std::ptr;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::sharing::wire::{Call, Define, Outbox, ToOwner};
use crate::statement::Statement;

/// What surrounds values and texts takes no more.
const AROUND: usize = 1 << 12;

/// So many bytes may wait before another request is refused.
const FULL: usize = 256 << 20;

pub(super) struct Sender {
    outbox: Arc<Outbox>,
    /// The number of the last call.
    calls: u64,
    /// Generated statements by their addresses, with their numbers.
    defined: HashMap<usize, u32>,
    /// So long may a message be.
    longest: u64,
}

impl Sender {
    pub(super) fn new(outbox: Arc<Outbox>, longest: u64) -> Self {
        Self {
            outbox,
            calls: 0,
            defined: HashMap::new(),
            longest,
        }
    }

    /// The number for another call.
    pub(super) fn number(&mut self) -> u64 {
        self.calls += 1;
        self.calls
    }

    /// The number of a statement, of which the owner is told first if it does not know it yet.
    pub(super) fn define(&mut self, statement: &'static Statement) -> Result<u32> {
        let address = ptr::from_ref(statement) as usize;
        if let Some(number) = self.defined.get(&address) {
            return Ok(*number);
        }
        let number = u32::try_from(self.defined.len()).unwrap_or(u32::MAX);
        let define = ToOwner::Define(Define::new(number, statement));
        self.outbox
            .hold(&define)
            .map_err(|broken| broken.lost(false))?;
        self.defined.insert(address, number);
        Ok(number)
    }

    pub(super) fn send(&self, call: Call) -> Result<()> {
        let size = call.ask.size();
        let length = size + AROUND;
        if u64::try_from(length).is_ok_and(|length| length > self.longest) {
            let reason = format!(
                "found a request of about {length} bytes, expected at most {}: send less at a time",
                self.longest
            );
            return Err(Error::Refused {
                reason: reason.into(),
                origin: None,
            });
        }
        let waiting = self.outbox.waiting();
        // What has no size ends something, or begins it.
        if waiting > FULL && size > 0 {
            let reason = format!(
                "{waiting} bytes wait for the owner to take them: wait for answers before you send more"
            );
            return Err(Error::Refused {
                reason: reason.into(),
                origin: None,
            });
        }
        let sent = self.outbox.push(&ToOwner::Call(call));
        sent.map_err(|broken| broken.lost(false))
    }
}
