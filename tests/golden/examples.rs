//! The committed modules of `sql-examples`: every statement of them runs.

#[path = "../../sql-examples/shared-board/src/db/board_database.rs"]
mod board_database;
#[path = "../../sql-examples/tasks/src/db/task_database.rs"]
mod task_database;

use board_database::BoardDatabase;
use task_database::TaskDatabase;
use task_database::tasks::AddParams;

use crate::recorder::Recorder;

#[tokio::test]
async fn every_statement_of_the_tasks_runs() {
    let recorder = Recorder::default();
    let db = TaskDatabase::builder()
        .driver(recorder.clone())
        .open()
        .await
        .unwrap();
    let tasks = db.tasks();
    let params = AddParams {
        title: "milk".to_owned(),
        due: Some("2026-11-20".to_owned()),
        priority: 1,
    };
    let milk = tasks.add(&params).one().await.unwrap();
    assert_eq!(tasks.by_id(milk.id).one().await.unwrap(), milk);
    assert_eq!(tasks.finish(milk.id).execute().await.unwrap().rows, 1);
    let summary = tasks.summary().one().await.unwrap();
    assert_eq!((summary.total, summary.finished), (2, 1));
    assert_eq!(tasks.remove_finished().execute().await.unwrap().rows, 1);
    assert_eq!(tasks.all().list().await.unwrap().len(), 1);
    recorder.assert_ran_all_of(include_str!(
        "../../sql-examples/tasks/src/db/task_database.rs"
    ));
}

#[tokio::test]
async fn every_statement_of_the_board_runs() {
    let recorder = Recorder::default();
    let db = BoardDatabase::builder()
        .driver(recorder.clone())
        .open()
        .await
        .unwrap();
    let notes = db.notes();
    assert_eq!(notes.add("milk").execute().await.unwrap().rows, 1);
    let all = notes.all().list().await.unwrap();
    assert_eq!((all[0].text.as_str(), all[0].done), ("milk", false));
    assert_eq!(notes.finish(all[0].id).execute().await.unwrap().rows, 1);
    assert!(notes.all().one().await.unwrap().done);
    assert_eq!(notes.remove(all[0].id).execute().await.unwrap().rows, 1);
    recorder.assert_ran_all_of(include_str!(
        "../../sql-examples/shared-board/src/db/board_database.rs"
    ));
}
