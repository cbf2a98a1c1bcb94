//! A nested transaction on the embedded database, dropped at each statement that it waits for.
//!
//! The database's thread stands still in the waker of a statement that has ended, so it holds no permit and runs no
//! further job: whatever the block sends to it next is a suspension that lasts until the test lets go. Each one has a
//! name, and the test compares it with the place where the block stands.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};

use sqlitenow_runtime::{Error, Executor};
use sqlitenow_tests::board::BoardDatabase;

use crate::harness::{Latch, board_with_latch, builder, poll_once, titles};

const SEED: [&str; 1] = ["read the guide"];

/// A waker at which the thread that wakes it stands still.
struct Standstill(Latch);

impl Wake for Standstill {
    fn wake(self: Arc<Self>) {
        self.0.pass();
    }
}

/// Stops the database's thread right before the block sends it the statement with this name.
struct Stop {
    at: &'static str,
    /// The statement that ends just before.
    ending: Latch,
    thread: Latch,
    /// The names the block has come by.
    passed: Mutex<Vec<&'static str>>,
}

impl Stop {
    async fn before(&self, name: &'static str, db: &BoardDatabase) {
        self.passed.lock().unwrap().push(name);
        if name != self.at {
            return;
        }
        let cards = db.cards();
        let mut ending = pin!(cards.held_titles().list());
        let waker = Waker::from(Arc::new(Standstill(self.thread.clone())));
        let poll = ending.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
        self.ending.reached().await;
        self.ending.open();
        self.thread.reached().await;
    }

    fn last(&self) -> Option<&'static str> {
        self.passed.lock().unwrap().last().copied()
    }
}

/// Each of its statements has its name before it; nothing is awaited in between.
async fn block(db: &BoardDatabase, stop: &Stop) -> Result<(), Error> {
    stop.before("BEGIN", db).await;
    db.transaction(async |tx| {
        stop.before("INSERT", db).await;
        tx.cards().insert_titled("outer").execute().await?;
        stop.before("SAVEPOINT", db).await;
        tx.transaction(async |inner| {
            stop.before("nested INSERT", db).await;
            inner.cards().insert_titled("inner").execute().await?;
            if stop.at == "ROLLBACK TO" {
                stop.before("ROLLBACK TO", db).await;
                return Err(Error::sqlite(1, "changed my mind"));
            }
            stop.before("RELEASE", db).await;
            Ok(())
        })
        .await?;
        if stop.at == "ROLLBACK" {
            stop.before("ROLLBACK", db).await;
            return Err(Error::sqlite(1, "changed my mind"));
        }
        stop.before("COMMIT", db).await;
        Ok(())
    })
    .await
}

const SUSPENSIONS: [&str; 8] = [
    "BEGIN",
    "INSERT",
    "SAVEPOINT",
    "nested INSERT",
    "RELEASE",
    "ROLLBACK TO",
    "COMMIT",
    "ROLLBACK",
];

async fn stop_at(at: &'static str) -> (BoardDatabase, Stop) {
    let (db, ending) = board_with_latch(Executor::Thread).await;
    let stop = Stop {
        at,
        ending,
        thread: Latch::default(),
        passed: Mutex::default(),
    };
    (db, stop)
}

/// Runs the block until it waits for the statement the thread does not get to.
async fn suspend(future: Pin<&mut (impl Future<Output = Result<(), Error>> + Send)>, stop: &Stop) {
    let mut future = future;
    tokio::select! {
        biased;
        result = &mut future => panic!("not held at {}: {result:?}", stop.at),
        () = stop.thread.reached() => {}
    }
    assert_eq!(stop.last(), Some(stop.at));
    // Woken or not, it waits for this statement.
    for _ in 0..3 {
        assert!(poll_once(&mut future).await.is_pending());
        assert_eq!(stop.last(), Some(stop.at));
        tokio::task::yield_now().await;
    }
}

async fn assert_untouched_and_usable(db: &BoardDatabase, at: &str) {
    assert_eq!(titles(db).await, SEED, "{at}");
    db.transaction(async |tx| tx.cards().insert_titled("after").execute().await)
        .await
        .unwrap();
    assert_eq!(titles(db).await, ["read the guide", "after"], "{at}");
    assert_eq!((db.status().holder, db.status().waiting), (None, 0), "{at}");
}

