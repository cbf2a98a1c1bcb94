//! Waiting for a gate, as a future or by parking the thread.
//!
//! In: a frame and who asks. Out: its permit, or why it cannot be had. Cancel safe: a claim that is dropped
//! leaves the line, and passes a grant on that it had not seen yet.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::time::Sleep;

use crate::error::CallSite;
use crate::sync::thread;

use super::frame::{Claim, Frame, FrameId, Permit, Wake};
use super::gate::{Ticket, Turn};

/// Why a permit cannot be had.
pub(crate) enum Refusal {
    /// The frame is closed.
    Gone,
    /// The holder waits for this very claim.
    Deadlock(CallSite),
    Deadline(Option<CallSite>),
}

/// A claim on its way.
pub(crate) struct Acquire {
    frame: Arc<Frame>,
    site: CallSite,
    block: Option<FrameId>,
    /// Whether nobody may enter after it.
    last: bool,
    ticket: Option<Ticket>,
    patience: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Acquire {
    pub(crate) fn new(
        frame: Arc<Frame>,
        site: CallSite,
        block: Option<FrameId>,
        patience: Option<Duration>,
    ) -> Self {
        Self {
            frame,
            site,
            block,
            last: false,
            ticket: None,
            patience,
            timer: None,
        }
    }

    /// Closes the frame behind this claim.
    pub(crate) fn last(mut self) -> Self {
        self.last = true;
        self
    }

    fn enter(&mut self) -> Result<Turn, Refusal> {
        let claim = Claim::new(self.site.clone(), self.block);
        let mut gate = self.frame.gate();
        let (ticket, turn) = if self.last {
            gate.enter_last(claim)
        } else {
            gate.enter(claim).map_err(|_| Refusal::Gone)?
        };
        drop(gate);
        self.ticket = Some(ticket);
        Ok(turn)
    }

    /// Looks how the claim stands and leaves word how to be told.
    fn check(&mut self, wake: Wake) -> Result<Option<Permit>, Refusal> {
        if self.ticket.is_none() && self.enter()? == Turn::Granted {
            return Ok(self.permit());
        }
        let Some(ticket) = self.ticket else {
            return Err(Refusal::Gone);
        };
        let mut gate = self.frame.gate();
        match gate.take(ticket) {
            Turn::Granted => {
                drop(gate);
                Ok(self.permit())
            }
            Turn::Gone => Err(Refusal::Gone),
            Turn::Waiting => {
                let before = gate
                    .place_mut(ticket)
                    .map(|claim| std::mem::replace(&mut claim.wake, wake));
                drop(gate);
                drop(before);
                match self.frame.held_around_here() {
                    Some(holding) => Err(Refusal::Deadlock(holding)),
                    None => Ok(None),
                }
            }
        }
    }

    fn permit(&mut self) -> Option<Permit> {
        let ticket = self.ticket.take()?;
        Some(Permit::new(Arc::clone(&self.frame), ticket))
    }

    /// Waits on the present thread.
    pub(crate) fn wait(mut self) -> Result<Permit, Refusal> {
        let start = Instant::now();
        loop {
            if let Some(permit) = self.check(Wake::Thread(thread::current()))? {
                return Ok(permit);
            }
            match self.patience {
                None => thread::park(),
                Some(patience) => match patience.checked_sub(start.elapsed()) {
                    Some(left) if !left.is_zero() => thread::park_timeout(left),
                    _ => return Err(self.frame.too_late()),
                },
            }
        }
    }
}

impl Future for Acquire {
    type Output = Result<Permit, Refusal>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(permit) = self.check(Wake::Task(cx.waker().clone()))? {
            return Poll::Ready(Ok(permit));
        }
        let Some(patience) = self.patience else {
            return Poll::Pending;
        };
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        match timer.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(self.frame.too_late())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl Drop for Acquire {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.frame.leave(ticket);
        }
    }
}
