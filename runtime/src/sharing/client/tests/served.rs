//! A client of an owner in the same process, over a socket.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use super::owner::Notes;

async fn owner_and_client(readers: usize) -> (TempDir, Notes, Notes) {
    let folder = tempfile::tempdir().unwrap();
    let open = async || {
        let builder = Notes::builder().path(folder.path().join("notes.db"));
        builder.readers(readers).open_shared().await.unwrap()
    };
    let (owner, client) = (open().await, open().await);
    (folder, owner, client)
}

async fn soon<T>(work: impl Future<Output = T>) -> T {
    let ended = tokio::time::timeout(Duration::from_secs(20), work).await;
    ended.expect("an end")
}

#[tokio::test]
async fn s25_where_the_owner_has_readers_a_client_s_reads_pass_its_own_transaction() {
    let (_folder, owner, client) = owner_and_client(2).await;
    owner.add("a").execute().await.unwrap();
    let outside = client.clone();
    let seen = client.transaction(async |tx| {
        tx.add("b").execute().await?;
        let reading = tokio::spawn(async move {
            let mut streamed = outside.all().stream();
            let first = streamed.next().await.unwrap().unwrap();
            assert!(streamed.next().await.is_none());
            (first, outside.all().list().await.unwrap())
        });
        Ok::<_, crate::Error>(reading.await.unwrap())
    });
    let (first, list) = soon(seen).await.unwrap();
    assert_eq!((first.as_str(), list), ("a", vec!["a".to_owned()]));
    assert_eq!(client.all().list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn s42_a_client_sees_what_it_has_written_beside_the_queue_and_in_it() {
    for readers in [0, 1] {
        let (_folder, owner, client) = owner_and_client(readers).await;
        for number in 0..50_u32 {
            let writer = if number % 2 == 0 { &client } else { &owner };
            let sql = "INSERT INTO note VALUES (?)";
            writer.execute_raw(sql, [number.to_string()]).await.unwrap();
            let seen = client.all().list().await.unwrap().len();
            assert_eq!(seen, usize::try_from(number).unwrap() + 1);
        }
    }
}

#[tokio::test]
async fn a_client_s_watch_gets_on_under_a_steady_stream_of_commits() {
    let (_folder, owner, client) = owner_and_client(0).await;
    let stop = AtomicBool::new(false);
    let writing = async {
        let mut number = 0_u32;
        while !stop.load(Ordering::Relaxed) {
            let sql = "INSERT INTO note VALUES (?)";
            owner.execute_raw(sql, [number.to_string()]).await.unwrap();
            number += 1;
        }
        usize::try_from(number).unwrap()
    };
    let watching = async {
        let mut watch = client.all().watch();
        let mut before = 0;
        for _ in 0..10 {
            let texts = watch.next().await.unwrap().unwrap();
            assert!(texts.len() >= before, "an old result was told");
            before = texts.len();
        }
        stop.store(true, Ordering::Relaxed);
        watch
    };
    let (written, mut watch) = soon(async { tokio::join!(writing, watching) }).await;
    while soon(watch.next()).await.unwrap().unwrap().len() < written {}
}
