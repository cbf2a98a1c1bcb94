//! How many calls there is room for: who waits before the queue, and what becomes of him.

use sqlitenow_runtime::Error;
use sqlitenow_tests::board::BoardDatabase;
use tokio::task::JoinHandle;

use crate::harness::titles;

async fn board_with_room_for(calls: usize) -> BoardDatabase {
    let builder = BoardDatabase::builder().queue_bound(calls);
    builder.open().await.unwrap()
}

/// Ten calls of other tasks, of whose order the titles tell.
async fn ten(db: &BoardDatabase) -> Vec<JoinHandle<Result<(), Error>>> {
    let mut calls = Vec::new();
    for number in 0..10 {
        let other = db.clone();
        calls.push(tokio::spawn(async move {
            let title = number.to_string();
            let added = other.cards().insert_titled(&title).execute().await;
            added.map(drop)
        }));
        while db.status().waiting <= number {
            tokio::task::yield_now().await;
        }
    }
    calls
}

#[tokio::test]
async fn r27_with_room_for_two_ten_callers_wait_and_all_succeed_in_their_order() {
    let db = board_with_room_for(2).await;
    let mut calls = Vec::new();
    db.transaction(async |tx| {
        calls = ten(&db).await;
        let status = db.status();
        assert_eq!((status.waiting, status.waiting_outside), (10, 8));
        // What is inside of the block stands in no line.
        tx.cards().insert_titled("inside").execute().await?;
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let numbers = (0..10).map(|number: i32| number.to_string());
    let expected = ["read the guide", "inside"].map(str::to_owned);
    let expected: Vec<_> = expected.into_iter().chain(numbers).collect();
    assert_eq!(titles(&db).await, expected);
    assert_eq!(db.status().waiting_outside, 0);
}

#[tokio::test]
async fn r27_closing_finishes_what_is_in_the_queue_and_not_what_waits_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let builder = BoardDatabase::builder().path(&path).queue_bound(2);
    let db = builder.open().await.unwrap();
    let (mut calls, mut closing) = (Vec::new(), None);
    db.transaction(async |tx| {
        calls = ten(&db).await;
        let other = db.clone();
        closing = Some(tokio::spawn(async move { other.close().await }));
        while db.is_open() {
            tokio::task::yield_now().await;
        }
        tx.cards().insert_titled("inside").execute().await?;
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    closing.unwrap().await.unwrap().unwrap();
    for (number, call) in calls.into_iter().enumerate() {
        let outcome = call.await.unwrap();
        assert_eq!(outcome.is_err_and(|error| error.is_closed()), number >= 2);
    }
    let again = BoardDatabase::open(&path).await.unwrap();
    assert_eq!(titles(&again).await, ["read the guide", "inside", "0", "1"]);
}
