//! Databases that are opened by the first call, or once somebody has said which.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use sqlitenow_runtime::{Capabilities, Error, Executor, Result};
use sqlitenow_tests::board::BoardDatabase;
use tokio::sync::oneshot;

use crate::faulty::Faults;
use crate::harness::{Latch, poll_once, titles};

const SEED: [&str; 1] = ["read the guide"];

/// How a lazy database is opened: how often, where it stops, and whether it fails.
#[derive(Clone, Default)]
struct Openings {
    count: Arc<AtomicUsize>,
    fails: Arc<AtomicBool>,
    latch: Latch,
}

impl Openings {
    fn lazy(&self) -> BoardDatabase {
        let this = self.clone();
        BoardDatabase::builder()
            .on_open(move |setup| {
                this.count.fetch_add(1, Ordering::SeqCst);
                this.latch.pass();
                if this.fails.load(Ordering::SeqCst) {
                    setup.execute_batch("SELECT * FROM nowhere")?;
                }
                Ok(())
            })
            .lazy()
    }

    fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}

/// The message of the error that all calls got which waited for an opening.
fn why<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Unopened { source, .. }) => source.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r13_a_lazy_database_opens_once_under_fifty_first_calls() {
    let openings = Openings::default();
    let db = openings.lazy();
    let calls = (0..50).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { titles(&db).await })
    });
    let calls: Vec<_> = calls.collect();
    openings.latch.reached().await;
    openings.latch.open();
    for call in calls {
        assert_eq!(call.await.unwrap(), SEED);
    }
    assert_eq!(openings.count(), 1);
}

#[tokio::test]
async fn r13_closed_or_dropped_before_its_first_use_it_creates_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing/board.db");
    let db = BoardDatabase::open_lazy(&path);
    assert!(db.is_open());
    let mut watch = db.cards().titles().watch();
    db.close().await.unwrap();
    assert!(watch.next().await.is_none());
    assert!(db.cards().titles().list().await.unwrap_err().is_closed());
    drop(BoardDatabase::open_lazy(&path));
    assert!(!folder.path().join("missing").exists());
}

#[tokio::test]
async fn r13_every_kind_of_first_call_opens() {
    type First = fn(BoardDatabase) -> std::pin::Pin<Box<dyn Future<Output = usize> + Send>>;
    let firsts: [(&str, First); 8] = [
        ("select", |db| {
            Box::pin(async move { titles(&db).await.len() })
        }),
        ("write", |db| {
            Box::pin(async move {
                db.cards().insert_titled("new").execute().await.unwrap();
                titles(&db).await.len() - 1
            })
        }),
        ("transaction", |db| {
            Box::pin(async move {
                let block = db.transaction(async |tx| tx.cards().titles().list().await);
                block.await.unwrap().len()
            })
        }),
        ("closure", |db| {
            Box::pin(async move {
                db.read(|on| on.cards().titles().list())
                    .await
                    .unwrap()
                    .len()
            })
        }),
        ("batch", |db| {
            Box::pin(async move {
                let batch = db.batch(|batch| batch.add(db.cards().insert_titled("new")));
                batch.await.unwrap().len()
            })
        }),
        ("raw", |db| {
            Box::pin(async move {
                db.query_raw("SELECT * FROM card", ())
                    .await
                    .unwrap()
                    .rows
                    .len()
            })
        }),
        ("stream", |db| {
            Box::pin(async move {
                let mut rows = db.cards().titles().stream();
                let mut found = 0;
                while let Some(row) = rows.next().await {
                    row.unwrap();
                    found += 1;
                }
                found
            })
        }),
        ("watch", |db| {
            Box::pin(async move {
                db.cards()
                    .titles()
                    .watch()
                    .next()
                    .await
                    .unwrap()
                    .unwrap()
                    .len()
            })
        }),
    ];
    let folder = tempfile::tempdir().unwrap();
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        for (name, first) in firsts {
            let path = folder.path().join(format!("{name}-{executor:?}.db"));
            let db = BoardDatabase::builder()
                .path(&path)
                .executor(executor)
                .lazy();
            assert!(!path.exists());
            assert_eq!(first(db).await, 1, "{name} {executor:?}");
            assert!(path.exists());
        }
    }
}

#[test]
fn r13_a_blocking_first_call_opens() {
    let db = BoardDatabase::builder().lazy();
    let found = db.blocking_read(|on| on.cards().titles().list()).unwrap();
    assert_eq!(found.len(), 1);
}

