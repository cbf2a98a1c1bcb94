//! Several parts of one process that share a file as if they were processes.

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use super::owner::Notes;

pub async fn shared(folder: &Path) -> Notes {
    let builder = Notes::builder().path(folder.join("notes.db"));
    builder.open_shared().await.unwrap()
}

pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub async fn soon<T>(work: impl Future<Output = T>) -> T {
    let ended = tokio::time::timeout(Duration::from_secs(20), work).await;
    ended.expect("an end")
}

/// Calls again where the call has met the end of its owner.
pub async fn again<T>(call: impl AsyncFn() -> crate::Result<T>) -> T {
    soon(async {
        loop {
            match call().await {
                Ok(value) => return value,
                Err(error) => assert!(error.is_remote(), "{error}"),
            }
        }
    })
    .await
}

#[tokio::test]
async fn s15_the_first_one_owns_the_file_and_the_others_are_its_clients() {
    let folder = folder();
    let first = shared(folder.path()).await;
    let second = shared(folder.path()).await;
    first.add("a").execute().await.unwrap();
    second.add("b").execute().await.unwrap();
    for notes in [&first, &second] {
        assert_eq!(notes.all().list().await.unwrap(), ["a", "b"]);
    }
    soon(second.close()).await.unwrap();
    soon(first.close()).await.unwrap();
}

#[tokio::test]
async fn s16_when_the_owner_closes_another_one_takes_over_and_watches_go_on() {
    let folder = folder();
    let owner = shared(folder.path()).await;
    let (heir, other) = (shared(folder.path()).await, shared(folder.path()).await);
    let mut watch = other.all().watch();
    assert!(soon(watch.next()).await.unwrap().unwrap().is_empty());
    soon(owner.add("a").execute()).await.unwrap();
    assert_eq!(soon(watch.next()).await.unwrap().unwrap(), ["a"]);
    soon(owner.close()).await.unwrap();
    assert!(!owner.is_open());
    again(async || heir.add("b").execute().await).await;
    let seen = soon(async {
        loop {
            match watch.next().await.unwrap() {
                Ok(texts) if texts.len() == 2 => return texts,
                Ok(_) => {}
                Err(error) => assert!(error.is_remote(), "{error}"),
            }
        }
    });
    assert_eq!(seen.await, ["a", "b"]);
    soon(heir.close()).await.unwrap();
    again(async || other.add("c").execute().await).await;
    let seen = again(async || {
        // The first look at the new owner may come before the write.
        other.all().list().await
    });
    assert_eq!(seen.await.len(), 3);
    drop(watch);
    soon(other.close()).await.unwrap();
}

#[tokio::test]
async fn a_transaction_that_loses_its_owner_is_an_error_and_its_successor_starts_anew() {
    let folder = folder();
    let owner = shared(folder.path()).await;
    let client = shared(folder.path()).await;
    let lost = client.transaction(async |tx| {
        tx.add("a").execute().await?;
        drop(owner);
        loop {
            tx.add("b").execute().await?;
            tokio::time::sleep(Duration::from_millis(5)).await;
            tx.add("c").execute().await?;
        }
        #[expect(unreachable_code, reason = "the type of the block")]
        Ok::<_, crate::Error>(())
    });
    let error = soon(lost).await.unwrap_err();
    assert!(error.is_remote() || error.is_constraint(), "{error}");
    assert!(again(async || client.all().list().await).await.is_empty());
    soon(client.close()).await.unwrap();
}

#[tokio::test]
async fn s7_s8_whoever_has_the_port_ends_all_of_it_and_again_is_fine() {
    let folder = folder();
    let owner = shared(folder.path()).await;
    let client = shared(folder.path()).await;
    let mut watch = client.all().watch();
    assert!(soon(watch.next()).await.unwrap().unwrap().is_empty());
    let port = crate::ConnectPort::find(folder.path().join("notes.db")).unwrap();
    soon(port.shutdown_all()).await.unwrap();
    assert!(!owner.is_open());
    assert!(soon(watch.next()).await.is_none());
    assert!(client.all().list().await.unwrap_err().is_closed());
    soon(port.shutdown_all()).await.unwrap();
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .collect();
    assert!(
        left.iter()
            .all(|file| !file.path().to_string_lossy().ends_with("-wal")),
        "{left:?}"
    );
}
