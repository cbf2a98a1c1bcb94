//! A call whose rows come in parts.
//!
//! In: the owner's parts. Out: the same, each when it is asked for; then the next one is already on its way. Invariant:
//! dropped before its end, it frees what the owner holds for it.

use std::task::{Context, Poll};

use crate::error::Result;
use crate::sharing::wire::ToOwner;
use crate::value::Value;

use super::calling::Calling;

pub(crate) struct Parts(Calling);

impl Parts {
    pub(crate) fn new(calling: Calling) -> Self {
        Self(calling)
    }

    /// The next rows; `None` after the last ones.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<Vec<Value>>>>> {
        let calling = &mut self.0;
        if calling.ended {
            return Poll::Ready(None);
        }
        let mut table = calling.link.table();
        let Some(call) = table.get(calling.id) else {
            return Poll::Ready(None);
        };
        if !call.paused && !call.has_ended() {
            call.listen(cx.waker());
            return Poll::Pending;
        }
        let parts = std::mem::take(&mut call.rows);
        let more = call.paused && !call.has_ended();
        if more {
            call.go_on(calling.link.due());
        }
        let mut rows = Vec::new();
        drop(table);
        for part in parts {
            part.append_to(&mut rows);
        }
        if more {
            calling.link.post(&ToOwner::More { id: calling.id });
            return Poll::Ready(Some(Ok(rows)));
        }
        match calling.poll_answer(cx) {
            Poll::Ready(Ok(answered)) => {
                rows.extend(answered.rows());
                let rows = (!rows.is_empty()).then_some(Ok(rows));
                Poll::Ready(rows)
            }
            Poll::Ready(Err((error, _))) => Poll::Ready(Some(Err(error))),
            Poll::Pending => Poll::Pending,
        }
    }
}
