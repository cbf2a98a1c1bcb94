//! A query, or another work, that runs on a connection and a thread of its own.
//!
//! In: a statement with its values, and its turn. Out: its raw rows, in chunks. Invariants: hooks of the application have run
//! before the turn is asked for, so that nobody waits for them; the turn's permit is held until the snapshot is taken, so that the
//! rows are those of the turn; at most one chunk waits for its consumer while the next one is read; a feed that is stopped
//! interrupts its statement, and the connection is closed before the database is; a feed that `close` cuts short ends with
//! an error, since part of a result is none.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::task::{Context, Poll};
use std::thread;

use crate::driver::{Embedded, Reader};
use crate::error::{Error, Result};
use crate::queue::Permit;
use crate::value::Value;

use super::feeds::{Feeds, Place};

/// So many rows make a chunk, or fewer once their texts and blobs are this long.
const ROWS: usize = 128;
const BYTES: usize = 1 << 18;

pub(crate) type Chunk = Vec<Vec<Value>>;

/// The consumer's end; dropping it stops the query.
pub(crate) struct Feed(Arc<Shared>);

#[derive(Default)]
pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    chunk: Option<Result<Chunk>>,
    waker: Option<Waker>,
    stage: Stage,
    turn: Option<Turn>,
    /// Nobody wants more rows.
    stopped: bool,
    /// The connection is closed.
    ended: bool,
}

/// How far the work has come.
#[derive(Default, PartialEq)]
enum Stage {
    #[default]
    Opening,
    /// The connection is there.
    Connected,
    /// All rows were handed over.
    Complete,
}

/// The moment at which the work may take its snapshot, and the permit for it unless reads leave the queue.
pub(crate) struct Turn(pub(crate) Option<Permit>);

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the producer go home, and the consumer know.
    pub(super) fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        let waker = state.waker.take();
        drop(state);
        self.changed.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        self.state().ended
    }

    /// Says that the connection is there and waits for the turn; none if nobody wants it.
    fn wait_for_turn(&self) -> Option<Turn> {
        let mut state = self.state();
        state.stage = Stage::Connected;
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
        let without = |state: &mut State| state.turn.is_none() && !state.stopped;
        let state = self.changed.wait_while(self.state(), without);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        let turn = state.turn.take();
        let stopped = state.stopped;
        drop(state);
        turn.filter(|_| !stopped)
    }

    /// Waits until the consumer has taken the last chunk; false if it wants no more.
    fn wait_for_room(&self) -> bool {
        let full = |state: &mut State| state.chunk.is_some() && !state.stopped;
        let state = self.changed.wait_while(self.state(), full);
        !state.unwrap_or_else(PoisonError::into_inner).stopped
    }

    fn complete(&self) {
        self.state().stage = Stage::Complete;
    }

    /// False if nobody wants it.
    fn put(&self, chunk: Result<Chunk>) -> bool {
        let mut state = self.state();
        if state.stopped {
            return false;
        }
        state.chunk = Some(chunk);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
        true
    }

    fn end(&self) {
        let mut state = self.state();
        state.ended = true;
        let waker = state.waker.take();
        drop(state);
        self.changed.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) fn wait_for_end(&self) {
        let running = |state: &mut State| !state.ended;
        drop(self.changed.wait_while(self.state(), running));
    }
}

