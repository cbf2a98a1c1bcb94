//! Futures that end early, give way or wait for two others.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// Drops a future after so many polls.
pub struct DropAfter<F> {
    pub polls: Option<usize>,
    pub future: Option<Pin<Box<F>>>,
}

impl<F: Future<Output = ()>> Future for DropAfter<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.polls == Some(0) {
            self.future = None;
        }
        self.polls = self.polls.map(|polls| polls.saturating_sub(1));
        match &mut self.future {
            Some(future) => {
                let polled = future.as_mut().poll(cx);
                // The next poll has to come even if nobody else asks for it.
                if polled.is_pending() && self.polls == Some(0) {
                    cx.waker().wake_by_ref();
                }
                polled
            }
            None => Poll::Ready(()),
        }
    }
}

pub async fn yield_once() {
    let mut done = false;
    std::future::poll_fn(|cx| {
        if std::mem::replace(&mut done, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

pub async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut from_a, mut from_b) = (None, None);
    std::future::poll_fn(|cx| {
        if from_a.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(cx)
        {
            from_a = Some(value);
        }
        if from_b.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(cx)
        {
            from_b = Some(value);
        }
        match (from_a.take(), from_b.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            (a, b) => {
                from_a = a;
                from_b = b;
                Poll::Pending
            }
        }
    })
    .await
}
