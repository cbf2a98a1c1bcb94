//! One run: a database, tasks that carry out their plans, watches beside them, and the checks.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::path::Path;
use std::pin::Pin;

use sqlitenow_runtime::{Error, Executor};
use sqlitenow_tests::board::{BoardDatabase, BoardTransaction};

use super::check::{Sight, Trace, check};
use super::dice::Dice;
use super::plan::{Operation, Planner, Step, outcomes};
use super::scheduler::Scheduler;
use super::waiting::{DropAfter, both, yield_once};

/// What a run went through, so that a run of nothing cannot pass.
#[derive(Debug, Default)]
pub struct Seen {
    committed: usize,
    undone: usize,
    dropped: usize,
    reads: usize,
    items: usize,
    closed: usize,
    /// Runs with readers.
    beside: usize,
}

impl Seen {
    pub fn add(&mut self, other: &Self) {
        self.committed += other.committed;
        self.undone += other.undone;
        self.dropped += other.dropped;
        self.reads += other.reads;
        self.items += other.items;
        self.closed += other.closed;
        self.beside += other.beside;
    }

    /// Whether everything happened; readers only where there may be some.
    pub fn covers_everything(&self, with_readers: bool) -> bool {
        [
            self.committed,
            self.undone,
            self.dropped,
            self.reads,
            self.items,
            self.closed,
        ]
        .iter()
        .all(|count| *count > 0)
            && (self.beside > 0) == with_readers
    }
}

pub struct World {
    pub(super) seed: u64,
    pub(super) db: BoardDatabase,
    /// How many titles are known to be committed.
    pub(super) acknowledged: Cell<usize>,
    sights: RefCell<Vec<Sight>>,
    traces: RefCell<Vec<Trace>>,
    pub(super) closing: Cell<bool>,
    closed: Cell<usize>,
    pub(super) items: Cell<usize>,
    /// How many readers there are.
    readers: usize,
}

#[derive(Debug)]
enum Failure {
    /// The block wants to be undone.
    Wanted,
    Runtime(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Runtime(error)
    }
}

/// Runs one seed; panics when something is wrong.
pub fn run(executor: Executor, seed: u64) -> Seen {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let mut dice = Dice::new(seed);
    let closes_early = dice.below(8) == 0;
    // Readers answer on threads of their own, and need a file.
    let readers = if executor != Executor::Inline && dice.below(4) == 0 {
        1 + dice.below(2)
    } else {
        0
    };
    // What a database in memory held cannot be seen once it is closed.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("board.db");
    let builder = BoardDatabase::builder().executor(executor);
    let builder = if closes_early || readers > 0 {
        builder.path(&file).readers(readers)
    } else {
        builder.memory()
    };
    let db = runtime.block_on(builder.open()).unwrap();
    let world = World {
        seed,
        db,
        acknowledged: Cell::new(1),
        sights: RefCell::default(),
        traces: RefCell::default(),
        closing: Cell::new(false),
        closed: Cell::new(0),
        items: Cell::new(0),
        readers,
    };
    // Timers can be made but never fire: nothing here may need one.
    let _entered = runtime.enter();
    let last = RefCell::new(None);
    let watched: Vec<Cell<usize>> = (0..dice.below(3)).map(|_| Cell::new(0)).collect();
    let mut scheduler = Scheduler::default();
    let tasks = 2 + dice.below(4);
    for task in 0..tasks {
        let program = Planner::new(&mut dice, task).program();
        let polls = (dice.below(3) == 0).then(|| 1 + dice.below(25));
        let future = Some(Box::pin(world.carry_out(program)));
        scheduler.spawn(DropAfter { polls, future });
    }
    for last in &watched {
        if dice.below(3) == 0 {
            scheduler.spawn_background(world.watch_both(last));
        } else {
            scheduler.spawn_background(world.watch(last));
        }
    }
    if closes_early {
        scheduler.spawn(world.close());
    }
    // A watch that has to wait for its turn, and closing, are work for the thread even then.
    let alone = executor == Executor::Inline && watched.is_empty() && !closes_early;
    let stuck = |phase| move |_| panic!("seed {seed}, {executor:?}: nobody moves {phase}");
    scheduler
        .run(&mut dice, alone)
        .unwrap_or_else(stuck("in the run"));
    if !closes_early {
        scheduler.spawn(async { *last.borrow_mut() = Some(world.titles().await.unwrap()) });
        scheduler
            .run(&mut dice, alone)
            .unwrap_or_else(stuck("in the last query"));
        let end = last.borrow().as_ref().map_or(0, Vec::len);
        let settled = || watched.iter().all(|watched| watched.get() == end);
        scheduler
            .settle(&mut dice, alone, settled)
            .unwrap_or_else(stuck("before the last item"));
        scheduler.spawn(world.close());
    }
    scheduler
        .finish(&mut dice)
        .unwrap_or_else(stuck("at the end"));
    drop(scheduler);
    let last = last.into_inner().unwrap_or_else(|| titles_in(&file));
    world.judge(&last)
}