#[tokio::test]
async fn r14_a_failed_opening_is_told_to_all_who_waited_and_the_next_call_tries_again() {
    let openings = Openings::default();
    openings.fails.store(true, Ordering::SeqCst);
    let db = openings.lazy();
    let first = tokio::spawn({
        let db = db.clone();
        async move { db.cards().titles().list().await }
    });
    openings.latch.reached().await;
    let cards = db.cards();
    let mut waiting: Vec<_> = (0..5).map(|_| Box::pin(cards.titles().list())).collect();
    for call in &mut waiting {
        assert!(poll_once(call).await.is_pending());
    }
    let mut block = Box::pin(db.transaction(async |_| Ok::<_, Error>(())));
    assert!(poll_once(&mut block).await.is_pending());
    openings.latch.open();
    assert!(why(first.await.unwrap()).contains("nowhere"));
    for call in waiting {
        assert!(why(call.await).contains("nowhere"));
    }
    assert!(why(block.await).contains("nowhere"));
    assert_eq!(openings.count(), 1);

    assert!(why(db.cards().titles().list().await).contains("nowhere"));
    assert_eq!(openings.count(), 2);
    openings.fails.store(false, Ordering::SeqCst);
    assert_eq!(titles(&db).await, SEED);
    assert_eq!(titles(&db).await, SEED);
    assert_eq!(openings.count(), 3);
}

#[tokio::test]
async fn r14_a_watch_that_was_told_of_the_failure_gives_its_result_once_it_is_open() {
    let openings = Openings::default();
    openings.latch.open();
    openings.fails.store(true, Ordering::SeqCst);
    let db = openings.lazy();
    let mut watch = db.cards().titles().watch();
    assert!(why(watch.next().await.unwrap()).contains("nowhere"));
    openings.fails.store(false, Ordering::SeqCst);
    assert_eq!(titles(&db).await, SEED);
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 1);
}

#[tokio::test]
async fn r14_a_hook_that_panics_panics_in_its_caller_and_the_next_call_tries_again() {
    let panics = Arc::new(AtomicBool::new(true));
    let inside = Arc::clone(&panics);
    let db = BoardDatabase::builder()
        .on_open(move |_| {
            assert!(!inside.load(Ordering::SeqCst), "as told");
            Ok(())
        })
        .lazy();
    let call = tokio::spawn({
        let db = db.clone();
        async move { titles(&db).await }
    });
    assert!(call.await.unwrap_err().is_panic());
    panics.store(false, Ordering::SeqCst);
    assert_eq!(titles(&db).await, SEED);
}

#[tokio::test]
async fn r15_a_watch_on_a_delayed_database_gives_its_first_result_once_it_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let (choose, chosen) = oneshot::channel::<PathBuf>();
    let db = BoardDatabase::builder()
        .delayed(async |builder| Ok::<_, Error>(builder.path(chosen.await.unwrap())));
    let mut watch = db.cards().titles().watch();
    assert!(poll_once(&mut Box::pin(watch.next())).await.is_pending());
    let cards = db.cards();
    let mut call = Box::pin(cards.insert_titled("early").execute());
    assert!(poll_once(&mut call).await.is_pending());
    choose.send(folder.path().join("board.db")).unwrap();
    assert!(!watch.next().await.unwrap().unwrap().is_empty());
    call.await.unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "early"]);
    assert!(folder.path().join("board.db").exists());
}

#[tokio::test]
async fn r15_what_says_which_database_may_use_the_runtimes_timers() {
    let db = BoardDatabase::builder().delayed(async |builder| {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        Ok::<_, Error>(builder.memory())
    });
    assert_eq!(titles(&db).await, SEED);
}

#[tokio::test]
async fn r15_a_delayed_database_that_cannot_be_opened_answers_every_call_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let path = folder.path().join("file/board.db");
    let db = BoardDatabase::builder().delayed(async |builder| Ok::<_, Error>(builder.path(path)));
    let mut watch = db.cards().titles().watch();
    for _ in 0..2 {
        let refused = db.cards().titles().list().await;
        let Err(Error::Unopened { source, .. }) = refused else {
            panic!("{refused:?}")
        };
        assert!(matches!(*source, Error::Io { .. }), "{source:?}");
    }
    assert!(why(watch.next().await.unwrap()).contains("file"));
    assert!(why(db.transaction(async |_| Ok::<_, Error>(())).await).contains("file"));
    db.close().await.unwrap();
    assert!(db.cards().titles().list().await.unwrap_err().is_closed());
}

#[tokio::test]
async fn r15_an_error_of_the_application_is_passed_on_and_its_panic_told() {
    let db = BoardDatabase::builder().delayed(async |_| Err(std::io::Error::other("no settings")));
    let refused = db.cards().titles().list().await;
    let Err(Error::Unopened { source, .. }) = refused else {
        panic!("{refused:?}")
    };
    let Error::Delayed { source, .. } = &*source else {
        panic!("{source:?}")
    };
    assert_eq!(source.to_string(), "no settings");

    let db = BoardDatabase::builder().delayed(async |_| -> Result<_> { panic!("as told") });
    assert!(why(db.cards().titles().list().await).contains("panicked"));
}

#[tokio::test]
async fn r15_the_capabilities_are_those_of_the_driver_that_comes_later() {
    let faults = Faults::new().with_capabilities(Capabilities::NONE);
    let inside = faults.clone();
    let db =
        BoardDatabase::builder().delayed(async |builder| Ok::<_, Error>(builder.driver(inside)));
    let refused = db.transaction(async |_| Ok::<_, Error>(())).await;
    assert!(
        matches!(refused, Err(Error::Unsupported { .. })),
        "{refused:?}"
    );
}
