//! A worker of the chaos harness: writes pairs of rows that belong together, and says each step.
//!
//! In: the file, its own number, which is the seed as well, and `rest` and `quit` as lines. Out: lines of `said`.
//! Invariant: a pair is called kept only after its commit was awaited. Any error is a panic.

use std::io::stdin;
use std::path::Path;
use std::time::Duration;

use sqlitenow_runtime::Error;
use sqlitenow_tests::board::BoardDatabase;
use tokio::sync::mpsc;

use crate::dice::Dice;
use crate::piece::{Piece, say};
use crate::said::Word;

/// Works until it is told to rest, and ends when it is told to.
pub fn work(path: &Path, worker: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let mut orders = orders();
        let db = open(path).await.expect("it opens");
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
                _ => break,
            }
        }
        db.close().await.expect("it closes");
    });
}

/// SQLite serves those who wait in no order, so that some wait for long.
async fn open(path: &Path) -> Result<BoardDatabase, Error> {
    let patience = Duration::from_secs(30);
    let builder = BoardDatabase::builder().path(path);
    builder.busy_timeout(patience).open().await
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