#[tokio::test]
async fn dropped_at_any_statement_before_it_runs_the_work_is_undone() {
    for at in SUSPENSIONS {
        let (db, stop) = stop_at(at).await;
        {
            let mut future = pin!(block(&db, &stop));
            suspend(future.as_mut(), &stop).await;
            assert!(db.status().holder.is_some(), "{at} has its turn");
        }
        // The job in the thread's line owns the permit.
        assert!(db.status().holder.is_some(), "{at}");
        assert_eq!(db.status().waiting, 0, "{at}");
        stop.thread.open();
        assert_untouched_and_usable(&db, at).await;
    }
}

#[tokio::test]
async fn dropped_at_any_statement_while_others_wait_the_work_is_undone_before_their_turn() {
    for at in SUSPENSIONS {
        let (db, stop) = stop_at(at).await;
        let mut before = Box::pin(titles(&db));
        {
            let mut future = pin!(block(&db, &stop));
            suspend(future.as_mut(), &stop).await;
            assert!(poll_once(&mut before).await.is_pending(), "{at}");
            assert_eq!(db.status().waiting, 1, "{at}");
        }
        let mut after = Box::pin(titles(&db));
        assert!(poll_once(&mut after).await.is_pending(), "{at}");
        stop.thread.open();
        assert_eq!(before.await, SEED, "{at}");
        assert_eq!(after.await, SEED, "{at}");
        assert_untouched_and_usable(&db, at).await;
    }
}

#[tokio::test]
async fn let_go_at_any_statement_the_block_goes_on() {
    for at in SUSPENSIONS {
        let (db, stop) = stop_at(at).await;
        let mut future = pin!(block(&db, &stop));
        suspend(future.as_mut(), &stop).await;
        stop.thread.open();
        let result = future.await;
        if at.starts_with("ROLLBACK") {
            assert!(result.is_err());
            assert_untouched_and_usable(&db, at).await;
        } else {
            result.unwrap();
            assert_eq!(titles(&db).await, ["read the guide", "outer", "inner"]);
        }
    }
}

async fn open(executor: Executor) -> BoardDatabase {
    let builder = builder().executor(executor);
    builder.open().await.unwrap()
}

/// A block that inserts a card, tells when it is there, and ends when it may.
async fn standing(
    db: &BoardDatabase,
    title: &str,
    arrived: tokio::sync::oneshot::Sender<()>,
    go: tokio::sync::oneshot::Receiver<()>,
) -> Result<(), Error> {
    db.transaction(async |tx| {
        tx.cards().insert_titled(title).execute().await?;
        arrived.send(()).unwrap();
        go.await.unwrap();
        Ok(())
    })
    .await
}

#[tokio::test]
async fn dropped_in_the_line_of_the_database_it_never_begins() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let db = open(executor).await;
        let (arrived, mut there) = tokio::sync::oneshot::channel();
        let (go, gone) = tokio::sync::oneshot::channel();
        let mut holder = Box::pin(standing(&db, "holder", arrived, gone));
        tokio::select! {
            biased;
            result = &mut holder => panic!("{result:?}"),
            there = &mut there => there.unwrap(),
        }
        let entered = Mutex::new(false);
        let mut waiting = Box::pin(db.transaction(async |tx| {
            *entered.lock().unwrap() = true;
            tx.cards().insert_titled("never").execute().await
        }));
        let mut behind = Box::pin(titles(&db));
        assert!(poll_once(&mut waiting).await.is_pending());
        assert!(poll_once(&mut behind).await.is_pending());
        assert_eq!(db.status().waiting, 2);
        drop(waiting);
        assert_eq!(db.status().waiting, 1);
        go.send(()).unwrap();
        holder.await.unwrap();
        assert_eq!(behind.await, ["read the guide", "holder"]);
        assert!(!*entered.lock().unwrap());
        assert_eq!((db.status().holder, db.status().waiting), (None, 0));
    }
}

