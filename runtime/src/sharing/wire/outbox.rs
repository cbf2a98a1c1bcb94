//! The sending end of a connection, in the hands of whoever has something to say.
//!
//! In: messages. Out: their bytes on the stream, in the order in which they were given. A message leaves within the call that
//! gives it if the stream takes it; the rest is written by [`Outbox::write`], which somebody has to run. Invariants: whoever
//! waits for room waits no longer than the connection lives; a side that takes nothing is given up.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use serde::Serialize;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::sync::Notify;

use super::backlog::Backlog;
use super::broken::Broken;

type Stream = Box<dyn AsyncWrite + Send + Unpin>;

/// The sending end of a connection.
pub(crate) struct Outbox {
    state: Mutex<State>,
    /// Told when there is room again, and when there will never be.
    room: Notify,
    bound: usize,
}

struct State {
    /// None once nothing can be written any more.
    stream: Option<Stream>,
    backlog: Backlog,
    /// Counts what the stream has taken, so that one that takes nothing is noticed.
    taken: u64,
    /// Whoever runs `write`.
    writer: Option<Waker>,
    /// Whether it waits for the stream: then the stream must wake nobody else.
    stuck: bool,
    /// Nothing is added any more; what is there is written.
    closing: bool,
    ended: Option<Broken>,
}

