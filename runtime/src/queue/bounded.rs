//! Waiting for something that only the turn of a hand-off brings.
//!
//! In: a future that ends when others are done, and the frame whose holder it waits for. Out: its value, or why
//! waiting for it makes no sense. Invariant: the wait is as bounded as a claim's own, and a wait inside of the
//! very block that has to end first is refused at the poll that finds itself there.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::time::Sleep;

use super::acquire::Refusal;
use super::frame::Frame;

/// Waits for the future, but never for the block that polls it and no longer than `patience`.
pub(crate) async fn bounded<T>(
    frame: &Frame,
    patience: Option<Duration>,
    future: impl Future<Output = T>,
) -> Result<T, Refusal> {
    let mut future = pin!(future);
    let mut timer: Option<Pin<Box<Sleep>>> = None;
    poll_fn(|cx| {
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            return Poll::Ready(Ok(value));
        }
        if let Some(holding) = frame.held_around_here() {
            return Poll::Ready(Err(Refusal::Deadlock(holding)));
        }
        let Some(patience) = patience else {
            return Poll::Pending;
        };
        let timer = timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        match timer.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(frame.too_late())),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