#[tokio::test]
async fn a_nested_block_dropped_in_the_line_of_its_parent_never_begins() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let db = open(executor).await;
        db.transaction(async |_| {
            let (arrived, mut there) = tokio::sync::oneshot::channel();
            let (go, gone) = tokio::sync::oneshot::channel();
            let mut first = Box::pin(standing(&db, "first", arrived, gone));
            tokio::select! {
                biased;
                result = &mut first => panic!("{result:?}"),
                there = &mut there => there.unwrap(),
            }
            let entered = Mutex::new(false);
            let mut second = Box::pin(db.transaction(async |tx| {
                *entered.lock().unwrap() = true;
                tx.cards().insert_titled("never").execute().await
            }));
            let mut behind = Box::pin(titles(&db));
            assert!(poll_once(&mut second).await.is_pending());
            assert!(poll_once(&mut behind).await.is_pending());
            // They wait in the transaction, not in the line of the database.
            assert_eq!(db.status().waiting, 0);
            drop(second);
            go.send(()).unwrap();
            first.await?;
            assert_eq!(behind.await, ["read the guide", "first"]);
            assert!(!*entered.lock().unwrap());
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(titles(&db).await, ["read the guide", "first"]);
    }
}

/// Inline nothing but the block's own awaits and the lines suspend a block: here both of them do.
#[tokio::test]
async fn dropped_in_a_nested_blocks_own_await_all_of_it_is_undone_before_the_next_one() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let db = open(executor).await;
        let (arrived, mut there) = tokio::sync::oneshot::channel();
        let (_go, gone) = tokio::sync::oneshot::channel();
        let mut outer = Box::pin(db.transaction(async |tx| {
            tx.cards().insert_titled("outer").execute().await?;
            standing(&db, "inner", arrived, gone).await
        }));
        tokio::select! {
            biased;
            result = &mut outer => panic!("{result:?}"),
            there = &mut there => there.unwrap(),
        }
        let mut next = Box::pin(titles(&db));
        assert!(poll_once(&mut next).await.is_pending());
        assert_eq!(db.status().waiting, 1);
        drop(outer);
        assert_eq!(next.await, SEED);
        assert_untouched_and_usable(&db, "a nested block's own await").await;
    }
}

/// COMMIT lines up in its own frame as long as somebody is still inside.
#[tokio::test]
async fn dropped_while_commit_waits_for_a_statement_inside_the_work_is_undone() {
    let (db, latch) = board_with_latch(Executor::Thread).await;
    let inside = Mutex::new(None);
    let mut future = Box::pin(db.transaction(async |tx| {
        tx.cards().insert_titled("undone").execute().await?;
        let late = async move { tx.cards().insert_held("late").execute().await };
        *inside.lock().unwrap() = Some(tokio::spawn(late));
        latch.reached().await;
        Ok::<_, Error>(())
    }));
    while inside.lock().unwrap().is_none() {
        assert!(poll_once(&mut future).await.is_pending());
        tokio::task::yield_now().await;
    }
    latch.reached().await;
    // The block returns in this poll, and the statement stands at the latch: only COMMIT can be waiting.
    assert!(poll_once(&mut future).await.is_pending());
    let mut next = Box::pin(titles(&db));
    assert!(poll_once(&mut next).await.is_pending());
    drop(future);
    latch.open();
    assert_eq!(next.await, SEED);
    let late = inside.lock().unwrap().take().unwrap();
    late.await.unwrap().unwrap();
    assert_untouched_and_usable(&db, "COMMIT's line").await;
}

/// Whoever waits inside of a block that is dropped is sent away before the block is undone.
#[tokio::test]
async fn dropped_with_others_in_its_line_it_sends_them_away() {
    let (db, latch) = board_with_latch(Executor::Thread).await;
    let tasks = Mutex::new(Vec::new());
    let mut future = Box::pin(db.transaction(async |tx| {
        let tx = Arc::new(tx);
        let held = Arc::clone(&tx);
        let first = tokio::spawn(async move { held.cards().insert_held("held").execute().await });
        latch.reached().await;
        let second = tokio::spawn(async move { tx.cards().insert_titled("late").execute().await });
        tokio::task::yield_now().await;
        tasks.lock().unwrap().extend([first, second]);
        std::future::pending::<Result<(), Error>>().await
    }));
    while tasks.lock().unwrap().is_empty() {
        assert!(poll_once(&mut future).await.is_pending());
        tokio::task::yield_now().await;
    }
    drop(future);
    latch.open();
    let [first, second] = <[_; 2]>::try_from(std::mem::take(&mut *tasks.lock().unwrap())).unwrap();
    first.await.unwrap().unwrap();
    let second = second.await.unwrap();
    assert!(
        matches!(second, Err(Error::TransactionEnded { .. })),
        "{second:?}"
    );
    assert_untouched_and_usable(&db, "line inside").await;
}
