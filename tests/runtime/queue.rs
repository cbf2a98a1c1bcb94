//! The one queue: who waits, in which order, and who may not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlitenow_runtime::{Error, Executor};
use sqlitenow_tests::board::BoardDatabase;
use tokio::sync::oneshot;

use crate::harness::{board, board_with_latch, builder, open, poll_once, titles};

async fn until_waiting(db: &BoardDatabase, calls: usize) {
    while db.status().waiting < calls {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn r22_calls_of_other_tasks_wait_for_the_transaction_and_then_see_all_of_it() {
    let db = board().await;
    let (go, gone) = oneshot::channel::<()>();
    let outside = db.clone();
    let block = db.transaction(async |tx| {
        tx.cards().insert_titled("first").execute().await?;
        gone.await.unwrap();
        tx.cards().insert_titled("second").execute().await?;
        Ok::<_, Error>(())
    });
    let reader = async {
        until_holding(&outside).await;
        let task = tokio::spawn({
            let db = outside.clone();
            async move { titles(&db).await }
        });
        until_waiting(&outside, 1).await;
        assert!(!task.is_finished());
        go.send(()).unwrap();
        task.await.unwrap()
    };
    let (block, seen) = tokio::join!(block, reader);
    block.unwrap();
    assert_eq!(seen, ["read the guide", "first", "second"]);
}

async fn until_holding(db: &BoardDatabase) {
    while db.status().holder.is_none() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn r23_calls_behind_a_transaction_run_in_the_order_they_came() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = Vec::new();
        db.transaction(async |_| {
            for number in 0..6 {
                let (outside, order) = (db.clone(), Arc::clone(&order));
                tasks.push(tokio::spawn(async move {
                    if number % 2 == 0 {
                        let title = number.to_string();
                        outside
                            .cards()
                            .insert_titled(&title)
                            .execute()
                            .await
                            .unwrap();
                        order.lock().unwrap().push((number, None));
                    } else {
                        let row = outside.cards().count_all().one().await.unwrap();
                        order.lock().unwrap().push((number, Some(row.cards)));
                    }
                }));
                until_waiting(&db, number + 1).await;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(titles(&db).await, ["read the guide", "0", "2", "4"]);
        let mut seen = order.lock().unwrap().clone();
        seen.sort_unstable();
        // Each read saw exactly the writes that had come before it.
        assert_eq!(
            seen,
            [
                (0, None),
                (1, Some(2)),
                (2, None),
                (3, Some(3)),
                (4, None),
                (5, Some(4))
            ]
        );
    }
}

#[tokio::test]
async fn r24_a_call_on_the_database_inside_a_block_runs_in_that_transaction() {
    let db = board().await;
    let undone = db
        .transaction(async |tx| {
            tx.cards().insert_titled("by handle").execute().await?;
            assert_eq!(titles(&db).await, ["read the guide", "by handle"]);
            db.cards().insert_titled("by database").execute().await?;
            // Helpers in between change nothing, and neither do futures joined in the block.
            let (a, b) = tokio::join!(titles(&db), db.cards().count_all().one());
            assert_eq!((a.len(), b?.cards), (3, 3));
            Err::<(), _>(Error::sqlite(1, "undo"))
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn r25_a_call_on_another_database_is_no_part_of_the_transaction() {
    let (one, two) = (board().await, board().await);
    let undone = one
        .transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            two.cards().insert_titled("kept").execute().await?;
            // A block of the other database inside of this one, and a call on the first inside of both.
            two.transaction(async |_| {
                assert_eq!(titles(&one).await, ["read the guide", "undone"]);
                Ok::<_, Error>(())
            })
            .await?;
            Err::<(), _>(Error::sqlite(1, "undo"))
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(titles(&one).await, ["read the guide"]);
    assert_eq!(titles(&two).await, ["read the guide", "kept"]);
}

#[tokio::test(start_paused = true)]
async fn r26_awaiting_a_spawned_call_inside_the_block_ends_by_deadline_and_names_both_places() {
    let db = builder()
        .queue_wait(Some(Duration::from_secs(3)))
        .open()
        .await
        .unwrap();
    let result = db
        .transaction(async |_| {
            let outside = db.clone();
            tokio::spawn(async move { outside.cards().count_all().one().await })
                .await
                .unwrap()
        })
        .await;
    let Err(Error::Deadline {
        after,
        waiting,
        holding: Some(holding),
        ..
    }) = result
    else {
        panic!("{result:?}")
    };
    assert_eq!(after, Duration::from_secs(3));
    assert!(waiting.file().ends_with("queue.rs") && holding.file().ends_with("queue.rs"));
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn r123_a_call_queued_outside_and_awaited_inside_is_a_deadlock_at_once() {
    let db = builder().queue_wait(None).open().await.unwrap();
    let (begun, has_begun) = oneshot::channel::<()>();
    let (hand, handed) = oneshot::channel();
    let block = db.transaction(async |tx| {
        begun.send(()).unwrap();
        let mut queued: std::pin::Pin<Box<dyn Future<Output = _> + Send + '_>> =
            handed.await.unwrap();
        let answer: Result<_, Error> = (&mut queued).await;
        let Err(Error::Deadlock {
            waiting, holding, ..
        }) = &answer
        else {
            panic!("{answer:?}")
        };
        assert_ne!(waiting.line(), holding.line());
        tx.cards().insert_titled("still usable").execute().await
    });
    let outside = async {
        has_begun.await.unwrap();
        let mut queued: std::pin::Pin<Box<dyn Future<Output = _> + Send + '_>> =
            Box::pin(db.cards().count_all().one());
        assert!(poll_once(&mut queued).await.is_pending(), "queued outside");
        assert!(hand.send(queued).is_ok());
    };
    let (block, ()) = tokio::join!(block, outside);
    block.unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "still usable"]);
}

#[tokio::test]
async fn r123_a_transaction_queued_outside_and_awaited_inside_is_a_deadlock_at_once() {
    let db = builder().queue_wait(None).open().await.unwrap();
    let (begun, has_begun) = oneshot::channel::<()>();
    let (hand, handed) = oneshot::channel::<Queued<'_>>();
    let block = db.transaction(async |tx| {
        begun.send(()).unwrap();
        // Nested, so the holder of the queue is not the innermost block.
        tx.transaction(async |_| {
            let answer = handed.await.unwrap().await;
            assert!(matches!(answer, Err(Error::Deadlock { .. })), "{answer:?}");
            Ok::<_, Error>(())
        })
        .await
    });
    let outside = async {
        has_begun.await.unwrap();
        let mut queued: Queued<'_> = Box::pin(db.transaction(async |_| Ok(())));
        assert!(poll_once(&mut queued).await.is_pending(), "queued outside");
        assert!(hand.send(queued).is_ok());
    };
    let (block, ()) = tokio::join!(block, outside);
    block.unwrap();
}

type Queued<'a> = std::pin::Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

#[tokio::test]
async fn a_handle_moved_to_another_task_works_in_its_own_frame() {
    let db = board().await;
    db.transaction(async |tx| {
        let task = tokio::spawn(async move {
            tx.cards()
                .insert_titled("from a task")
                .execute()
                .await
                .map(|_| tx)
        });
        let tx = task.await.unwrap()?;
        assert_eq!(tx.cards().count_all().one().await?.cards, 2);
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "from a task"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn status_names_the_holder_and_counts_who_waits() {
    let (db, latch) = board_with_latch(Executor::Thread).await;
    assert_eq!(db.status().holder, None);
    let task = tokio::spawn({
        let db = db.clone();
        async move { db.cards().insert_held("slow").execute().await }
    });
    latch.reached().await;
    let holder = db.status().holder.unwrap();
    assert!(holder.site.file().ends_with("queue.rs"), "{}", holder.site);
    latch.open();
    task.await.unwrap().unwrap();
    assert_eq!(db.status().holder, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn r126_a_foreign_lock_blocks_no_other_task_and_the_write_succeeds_once_it_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let cards = db.cards();
    let mut write = Box::pin(cards.insert_titled("patient").execute());
    // The poll comes back at once although the lock is held: the waiting is the thread's.
    assert!(poll_once(&mut write).await.is_pending());
    other.execute_batch("ROLLBACK").unwrap();
    write.await.unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "patient"]);
}

#[tokio::test]
async fn r50_a_begin_that_meets_a_foreign_lock_is_busy_with_the_time_waited() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let patience = Duration::from_millis(5);
    let db = builder()
        .path(&path)
        .busy_timeout(patience)
        .open()
        .await
        .unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let busy = db.transaction(async |_| Ok::<_, Error>(())).await;
    let Err(Error::Busy { waited, .. }) = busy else {
        panic!("{busy:?}")
    };
    assert_eq!(waited, patience);
    other.execute_batch("ROLLBACK").unwrap();
    db.transaction(async |_| Ok::<_, Error>(())).await.unwrap();
}
