//! Every generated call, in every way in which it can be run: the results are the same.

use std::fmt::Debug;

use sqlitenow_runtime::{Error, Result};
use sqlitenow_tests::board::cards::{InsertOneParams, RenameParams, SetNoteParams};
use sqlitenow_tests::board::items::InsertOneParams as InsertItemParams;

use crate::harness::board;

/// Results as texts; an error by what it says, without the place of the call.
#[derive(Default)]
struct Log(Vec<String>);

impl Log {
    fn add<T: Debug>(&mut self, result: Result<T>) {
        self.0.push(match result {
            Ok(value) => format!("{value:?}"),
            Err(Error::RowCount {
                expected, found, ..
            }) => format!("{expected}, {found}"),
            Err(Error::Constraint { .. }) => "constraint".to_owned(),
            Err(error) => panic!("{error}"),
        });
    }
}

/// Runs every statement about cards, lists, items and audits on `$on`, each in all forms that do not change the next one.
macro_rules! run_all {
    ($log:ident, $on:ident $(, $wait:tt)?) => {
        let card = InsertOneParams {
            title: "one".to_owned(),
            note: Some("first".to_owned()),
        };
        $log.add($on.cards().insert_one(&card).execute()$(.$wait)?);
        $log.add($on.cards().insert_titled("two").execute()$(.$wait)?);
        $log.add($on.cards().insert_returning("three").one()$(.$wait)?);
        $log.add($on.cards().insert_returning("four").optional()$(.$wait)?);
        $log.add($on.cards().insert_returning("five").list()$(.$wait)?);
        let name = RenameParams {
            title: "1".to_owned(),
            id: 2,
        };
        $log.add($on.cards().rename(&name).optional()$(.$wait)?);
        let note = SetNoteParams {
            note: None,
            id: 2,
        };
        $log.add($on.cards().set_note(&note).execute()$(.$wait)?);
        $log.add($on.cards().remove(3).execute()$(.$wait)?);
        $log.add($on.cards().remove(300).execute()$(.$wait)?);
        $log.add($on.lists().insert_one("home").execute()$(.$wait)?);
        $log.add($on.lists().insert_one("home").execute()$(.$wait)?);
        let item = InsertItemParams {
            list_id: 1,
            label: "milk".to_owned(),
        };
        $log.add($on.items().insert_one(&item).execute()$(.$wait)?);
        $log.add($on.lists().all().list()$(.$wait)?);
        $log.add($on.items().labels().one()$(.$wait)?);
        $log.add($on.lists().remove(1).execute()$(.$wait)?);
        $log.add($on.audits().all().list()$(.$wait)?);
        read_all!($log, $on $(, $wait)?);
        $log.add($on.cards().retitle_all("same").one()$(.$wait)?);
        $log.add($on.cards().retitle_all("same").list()$(.$wait)?);
    };
}

/// The part of it that only reads.
macro_rules! read_all {
    ($log:ident, $on:ident $(, $wait:tt)?) => {
        $log.add($on.cards().all().list()$(.$wait)?);
        $log.add($on.cards().all().one()$(.$wait)?);
        $log.add($on.cards().titles().optional()$(.$wait)?);
        $log.add($on.cards().by_id(2).one()$(.$wait)?);
        $log.add($on.cards().by_id(200).one()$(.$wait)?);
        $log.add($on.cards().by_id(200).optional()$(.$wait)?);
        $log.add($on.cards().by_title("two").list()$(.$wait)?);
        $log.add($on.cards().count_all().one()$(.$wait)?);
        $log.add($on.cards().constant().one()$(.$wait)?);
        $log.add($on.samples().all_typed().list()$(.$wait)?);
    };
}

async fn awaited() -> Vec<String> {
    let db = board().await;
    let mut log = Log::default();
    run_all!(log, db, await);
    log.0
}

async fn in_a_transaction() -> Vec<String> {
    let block = async |tx: sqlitenow_tests::board::BoardTransaction| {
        let mut log = Log::default();
        run_all!(log, tx, await);
        Ok::<_, Error>(log.0)
    };
    board().await.transaction(block).await.unwrap()
}

async fn in_a_writing_closure() -> Vec<String> {
    let db = board().await;
    let written = db.write(|conn| {
        let mut log = Log::default();
        run_all!(log, conn);
        Ok::<_, Error>(log.0)
    });
    written.await.unwrap()
}

#[tokio::test]
async fn c123_each_call_gives_the_same_awaited_in_a_transaction_and_in_a_closure() {
    let awaited = awaited().await;
    assert_eq!(awaited, in_a_transaction().await);
    assert_eq!(awaited, in_a_writing_closure().await);
    // The log would tell too little if everything failed.
    assert!(awaited.iter().any(|line| line.contains("gone: milk")));
    assert!(awaited.iter().any(|line| line == "constraint"));
}

#[tokio::test]
async fn c123_each_query_gives_the_same_awaited_and_in_a_reading_closure() {
    let db = board().await;
    db.cards().insert_titled("two").execute().await.unwrap();
    let mut awaited = Log::default();
    read_all!(awaited, db, await);
    let read = db.read(|conn| {
        let mut log = Log::default();
        read_all!(log, conn);
        Ok::<_, Error>(log.0)
    });
    assert_eq!(awaited.0, read.await.unwrap());
}
