//! Commits of others, and what watches make of them.

use std::time::Duration;

use crate::Error;
use crate::sharing::wire::ToClient;
use crate::v1::{ChangeFilter, ChangeOrigin};

use super::owner::{adds, connected, ran};

#[tokio::test]
async fn s39_a_commit_refreshes_a_watch_once() {
    let (notes, mut owner) = connected().await;
    let mut watch = notes.all().watch();
    let serving = async {
        let call = owner.call().await;
        owner.answer(&call, &["a"]);
    };
    let (first, ()) = tokio::join!(watch.next(), serving);
    assert_eq!(first.unwrap().unwrap(), ["a"]);
    assert_eq!(watch.commit(), 40);
    owner.commit();
    let serving = async {
        let call = owner.call().await;
        // This commit comes before the answer, which shows it.
        owner.commit();
        owner.answer(&call, &["a", "b", "c"]);
    };
    let (second, ()) = tokio::join!(watch.next(), serving);
    assert_eq!(second.unwrap().unwrap(), ["a", "b", "c"]);
    assert_eq!(watch.commit(), 42);
    assert_eq!(notes.status().commits, 42);
    // Nobody asks again: the next call is this one.
    let serving = async {
        let call = owner.call().await;
        owner.answer(&call, &["alone"]);
    };
    let (list, ()) = tokio::join!(notes.all().list(), serving);
    assert_eq!(list.unwrap(), ["alone"]);
}

#[tokio::test]
async fn s42_a_result_that_does_not_show_a_commit_is_not_told_after_it() {
    let (notes, mut owner) = connected().await;
    let mut watch = notes.all().watch();
    let serving = async {
        let call = owner.call().await;
        let shows = 40;
        owner.commit();
        owner.say(&ToClient::Done {
            id: call.id,
            shows,
            in_transaction: false,
            result: Ok(ran(&["old"])),
        });
        let call = owner.call().await;
        owner.answer(&call, &["new"]);
    };
    let (first, ()) = tokio::join!(watch.next(), serving);
    assert_eq!(first.unwrap().unwrap(), ["new"]);
}

#[tokio::test]
async fn s40_the_writer_hears_its_own_commit_once_with_the_owner_s_number() {
    let (notes, mut owner) = connected().await;
    let mut changes = notes.table_changes(&ChangeFilter::all());
    let serving = async {
        let call = owner.call().await;
        assert!(adds(&call.ask));
        owner.commit();
        owner.answer(&call, &[]);
    };
    let (added, ()) = tokio::join!(notes.add("a").execute(), serving);
    added.unwrap();
    owner.commit();
    for number in [41, 42] {
        let change = changes.next().await.unwrap().unwrap();
        assert_eq!(
            (change.commit, change.origin),
            (number, ChangeOrigin::Generated)
        );
        assert_eq!(change.table.as_deref(), Some("note"));
    }
}

#[tokio::test]
async fn s7_an_owner_that_was_closed_ends_the_streams_and_closes_the_client() {
    let (notes, mut owner) = connected().await;
    let mut watch = notes.all().watch();
    let mut changes = notes.table_changes(&ChangeFilter::all());
    let serving = async {
        let call = owner.call().await;
        owner.answer(&call, &["a"]);
    };
    let (first, ()) = tokio::join!(watch.next(), serving);
    first.unwrap().unwrap();
    owner.say(&ToClient::Gone { closed: true });
    assert!(watch.next().await.is_none());
    assert!(changes.next().await.is_none());
    assert!(!notes.is_open());
    assert!(notes.all().list().await.unwrap_err().is_closed());
    let closing = tokio::time::timeout(Duration::from_secs(20), notes.close());
    closing.await.unwrap().unwrap();
}

#[tokio::test]
async fn s47_a_watch_tells_that_the_owner_is_lost_and_ends() {
    let (notes, mut owner) = connected().await;
    let mut watch = notes.all().watch();
    let mut changes = notes.table_changes(&ChangeFilter::all());
    let serving = async {
        let call = owner.call().await;
        owner.answer(&call, &["a"]);
    };
    let (first, ()) = tokio::join!(watch.next(), serving);
    first.unwrap().unwrap();
    drop(owner);
    let error = watch.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Remote { .. }), "{error}");
    assert!(watch.next().await.is_none());
    let last = changes.next().await.unwrap().unwrap();
    assert_eq!((last.table, last.origin), (None, ChangeOrigin::External));
    assert!(changes.next().await.is_none());
}