impl Feed {
    /// Opens a connection for the query, which `feeds` can end.
    pub(crate) fn start(
        feeds: &Feeds,
        place: Place,
        reader: Arc<Reader>,
        sql: impl AsRef<str> + Send + 'static,
        names: &'static [&'static str],
        values: Arc<Vec<Value>>,
    ) -> Result<Self> {
        Self::run(feeds, move |producer| {
            let read = producer.read(&reader, sql.as_ref(), names, &values);
            // The connection is closed.
            drop(place);
            read
        })
    }

    /// Begins work when `turn` has come, or before if hooks of the application have to run first; not at all without one.
    pub(crate) async fn at_turn(
        reader: &Reader,
        turn: impl Future<Output = Result<Option<Turn>>>,
        start: impl FnOnce() -> Result<Self>,
    ) -> Result<Option<Self>> {
        let (feed, turn) = if reader.has_hooks() {
            let feed = start()?;
            if !feed.connected().await {
                return Ok(Some(feed));
            }
            (feed, turn.await?)
        } else {
            let Some(turn) = turn.await? else {
                return Ok(None);
            };
            (start()?, Some(turn))
        };
        Ok(turn.map(|turn| {
            feed.give(turn);
            feed
        }))
    }

    /// Begins work that asks for its turn and says at its end whether it is complete.
    pub(crate) fn run(
        feeds: &Feeds,
        work: impl FnOnce(&Producer) -> Result<bool> + Send + 'static,
    ) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let producer = Producer(Arc::clone(&shared));
        // Before the permit can be given back: whoever closes the database has to find it.
        if !feeds.add(&shared) {
            return Err(Error::Closed { source: None });
        }
        thread::Builder::new()
            .name("sqlitenow-stream".to_owned())
            .spawn(move || producer.run(work))
            .map_err(|source| Error::Io {
                path: PathBuf::from("streaming thread"),
                source,
            })?;
        Ok(Self(shared))
    }

    /// Waits until the connection is there; false if there will be none, of which the next chunk tells.
    async fn connected(&self) -> bool {
        poll_fn(|cx| {
            let mut state = self.0.state();
            let connected = state.stage != Stage::Opening;
            if connected || state.chunk.is_some() || state.ended || state.stopped {
                return Poll::Ready(connected);
            }
            state.waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Gives the work its turn.
    fn give(&self, turn: Turn) {
        let mut state = self.0.state();
        let late = if state.stopped || state.ended {
            Some(turn)
        } else {
            state.turn.replace(turn)
        };
        drop(state);
        drop(late);
        self.0.changed.notify_all();
    }

    /// The next chunk; `None` after the last one, [`Error::Closed`] if the database was closed before it.
    pub(crate) fn poll(&self, cx: &Context<'_>) -> Poll<Option<Result<Chunk>>> {
        let mut state = self.0.state();
        let taken = state.chunk.take();
        if taken.is_none() && state.stage != Stage::Complete {
            if state.ended || state.stopped {
                return Poll::Ready(Some(Err(Error::Closed { source: None })));
            }
            state.waker = Some(cx.waker().clone());
            return Poll::Pending;
        }
        drop(state);
        self.0.changed.notify_all();
        Poll::Ready(taken)
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.0.stop();
    }
}

thread_local! {
    static FEEDS: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs a feed: it must not wait for the feeds to end.
pub(crate) fn on_feeding_thread() -> bool {
    FEEDS.get()
}

/// The other end; tells that it has ended, whatever happens.
pub(crate) struct Producer(Arc<Shared>);

impl Producer {
    fn run(self, work: impl FnOnce(&Self) -> Result<bool>) {
        FEEDS.set(true);
        match catch_unwind(AssertUnwindSafe(|| work(&self))) {
            Ok(Ok(true)) => self.0.complete(),
            Ok(Ok(false)) => {}
            Ok(Err(error)) => {
                if self.0.wait_for_room() {
                    self.0.put(Err(error));
                }
            }
            // A hook of the application panicked: the stream ends with an error.
            Err(_) => {
                self.0
                    .put(Err(Error::sqlite(1, "an `on_open` hook panicked")));
            }
        }
    }

    /// Asks whether nobody wants more.
    pub(crate) fn stops(&self) -> impl Fn() -> bool + Send + 'static {
        let shared = Arc::clone(&self.0);
        move || shared.state().stopped
    }

    /// Opens a connection and, when its turn has come, takes a snapshot; none if nobody wants it any more.
    pub(crate) fn snapshot(&self, reader: &Reader) -> Result<Option<Embedded>> {
        let embedded = reader.connect(self.stops())?;
        let Some(Turn(permit)) = self.0.wait_for_turn() else {
            return Ok(None);
        };
        embedded.take_snapshot()?;
        // From here on others may write; the first row may be long in coming.
        drop(permit);
        Ok(Some(embedded))
    }

    /// Says whether all rows were handed over.
    fn read(&self, reader: &Reader, sql: &str, names: &[&str], values: &[Value]) -> Result<bool> {
        let Some(embedded) = self.snapshot(reader)? else {
            return Ok(false);
        };
        let mut chunk = Chunk::new();
        let (mut bytes, mut wanted) = (0, true);
        embedded.each_row(sql, names, values, |cells| {
            bytes += cells.iter().map(Value::weight).sum::<usize>();
            chunk.push(cells);
            if chunk.len() < ROWS && bytes < BYTES {
                return true;
            }
            bytes = 0;
            wanted = self.hand_over(std::mem::take(&mut chunk));
            wanted
        })?;
        Ok(wanted && (chunk.is_empty() || self.hand_over(chunk)))
    }
}

impl Producer {
    /// False if nobody wants it.
    fn hand_over(&self, chunk: Chunk) -> bool {
        self.0.wait_for_room() && self.0.put(Ok(chunk))
    }
}

impl Drop for Producer {
    fn drop(&mut self) {
        self.0.end();
    }
}
