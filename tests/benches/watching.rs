//! What watches cost a write.
//!
//! In: a database with so many watches, all of which have delivered what there was. Out: the time from asking for a write to
//! its answer. Invariant: before the next write every watch has delivered what the last one changed, which is not timed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlitenow_runtime::v1::Watch;
use tokio::runtime::{Builder, Runtime};

use crate::bench_database::BenchDatabase;
use crate::bench_database::readings::CountRow;
use crate::race::{Contender, Failure};
use crate::reading;

/// What is timed.
pub const NAME: &str = "insert beside watches";
/// Writes in one turn.
pub const CALLS: u32 = 20;

/// Which watches there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crowd {
    Nobody,
    /// So many watches of what is written, all of one statement.
    Concerned(u32),
    /// As many that nobody polls after their first item.
    Idle(u32),
    /// So many watches of something else, each of another row.
    Unconcerned(i64),
}

impl Crowd {
    /// How many items follow a write.
    fn items(self) -> u32 {
        match self {
            Self::Nobody | Self::Idle(_) | Self::Unconcerned(_) => 0,
            Self::Concerned(watches) => watches,
        }
    }
}

/// Where the tasks run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    One,
    Two,
}

impl Threads {
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "memory, one thread",
            Self::Two => "memory, two threads",
        }
    }

    fn runtime(self) -> std::io::Result<Runtime> {
        match self {
            Self::One => Builder::new_current_thread().enable_time().build(),
            Self::Two => {
                let mut builder = Builder::new_multi_thread();
                builder.worker_threads(2).enable_time().build()
            }
        }
    }
}

/// A database with its watches, each a task.
struct Watched {
    runtime: Runtime,
    db: BenchDatabase,
    crowd: Crowd,
    delivered: Arc<AtomicUsize>,
    expected: usize,
    _idle: Vec<Watch<Vec<CountRow>>>,
}

impl Watched {
    fn new(crowd: Crowd, threads: Threads) -> Result<Self, Failure> {
        let runtime = threads.runtime()?;
        let db = BenchDatabase::builder().open_blocking()?;
        let delivered = Arc::new(AtomicUsize::new(0));
        let (mut expected, mut idle) = (0, Vec::new());
        let count = || Arc::clone(&delivered);
        match crowd {
            Crowd::Nobody => {}
            Crowd::Concerned(number) => {
                for _ in 0..number {
                    runtime.spawn(listen(db.readings().count().watch(), count()));
                    expected += 1;
                }
            }
            Crowd::Idle(number) => {
                for _ in 0..number {
                    let mut watch = db.readings().count().watch();
                    runtime.block_on(watch.next());
                    idle.push(watch);
                }
            }
            Crowd::Unconcerned(number) => {
                for id in 0..number {
                    runtime.spawn(listen(db.items().by_id(id).watch(), count()));
                    expected += 1;
                }
            }
        }
        let store = Self {
            runtime,
            db,
            crowd,
            delivered,
            expected,
            _idle: idle,
        };
        store.runtime.block_on(store.settle());
        Ok(store)
    }

    async fn settle(&self) {
        while self.delivered.load(Ordering::Acquire) < self.expected {
            tokio::task::yield_now().await;
        }
    }

    fn turn(&mut self) -> Result<Duration, Failure> {
        let mut timed = Duration::ZERO;
        for call in 0..CALLS {
            let reading = reading(call);
            let db = &self.db;
            timed += self.runtime.block_on(async {
                let start = Instant::now();
                db.readings().add(&reading).execute().await?;
                Ok::<_, Failure>(start.elapsed())
            })?;
            self.expected += usize::try_from(self.crowd.items())?;
            self.runtime.block_on(self.settle());
        }
        Ok(timed)
    }
}

async fn listen<T>(mut watch: Watch<T>, delivered: Arc<AtomicUsize>) {
    while let Some(Ok(_)) = watch.next().await {
        delivered.fetch_add(1, Ordering::Release);
    }
}

/// One contender for each crowd.
pub fn contenders(threads: Threads) -> Result<Vec<Contender<'static>>, Failure> {
    let crowds = [
        ("no watch", "no watch", Crowd::Nobody),
        ("one watch", "one watch", Crowd::Concerned(1)),
        (
            "1,000 watches of the same query",
            "one watch",
            Crowd::Concerned(1000),
        ),
        ("1,000 that nobody polls", "no watch", Crowd::Idle(1000)),
        (
            "10,000 watches of other tables",
            "no watch",
            Crowd::Unconcerned(10_000),
        ),
    ];
    let contenders = crowds.into_iter().map(|(name, rival, crowd)| {
        let mut watched = Watched::new(crowd, threads)?;
        Ok(Contender {
            name,
            rival,
            turn: Box::new(move || watched.turn()),
        })
    });
    contenders.collect()
}
