//! A worker of the chaos harness: writes pairs of rows that belong together, and says each step.
//!
//! In: how it opens the file, its own number, which is the seed as well, and `rest`, `look`, `quit` as lines. Out: lines of `said`.
//! Invariant: a pair is called kept only after its commit was awaited. Any error but the loss of the owner and the end
//! of a transaction by time-out is a panic.

use std::io::stdin;
use std::path::Path;
use std::time::Duration;

use sqlitenow_runtime::{ConnectOptions, Error, ServeOptions};
use sqlitenow_tests::board::BoardDatabase;
use tokio::sync::{mpsc, watch};

use crate::dice::Dice;
use crate::piece::{Piece, say};
use crate::said::Word;

/// Works until it is told to rest, shows what it sees when it is asked, and ends when it is told to.
pub fn work(opening: impl Future<Output = Result<BoardDatabase, Error>>, worker: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let mut orders = orders();
        let db = opening.await.expect("it opens");
        let mut rows = watched(&db);
        let mut dice = Dice::new(worker);
        let mut pieces = 0;
        say(Word::Ready, 0);
        while orders.is_empty() {
            pieces += 1;
            Piece::new(worker, pieces).work(&db, &mut dice).await;
        }
        while let Some(order) = orders.recv().await {
            match order.as_str() {
                "rest" => say(Word::Rests, pieces),
                "look" => say(Word::Sees, agreed(&db, &mut rows).await),
                _ => break,
            }
        }
        db.close().await.expect("it closes");
    });
}

/// Opens the file for itself. SQLite serves those who wait in no order, so that some are passed over for long.
pub async fn alone(path: &Path) -> Result<BoardDatabase, Error> {
    let patience = Duration::from_secs(120);
    let builder = BoardDatabase::builder().path(path);
    builder.busy_timeout(patience).open().await
}

/// Opens the file together with the others. Who stops in a transaction is soon rolled back.
pub async fn shared(path: &Path) -> Result<BoardDatabase, Error> {
    let serve = ServeOptions::new().idle_transaction(Some(Duration::from_secs(1)));
    let builder = BoardDatabase::builder().path(path);
    builder.open_shared_with(serve, ConnectOptions::new()).await
}

/// The lines of standard input; its end is the end of all orders.
fn orders() -> mpsc::UnboundedReceiver<String> {
    let (give, orders) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in stdin().lines().map_while(Result::ok) {
            if give.send(line).is_err() {
                break;
            }
        }
    });
    orders
}

/// How many rows a watch shows that lives as long as the database.
fn watched(db: &BoardDatabase) -> watch::Receiver<i64> {
    let mut counts = db.cards().count_all().watch_one();
    let (show, rows) = watch::channel(0);
    tokio::spawn(async move {
        while let Some(count) = counts.next().await {
            match count {
                Ok(count) => drop(show.send_replace(count.cards)),
                Err(error) => assert!(error.is_remote(), "{error}"),
            }
        }
    });
    rows
}

/// The number of rows, once the watch shows what the query gives.
async fn agreed(db: &BoardDatabase, rows: &mut watch::Receiver<i64>) -> u64 {
    let count = db.cards().count_all().one().await;
    let count = count.expect("the owner lives").cards;
    let seen = rows.wait_for(|seen| *seen == count).await;
    seen.expect("the watch goes on");
    u64::try_from(count).expect("a count")
}
