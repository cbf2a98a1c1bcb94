//! One round on one schema: watches, writes, and a look after each.

use std::fmt;

use sqlitenow_runtime::{Changes, Value};

use super::dice::Dice;
use super::grounds::{Asked, Databases, Ground, Later, Rows, Stop, Watcher, Written, now};
use super::sets::{Meeting, meeting};

/// So many writes are tried while the same watches live.
const WRITES: usize = 12;

/// What was found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Writes in each of the ways, and those of them that failed.
    ways: [usize; 4],
    failed: usize,
    /// Looks at a watch after a write that was not undone.
    looks: usize,
    /// Results that had changed.
    changed: usize,
    /// Queries that ran again after generated writes that ran alone: as they did, and as they would if only columns, or
    /// only tables, were told apart. Of all of them so many had another result.
    alone: [usize; 3],
    alone_changed: usize,
    /// Queries that ran again after a block was undone.
    undone: usize,
    /// Changes of which a watch was not told.
    pub missed: Vec<String>,
}

impl Findings {
    pub fn covers_everything(&self) -> bool {
        let [rows, columns, tables] = self.alone;
        self.ways.iter().all(|way| *way > self.failed / 100)
            && self.changed * 20 > self.looks
            && self.undone == 0
            && self.alone_changed <= rows
            && rows < columns
            && columns < tables
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [alone, block, undone, raw] = self.ways;
        writeln!(
            f,
            "{alone} writes alone, {block} in blocks, {undone} in blocks that were undone, {raw} raw; {} failed",
            self.failed
        )?;
        writeln!(
            f,
            "{} looks at watches, {} results had changed, {} were missed; {} queries ran again after an undone block",
            self.looks,
            self.changed,
            self.missed.len(),
            self.undone
        )?;
        let changed = self.alone_changed;
        for (told, ran) in ["rows", "columns", "tables"].iter().zip(self.alone) {
            writeln!(
                f,
                "telling {told} apart: {ran} queries ran again after writes alone, {} of them for nothing",
                ran - changed
            )?;
        }
        Ok(())
    }
}

/// A watch with the values it was made with, and its last result.
struct Watched {
    query: &'static Asked,
    given: Vec<Value>,
    watcher: Watcher,
    last: Option<Rows>,
}

fn values(dice: &mut Dice) -> Vec<Value> {
    let value = |dice: &mut Dice| match dice.below(12) {
        0 => Value::Null,
        n => Value::Integer(i64::try_from(n % 9).unwrap()),
    };
    (0..8).map(|_| value(dice)).collect()
}

/// Tries some writes on one schema.
pub fn run(on: &Databases, ground: &'static Ground, round: u64, findings: &mut Findings) {
    let mut dice = Dice::new(round);
    for row in ground.rows {
        // The schema may refuse it.
        let _ = now((ground.raw)(on, row));
    }
    let watches = ground.queries.iter().map(|query| {
        let given = values(&mut dice);
        let mut watcher = (query.watch)(on, &given);
        let last = watcher().unwrap().ok();
        Watched {
            query,
            given,
            watcher,
            last,
        }
    });
    let mut watches: Vec<_> = watches.collect();
    for _ in 0..WRITES {
        let write = &ground.writes[dice.below(ground.writes.len())];
        let also = &ground.writes[dice.below(ground.writes.len())];
        let (given, more) = (values(&mut dice), values(&mut dice));
        let way = dice.below(4);
        findings.ways[way] += 1;
        let run = || now((write.run)(on, &given));
        let both: Later<'_, (), Stop> = Box::pin(async {
            (write.run)(on, &given).await?;
            (also.run)(on, &more).await?;
            if way == 2 { Err(Stop::Wanted) } else { Ok(()) }
        });
        let done = match way {
            0 => run().ok(),
            1 | 2 => match now((ground.block)(on, both)) {
                Ok(()) | Err(Stop::Wanted) => Some(Changes::default()),
                Err(Stop::Failed) => None,
            },
            _ => now((ground.raw)(on, &spelled(write, &given))).ok(),
        };
        findings.failed += usize::from(done.is_none());
        for watch in &mut watches {
            look(on, ground, (write, way, done), watch, findings);
        }
    }
}

/// The statement with values in the place of its parameters.
fn spelled(write: &Written, given: &[Value]) -> String {
    let mut sql = write.statement.sql.to_owned();
    for (name, value) in write.statement.parameters.iter().zip(given) {
        let value = match value {
            Value::Integer(integer) => integer.to_string(),
            _ => "NULL".to_owned(),
        };
        sql = sql.replace(name, &value);
    }
    sql
}

/// Compares what a watch was told with what there is.
fn look(
    on: &Databases,
    ground: &Ground,
    (write, way, done): (&Written, usize, Option<Changes>),
    watch: &mut Watched,
    findings: &mut Findings,
) {
    let told = (watch.watcher)();
    let fresh = now((watch.query.list)(on, &watch.given)).ok();
    let changed = fresh != watch.last;
    findings.looks += usize::from(way != 2);
    findings.changed += usize::from(changed);
    findings.undone += usize::from(way == 2 && told.is_some());
    let alone = way == 0 && done.is_some_and(|changes| changes.rows > 0);
    if alone {
        let meeting = meeting(write.statement, watch.query.statement);
        let ran = [
            told.is_some(),
            meeting == Meeting::Columns,
            meeting >= Meeting::Table,
        ];
        for (count, ran) in findings.alone.iter_mut().zip(ran) {
            *count += usize::from(ran);
        }
        findings.alone_changed += usize::from(changed);
    }
    let heard = match told {
        Some(item) => item.ok(),
        None => watch.last.take(),
    };
    if heard != fresh {
        let (name, sql) = (ground.name, write.statement.sql);
        let query = watch.query.statement.sql;
        findings.missed.push(format!(
            "{name}, way {way}: {sql}\nwatched: {query}\nheard: {heard:?}\nthere: {fresh:?}"
        ));
    }
    watch.last = fresh;
}
