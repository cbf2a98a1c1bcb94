//! One piece of a worker's work: two rows that belong together, in one of the ways to write them.
//!
//! In: the database and dice. Out: the rows, and a word for each step. Invariant: COMMIT, or what contains it, is
//! announced before it is sent, and its success after it was awaited.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sqlitenow_runtime::Error;
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::board::cards::InsertOneParams;

use crate::dice::Dice;
use crate::said::{Said, Word, is_long};

/// Says a word that is about no piece of work in particular.
pub fn say(word: Word, number: u64) {
    let waited = 0;
    println!(
        "{}",
        Said {
            word,
            number,
            waited
        }
    );
}

/// Why a piece of work was given up.
enum Stop {
    OnPurpose,
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

pub struct Piece {
    worker: u64,
    number: u64,
    started: Instant,
    /// Whether COMMIT was sent, so that nobody knows what became of it if the owner goes.
    sent: AtomicBool,
}

impl Piece {
    pub fn new(worker: u64, number: u64) -> Self {
        Self {
            worker,
            number,
            started: Instant::now(),
            sent: AtomicBool::new(false),
        }
    }

    /// Does it, in one of the ways.
    pub async fn work(self, db: &BoardDatabase, dice: &mut Dice) {
        let piece = Arc::new(self);
        let thought = Duration::from_micros(dice.below(3000) as u64);
        let done = match dice.below(10) {
            0..=4 => piece.transaction(db, thought, Ok(())).await,
            5 => piece.transaction(db, thought, Err(Stop::OnPurpose)).await,
            6 => piece.nested(db).await,
            7 => Arc::clone(&piece).closure(db).await,
            8 => piece.many(db).await,
            _ => piece.batch(db).await,
        };
        let sent = piece.sent.load(Ordering::Relaxed);
        piece.say(match done {
            Ok(()) => Word::Kept,
            Err(Stop::Error(Error::Remote {
                may_have_run: true, ..
            })) if sent => Word::Unknown,
            Err(
                Stop::OnPurpose
                | Stop::Error(Error::Remote { .. } | Error::TransactionEnded { .. }),
            ) => Word::Undone,
            Err(Stop::Error(error)) => {
                panic!("worker {}, piece {}: {error}", piece.worker, piece.number)
            }
        });
        tokio::time::sleep(Duration::from_millis(dice.below(10) as u64)).await;
    }

    fn say(&self, word: Word) {
        if matches!(word, Word::Commits | Word::Sends) {
            self.sent.store(true, Ordering::Relaxed);
        }
        let waited = self.started.elapsed().as_millis();
        let said = Said {
            word,
            number: self.number,
            waited: u64::try_from(waited).unwrap_or(u64::MAX),
        };
        println!("{said}");
    }

    /// One of the rows. SQLite keeps them in memory, as long as they are, until COMMIT.
    fn row(&self, name: &str) -> InsertOneParams {
        let length = if is_long(self.number) { 100_000 } else { 10 };
        InsertOneParams {
            title: format!("{} {} {name}", self.worker, self.number),
            note: Some("x".repeat(length)),
        }
    }

    async fn transaction(
        &self,
        db: &BoardDatabase,
        thought: Duration,
        end: Result<(), Stop>,
    ) -> Result<(), Stop> {
        self.say(Word::Asks);
        db.transaction(async |tx| {
            tx.cards().insert_one(&self.row("a")).execute().await?;
            self.say(Word::Inside);
            tokio::time::sleep(thought).await;
            tx.cards().insert_one(&self.row("b")).execute().await?;
            end?;
            self.say(Word::Commits);
            Ok(())
        })
        .await
    }

    /// A nested block is undone, and its row with it.
    async fn nested(&self, db: &BoardDatabase) -> Result<(), Stop> {
        self.say(Word::Asks);
        db.transaction(async |tx| {
            tx.cards().insert_one(&self.row("a")).execute().await?;
            self.say(Word::Inside);
            let undone = tx.transaction(async |inner| {
                inner
                    .cards()
                    .insert_one(&self.row("undone"))
                    .execute()
                    .await?;
                Err::<(), _>(Stop::OnPurpose)
            });
            match undone.await {
                Err(Stop::Error(error)) => return Err(error.into()),
                Ok(()) | Err(Stop::OnPurpose) => {}
            }
            tx.cards().insert_one(&self.row("b")).execute().await?;
            self.say(Word::Commits);
            Ok(())
        })
        .await
    }

    async fn closure(self: Arc<Self>, db: &BoardDatabase) -> Result<(), Stop> {
        self.say(Word::Asks);
        let written = db.write(move |conn| {
            conn.cards().insert_one(&self.row("a")).execute()?;
            self.say(Word::Inside);
            conn.cards().insert_one(&self.row("b")).execute()?;
            self.say(Word::Commits);
            Ok::<_, Error>(())
        });
        Ok(written.await?)
    }

    async fn many(&self, db: &BoardDatabase) -> Result<(), Stop> {
        self.say(Word::Sends);
        let rows = [self.row("a"), self.row("b")];
        db.cards().insert_one_many(&rows).execute().await?;
        Ok(())
    }

    async fn batch(&self, db: &BoardDatabase) -> Result<(), Stop> {
        self.say(Word::Sends);
        let (a, b) = (self.row("a"), self.row("b"));
        db.batch(|batch| {
            batch.add(db.cards().insert_one(&a));
            batch.add(db.cards().insert_one(&b));
        })
        .await?;
        Ok(())
    }
}