impl World {
    async fn titles(&self) -> Result<Vec<String>, Error> {
        let rows = self.db.cards().titles().list().await?;
        Ok(rows.into_iter().map(|row| row.title).collect())
    }

    async fn close(&self) {
        for _ in 0..self.seed % 7 {
            yield_once().await;
        }
        self.closing.set(true);
        self.db.close().await.unwrap();
    }

    async fn carry_out(&self, program: Vec<Operation>) {
        for operation in program {
            let least = self.acknowledged.get();
            let result = match operation {
                Operation::Read => self
                    .titles()
                    .await
                    .map(|titles| self.see(titles, least, &[])),
                Operation::Insert(title) => {
                    let trace = self.begin(vec![vec![title.clone()]]);
                    let done = self
                        .db
                        .cards()
                        .insert_titled(&title)
                        .execute()
                        .await
                        .map(drop);
                    self.end(trace, done.is_ok());
                    done
                }
                Operation::Transaction { steps, fails } => self.transaction(&steps, fails).await,
            };
            match result {
                Ok(()) => {}
                Err(error) if error.is_closed() && self.closing.get() => {
                    self.closed.set(self.closed.get() + 1);
                }
                Err(error) => panic!("seed {}: {error:?}", self.seed),
            }
        }
    }

    async fn transaction(&self, steps: &[Step], fails: bool) -> Result<(), Error> {
        let expected = if fails {
            vec![Vec::new()]
        } else {
            outcomes(steps)
        };
        let trace = self.begin(expected);
        let least = self.acknowledged.get();
        let block = async |tx: BoardTransaction| {
            let mut own = Vec::new();
            self.steps(&tx, steps, least, &mut own).await?;
            if fails { Err(Failure::Wanted) } else { Ok(()) }
        };
        match self.db.transaction(block).await {
            Ok(()) => {
                self.end(trace, true);
                Ok(())
            }
            Err(Failure::Wanted) => {
                self.end(trace, false);
                Ok(())
            }
            Err(Failure::Runtime(error)) => {
                self.end(trace, false);
                Err(error)
            }
        }
    }

