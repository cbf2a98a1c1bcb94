//! What the tests share: databases of several kinds and ways to hold a statement without sleeping.

use std::future::Future;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use sqlitenow_runtime::{Cell, Executor, Value, Watch};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::way::{Builder, Opening};

/// Options of a board.
pub fn builder() -> Builder<BoardDatabase> {
    Builder::new()
}

/// A board in this file.
pub fn open(path: impl Into<PathBuf>) -> Opening<BoardDatabase> {
    builder().path(path).open()
}

/// A board in memory.
pub async fn board() -> BoardDatabase {
    builder().open().await.unwrap()
}

/// The titles of all cards.
pub async fn titles(db: &BoardDatabase) -> Vec<String> {
    db.cards()
        .titles()
        .list()
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.title)
        .collect()
}

/// A latch at which an SQL function stops until it is opened, and which tells when somebody is there.
#[derive(Clone, Default)]
pub struct Latch(Arc<(Mutex<LatchState>, Condvar)>);

#[derive(Default)]
struct LatchState {
    open: bool,
    arrived: usize,
    waker: Option<Waker>,
}

impl Latch {
    /// Stops here until the latch is open.
    pub fn pass(&self) {
        let mut state = self.0.0.lock().unwrap();
        state.arrived += 1;
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
        while !state.open {
            state = self.0.1.wait(state).unwrap();
        }
    }

    /// Lets everybody pass from now on.
    pub fn open(&self) {
        self.0.0.lock().unwrap().open = true;
        self.0.1.notify_all();
    }

    /// Waits until somebody has arrived.
    pub async fn reached(&self) {
        std::future::poll_fn(|cx| {
            let mut state = self.0.0.lock().unwrap();
            if state.arrived > 0 {
                return Poll::Ready(());
            }
            state.waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// A board whose SQL function `hold` stops at the latch.
pub async fn board_with_latch(executor: Executor) -> (BoardDatabase, Latch) {
    let (builder, latch) = builder_with_latch();
    let db = builder.executor(executor).open().await.unwrap();
    (db, latch)
}

/// Options of a board whose SQL function `hold` stops at the latch.
pub fn builder_with_latch() -> (Builder<BoardDatabase>, Latch) {
    let latch = Latch::default();
    let inner = latch.clone();
    let builder = builder().on_open(move |setup| {
        let latch = inner.clone();
        setup.scalar_function("hold", Some(1), false, move |arguments| {
            latch.pass();
            Ok(arguments
                .first()
                .map_or(Value::Null, |cell: &Cell<'_>| (*cell).into()))
        })
    });
    (builder, latch)
}

/// Counts how often it was woken.
#[derive(Default)]
pub struct Wakes(AtomicUsize);

impl Wakes {
    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Polls once, with the tokio context of the test, and says what came.
pub async fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    std::future::poll_fn(|cx: &mut Context<'_>| Poll::Ready(Pin::new(&mut *future).poll(cx))).await
}

/// Whether the watch has nothing to say right now.
pub async fn is_quiet<T>(watch: &mut Watch<T>) -> bool {
    poll_once(&mut Box::pin(watch.next())).await.is_pending()
}

/// Both futures at once, the first one polled first.
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
        if from_a.is_some() && from_b.is_some() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    (from_a.unwrap(), from_b.unwrap())
}