impl Outbox {
    /// Writes to a stream; `bound` bytes may wait before senders do.
    pub(crate) fn new(stream: impl AsyncWrite + Send + Unpin + 'static, bound: usize) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                stream: Some(Box::new(stream)),
                backlog: Backlog::default(),
                taken: 0,
                writer: None,
                stuck: false,
                closing: false,
                ended: None,
            }),
            room: Notify::new(),
            bound,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a message as soon as there is room for it.
    ///
    /// Cancel safety: a message is sent whole or, if this is dropped before there was room, not at all.
    pub(crate) async fn send(&self, message: &impl Serialize) -> Result<(), Broken> {
        self.room().await?;
        self.push(message)
    }

    /// Waits until there is room.
    pub(crate) async fn room(&self) -> Result<(), Broken> {
        loop {
            // Before looking, so that no call is missed.
            let room = self.room.notified();
            {
                let state = self.state();
                state.usable()?;
                if state.backlog.waiting() < self.bound {
                    return Ok(());
                }
            }
            room.await;
        }
    }

    /// Waits for the end of the connection.
    pub(crate) async fn ended(&self) -> Broken {
        loop {
            // Before looking, so that no call is missed.
            let end = self.room.notified();
            if let Some(broken) = self.state().ended.clone() {
                return broken;
            }
            end.await;
        }
    }

    /// How many bytes wait to be written.
    pub(crate) fn waiting(&self) -> usize {
        self.state().backlog.waiting()
    }

    /// Sends a message whether there is room or not: for short ones, for whoever has waited for [`room`](Self::room), and for
    /// whoever heeds how much is [`waiting`](Self::waiting).
    pub(crate) fn push(&self, message: &impl Serialize) -> Result<(), Broken> {
        self.begin(self.add(message)?)
    }

    /// Adds a message that leaves together with the next one, or soon.
    pub(crate) fn hold(&self, message: &impl Serialize) -> Result<(), Broken> {
        let mut state = self.add(message)?;
        let writer = state.writer.take();
        drop(state);
        wake(writer);
        Ok(())
    }

    fn add(&self, message: &impl Serialize) -> Result<MutexGuard<'_, State>, Broken> {
        let mut state = self.state();
        state.usable()?;
        state.backlog.add(message);
        Ok(state)
    }

    /// Gives the stream what it takes at once, and leaves the rest to `write`.
    fn begin(&self, mut state: MutexGuard<'_, State>) -> Result<(), Broken> {
        if state.stuck {
            return Ok(());
        }
        let written = state.poll_write(&mut Context::from_waker(Waker::noop()));
        match written {
            Poll::Ready(Ok(())) => Ok(()),
            Poll::Ready(Err(broken)) => {
                drop(state);
                Err(self.cut(broken))
            }
            Poll::Pending => {
                let writer = state.writer.take();
                drop(state);
                wake(writer);
                Ok(())
            }
        }
    }

    /// Writes what the senders leave, until the end of the connection: an error unless it was [closed](Self::close) and
    /// everything was written. Gives the connection up when the stream takes nothing for as long as `patience` says.
    pub(crate) async fn write(&self, patience: Option<Duration>) -> Result<(), Broken> {
        loop {
            if poll_fn(|cx| self.poll_some(cx)).await? == Some(Closing) {
                return self.shut_down(patience).await;
            }
            let before = self.state().taken;
            let moved = poll_fn(|cx| self.poll_moved(before, cx));
            within(patience, moved)
                .await
                .map_err(|broken| self.cut(broken))?;
        }
    }

    /// Ready when something waits to be written, or when nothing ever will.
    fn poll_some(&self, cx: &mut Context<'_>) -> Poll<Result<Option<Closing>, Broken>> {
        let mut state = self.state();
        if let Some(broken) = &state.ended {
            return Poll::Ready(Err(broken.clone()));
        }
        if !state.backlog.is_done() {
            return Poll::Ready(Ok(None));
        }
        if state.closing {
            return Poll::Ready(Ok(Some(Closing)));
        }
        state.writer = Some(cx.waker().clone());
        Poll::Pending
    }

    /// Ready when the stream has taken something or has failed, which ends the connection.
    fn poll_moved(&self, before: u64, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state();
        let written = state.poll_write(cx);
        let moved = written.is_ready() || state.taken != before;
        state.stuck = !moved;
        let room = state.backlog.waiting() < self.bound;
        drop(state);
        if let Poll::Ready(Err(broken)) = written {
            self.cut(broken);
        } else if room {
            self.room.notify_waiters();
        }
        if moved {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }

    /// Tells the other side that nothing comes any more.
    async fn shut_down(&self, patience: Option<Duration>) -> Result<(), Broken> {
        let stream = self.state().stream.take();
        if let Some(mut stream) = stream {
            let done = within(patience, stream.shutdown()).await;
            done.map_err(|broken| self.cut(broken))?
                .map_err(|error| self.cut(error.into()))?;
        }
        self.cut(Broken::Ended);
        Ok(())
    }

    /// Takes nothing more; what waits is written, then the stream ends.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.closing = true;
        let writer = state.writer.take();
        drop(state);
        self.room.notify_waiters();
        wake(writer);
    }

    /// Ends the connection here and now, unless it has ended, and returns why it did.
    pub(crate) fn cut(&self, why: Broken) -> Broken {
        let mut state = self.state();
        let why = state.ended.get_or_insert(why).clone();
        let (stream, writer) = (state.stream.take(), state.writer.take());
        state.backlog = Backlog::default();
        state.stuck = false;
        drop(state);
        drop(stream);
        self.room.notify_waiters();
        wake(writer);
        why
    }
}

/// Everything is written, and nothing more comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Closing;

impl State {
    fn usable(&self) -> Result<(), Broken> {
        match &self.ended {
            Some(broken) => Err(broken.clone()),
            None if self.closing => Err(Broken::Ended),
            None => Ok(()),
        }
    }

    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Broken>> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(Err(Broken::Ended));
        };
        let before = self.backlog.waiting();
        let written = self.backlog.poll_write(Pin::new(stream), cx);
        if self.backlog.waiting() != before {
            self.taken += 1;
        }
        written.map_err(Broken::from)
    }
}

/// Waits no longer than `patience` says.
async fn within<T>(patience: Option<Duration>, work: impl Future<Output = T>) -> Result<T, Broken> {
    match patience {
        Some(after) => tokio::time::timeout(after, work)
            .await
            .map_err(|_| Broken::Stalled { after }),
        None => Ok(work.await),
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}
