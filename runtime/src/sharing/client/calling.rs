//! A call that waits for its answer.
//!
//! In: the polls of whoever made it. Out: the owner's answer, or why none came. Invariant: dropped before, it is called off.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::error::{Error, Result};
use crate::sharing::wire::{Outcome, Rows, ToOwner};
use crate::value::Value;

use super::link::Shared;
use super::table::{End, Waiting};

pub(crate) struct Calling {
    pub(super) link: Arc<Shared>,
    pub(super) id: u64,
    pub(super) ended: bool,
}

/// What the owner answered.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The rows that came before the end.
    rows: Vec<Rows>,
    pub(crate) outcome: Outcome,
    /// The last commit that it shows.
    pub(crate) shows: u64,
}

/// What went wrong, and with which of many.
pub(crate) type Failed = (Error, Option<usize>);

impl Calling {
    pub(super) fn new(link: &Arc<Shared>, id: u64) -> Self {
        Self {
            link: Arc::clone(link),
            id,
            ended: false,
        }
    }

    pub(crate) fn poll_answer(&mut self, cx: &mut Context<'_>) -> Poll<Result<Answered, Failed>> {
        let Some((call, end)) = self.link.table().ended(self.id, cx.waker()) else {
            return Poll::Pending;
        };
        self.ended = true;
        Poll::Ready(self.conclude(call, end))
    }

    pub(super) fn conclude(&self, call: Waiting, end: End) -> Result<Answered, Failed> {
        match end {
            End::Done { shows, result } => match result {
                Ok(outcome) => Ok(Answered {
                    rows: call.rows,
                    outcome,
                    shows,
                }),
                Err(faults) => {
                    let element = faults.element();
                    let (owner, own) = (self.link.owner(), self.link.own());
                    let error = faults.received(owner, Some(own));
                    Err((self.link.as_of_now(error), element))
                }
            },
            End::Over(over) => Err((over.error(true), None)),
            // It was called off when its time was over.
            End::Late => {
                let error = Error::Deadline {
                    after: self.link.request.unwrap_or_default(),
                    waiting: call.site,
                    holding: None,
                };
                Err((error, None))
            }
        }
    }
}

impl Future for Calling {
    type Output = Result<Answered>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answered = self.poll_answer(cx);
        answered.map(|answered| answered.map_err(|(error, _)| error))
    }
}

impl Drop for Calling {
    fn drop(&mut self) {
        if !self.ended && self.link.table().forget(self.id) {
            self.link.post(&ToOwner::Cancel { id: self.id });
        }
    }
}

impl Answered {
    /// All its rows, whatever it was.
    pub(crate) fn rows(&self) -> Vec<Vec<Value>> {
        let mut all = Vec::new();
        for rows in &self.rows {
            rows.append_to(&mut all);
        }
        if let Outcome::Ran { rows, .. } | Outcome::Raw { rows, .. } = &self.outcome {
            rows.append_to(&mut all);
        }
        all
    }
}