    fn steps<'s>(
        &'s self,
        tx: &'s BoardTransaction,
        steps: &'s [Step],
        least: usize,
        own: &'s mut Vec<String>,
    ) -> Pin<Box<dyn Future<Output = Result<(), Error>> + 's>> {
        Box::pin(async move {
            for step in steps {
                match step {
                    Step::Insert(title) => {
                        tx.cards().insert_titled(title).execute().await?;
                        own.push(title.clone());
                    }
                    Step::Read => {
                        // On the handle or on the database: inside the block both are the transaction.
                        let rows = tx.cards().titles().list().await?;
                        let same = self.titles().await?;
                        let titles: Vec<_> = rows.into_iter().map(|row| row.title).collect();
                        assert_eq!(titles, same, "seed {}", self.seed);
                        self.see(titles, least, own);
                    }
                    Step::Pause => yield_once().await,
                    Step::Fail => {
                        let error = tx.cards().retitle_all("all the same").one().await;
                        // With one card this would succeed, and undoing it is not what is asked here.
                        if error.is_ok() {
                            tx.cards().retitle_all("read the guide").list().await?;
                        }
                    }
                    Step::Nested { steps, fails } => {
                        let mut inner = own.clone();
                        let block = async |tx: BoardTransaction| {
                            self.steps(&tx, steps, least, &mut inner).await?;
                            if *fails { Err(Failure::Wanted) } else { Ok(()) }
                        };
                        match tx.transaction(block).await {
                            Ok(()) => *own = inner,
                            Err(Failure::Wanted) => {}
                            Err(Failure::Runtime(error)) => return Err(error),
                        }
                    }
                    Step::Both(a, b) => {
                        let branch = async |steps: &[Step]| {
                            tx.transaction(async |tx| writes(&tx, steps).await).await
                        };
                        let (a, b) = both(branch(a), branch(b)).await;
                        a?;
                        b?;
                        let rows = tx.cards().titles().list().await?;
                        let titles: Vec<_> = rows.into_iter().map(|row| row.title).collect();
                        let before = titles.len() - outcomes(std::slice::from_ref(step))[0].len();
                        own.extend_from_slice(&titles[before..]);
                    }
                }
            }
            Ok(())
        })
    }

    pub(super) fn see(&self, titles: Vec<String>, least: usize, own: &[String]) {
        let own = own.to_vec();
        self.sights.borrow_mut().push(Sight { titles, least, own });
    }

    fn begin(&self, outcomes: Vec<Vec<String>>) -> usize {
        let mut traces = self.traces.borrow_mut();
        traces.push(Trace {
            outcomes,
            committed: None,
        });
        traces.len() - 1
    }

    fn end(&self, trace: usize, committed: bool) {
        let trace = &mut self.traces.borrow_mut()[trace];
        trace.committed = Some(committed);
        if committed {
            let titles = trace.outcomes[0].len();
            self.acknowledged.set(self.acknowledged.get() + titles);
        }
    }

    fn judge(self, last: &[String]) -> Seen {
        let sights = self.sights.into_inner();
        let traces = self.traces.into_inner();
        check(self.seed, &sights, &traces, last);
        let count = |committed| {
            traces
                .iter()
                .filter(|trace| trace.committed == committed)
                .count()
        };
        Seen {
            committed: count(Some(true)),
            undone: count(Some(false)),
            dropped: count(None),
            reads: sights.len(),
            items: self.items.get(),
            closed: self.closed.get(),
            beside: usize::from(self.readers > 0),
        }
    }
}

/// The titles in a file that is closed.
fn titles_in(file: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(file).unwrap();
    let mut titles = connection
        .prepare("SELECT title FROM card ORDER BY id")
        .unwrap();
    let rows = titles.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Steps beside others, which therefore cannot say what they should read.
fn writes<'s>(
    tx: &'s BoardTransaction,
    steps: &'s [Step],
) -> Pin<Box<dyn Future<Output = Result<(), Error>> + 's>> {
    Box::pin(async move {
        for step in steps {
            match step {
                Step::Insert(title) => drop(tx.cards().insert_titled(title).execute().await?),
                Step::Pause => yield_once().await,
                Step::Read | Step::Fail => drop(tx.cards().titles().list().await?),
                Step::Nested { steps, fails } => {
                    let block = async |tx: BoardTransaction| {
                        writes(&tx, steps).await?;
                        if *fails { Err(Failure::Wanted) } else { Ok(()) }
                    };
                    if let Err(Failure::Runtime(error)) = tx.transaction(block).await {
                        return Err(error);
                    }
                }
                Step::Both(a, b) => {
                    let branch = async |steps: &[Step]| {
                        tx.transaction(async |tx| writes(&tx, steps).await).await
                    };
                    let (a, b) = both(branch(a), branch(b)).await;
                    a?;
                    b?;
                }
            }
        }
        Ok(())
    })
}
