//! A query, or another work, that runs on a connection and a thread of its own.
//!
//! In: a statement with its values, under a permit unless reads leave the queue. Out: its raw rows, in chunks. Invariants: the permit is held until
//! the snapshot is taken, so that the rows are those of the query's turn in the queue; at most one chunk waits for its
//! consumer while the next one is read; a feed that is stopped interrupts its statement, and the connection is closed
//! before the database is; a feed that `close` cuts short ends with an error, since part of a result is none.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Waker;
use std::task::{Context, Poll};
use std::thread;

use crate::driver::Reader;
use crate::error::{Error, Result};
use crate::queue::Permit;
use crate::value::Value;

/// So many rows make a chunk, or fewer once their texts and blobs are this long.
const ROWS: usize = 128;
const BYTES: usize = 1 << 18;

pub(crate) type Chunk = Vec<Vec<Value>>;

/// The consumer's end; dropping it stops the query.
pub(crate) struct Feed(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    chunk: Option<Result<Chunk>>,
    waker: Option<Waker>,
    /// Nobody wants more rows.
    stopped: bool,
    /// All rows were handed over.
    complete: bool,
    /// The connection is closed.
    ended: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the producer go home, and the consumer know.
    fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        let waker = state.waker.take();
        drop(state);
        self.changed.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Waits until the consumer has taken the last chunk; false if it wants no more.
    fn wait_for_room(&self) -> bool {
        let full = |state: &mut State| state.chunk.is_some() && !state.stopped;
        let state = self.changed.wait_while(self.state(), full);
        !state.unwrap_or_else(PoisonError::into_inner).stopped
    }

    fn complete(&self) {
        self.state().complete = true;
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

    fn wait_for_end(&self) {
        let running = |state: &mut State| !state.ended;
        drop(self.changed.wait_while(self.state(), running));
    }
}

impl Feed {
    /// Begins the query; `feeds` can end it.
    pub(crate) fn start(
        feeds: &Feeds,
        reader: Arc<Reader>,
        permit: Option<Permit>,
        sql: impl AsRef<str> + Send + 'static,
        names: &'static [&'static str],
        values: Vec<Value>,
    ) -> Result<Self> {
        Self::run(feeds, move |producer| {
            producer.read(&reader, permit, sql.as_ref(), names, &values)
        })
    }

    /// Begins work that says at its end whether it is complete.
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

    /// The next chunk; `None` after the last one, [`Error::Closed`] if the database was closed before it.
    pub(crate) fn poll(&self, cx: &Context<'_>) -> Poll<Option<Result<Chunk>>> {
        let mut state = self.0.state();
        let taken = state.chunk.take();
        if taken.is_none() && !state.complete {
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

    /// Says whether all rows were handed over.
    fn read(
        &self,
        reader: &Reader,
        permit: Option<Permit>,
        sql: &str,
        names: &[&str],
        values: &[Value],
    ) -> Result<bool> {
        let embedded = reader.open(self.stops())?;
        // From here on others may write; the first row may be long in coming.
        drop(permit);
        let mut chunk = Chunk::new();
        let (mut bytes, mut wanted) = (0, true);
        embedded.each_row(sql, names, values, |cells| {
            bytes += cells.iter().map(weight).sum::<usize>();
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

fn weight(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Blob(blob) => blob.len(),
        _ => 0,
    }
}

/// The feeds of a database that are under way; `None` once the database is closed.
pub(crate) struct Feeds(Mutex<Option<Vec<Weak<Shared>>>>);

impl Default for Feeds {
    fn default() -> Self {
        Self(Mutex::new(Some(Vec::new())))
    }
}

impl Feeds {
    fn all(&self) -> MutexGuard<'_, Option<Vec<Weak<Shared>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// False if the database is closed.
    fn add(&self, shared: &Arc<Shared>) -> bool {
        let mut all = self.all();
        let Some(feeds) = all.as_mut() else {
            return false;
        };
        feeds.retain(|feed| feed.strong_count() > 0);
        feeds.push(Arc::downgrade(shared));
        true
    }

    /// How many are under way.
    pub(crate) fn count(&self) -> usize {
        let all = self.all();
        let feeds = all.iter().flatten().filter_map(Weak::upgrade);
        feeds.filter(|feed| !feed.state().ended).count()
    }

    /// Ends them all, lets none begin, and waits until their connections are closed.
    pub(crate) fn stop(&self) {
        let feeds = self.all().take().unwrap_or_default();
        let feeds: Vec<_> = feeds.iter().filter_map(Weak::upgrade).collect();
        for feed in &feeds {
            feed.stop();
        }
        for feed in feeds {
            feed.wait_for_end();
        }
    }
}
