//! Where statements run, and that it makes no difference to what they give.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use sqlitenow_runtime::v1 as rt;
use sqlitenow_runtime::{Cell, Error, Executor, Value};
use sqlitenow_tests::board::BoardDatabase;

use crate::harness::builder;

/// What one program gives, errors included.
async fn outcome(db: &BoardDatabase) -> Result<String, Error> {
    let changes = db.cards().insert_titled("one").execute().await?;
    let returned = db.cards().insert_returning("two").one().await?;
    let refused = db.cards().retitle_all("same").one().await.unwrap_err();
    let missing = db.cards().by_id(404).one().await.unwrap_err();
    let undone = db.transaction(async |tx| {
        tx.cards()
            .insert_titled_many(["three", "four"])
            .execute()
            .await?;
        let inside = tx.cards().count_all().one().await?.cards;
        Err::<(), _>(Error::sqlite(1, format!("{inside} inside")))
    });
    let undone = undone.await.unwrap_err();
    let raw = db.query_raw("SELECT title FROM card", ()).await?;
    let read = db.read(|conn| conn.cards().titles().list()).await?;
    let all = db.cards().all().list().await?;
    let watched = db.cards().titles().watch().next().await;
    Ok(format!(
        "{changes:?} {returned:?} {refused} {missing} {undone} {raw:?} {read:?} {all:?} {watched:?}"
    ))
}

#[tokio::test]
async fn r32_one_program_gives_the_same_results_wherever_it_runs() {
    let mut outcomes = Vec::new();
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let memory = builder().executor(executor);
        outcomes.push(outcome(&memory.open().await.unwrap()).await.unwrap());
        for readers in [0, 2] {
            let folder = tempfile::tempdir().unwrap();
            let file = builder().path(folder.path().join("board.db"));
            let file = file.executor(executor).readers(readers);
            outcomes.push(outcome(&file.open().await.unwrap()).await.unwrap());
        }
    }
    assert!(
        outcomes.windows(2).all(|pair| pair[0] == pair[1]),
        "{outcomes:#?}"
    );
}

/// Waits inside of SQLite until the runtime's timer has ticked often, or for long.
fn patient(ticks: Arc<AtomicUsize>) -> impl Fn(&[Cell<'_>]) -> Result<Value, rt::FunctionError> {
    move |_| {
        let (start, before) = (Instant::now(), ticks.load(Ordering::SeqCst));
        while ticks.load(Ordering::SeqCst) < before + 20 && start.elapsed().as_secs() < 5 {
            thread::yield_now();
        }
        Ok(Value::Text("held".to_owned()))
    }
}

#[tokio::test]
async fn r33_a_timer_keeps_ticking_during_a_long_query_also_the_first_time() {
    for readers in [0, 1] {
        let folder = tempfile::tempdir().unwrap();
        let ticks = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&ticks);
        let db = builder()
            .path(folder.path().join("board.db"))
            .readers(readers)
            .on_open(move |setup| {
                setup.scalar_function("hold", Some(1), false, patient(Arc::clone(&counted)))
            })
            .open()
            .await
            .unwrap();
        let clockwork = tokio::spawn({
            let ticks = Arc::clone(&ticks);
            async move {
                let mut interval = tokio::time::interval(Duration::from_millis(1));
                loop {
                    interval.tick().await;
                    ticks.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        let went_on = |before: &mut usize| {
            let now = ticks.load(Ordering::SeqCst);
            assert!(now >= *before + 20, "the executor stood still");
            *before = now;
        };
        let mut before = 0;
        for _ in 0..2 {
            db.cards().held_titles().list().await.unwrap();
            went_on(&mut before);
        }
        let held = "SELECT hold(1)";
        db.query_raw(held, ()).await.unwrap();
        went_on(&mut before);
        db.read(move |conn| conn.query_raw(held, ())).await.unwrap();
        went_on(&mut before);
        let mut watch = db.cards().held_titles().watch();
        watch.next().await.unwrap().unwrap();
        went_on(&mut before);
        let mut stream = db.cards().held_titles().stream();
        stream.next().await.unwrap().unwrap();
        went_on(&mut before);
        db.transaction(async |tx| tx.cards().held_titles().list().await)
            .await
            .unwrap();
        went_on(&mut before);
        clockwork.abort();
    }
}
