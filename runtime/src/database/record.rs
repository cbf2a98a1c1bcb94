//! What a database knows about each generated statement.
//!
//! In: statements. Out: their write sets in this database's numbers, and whether they were slow. Invariant: one
//! record per statement, found by its number; a statement of another module with the same number, or another
//! copy of the constant, is found by its address instead.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::invalidation::{Pin, Table, Tables, WriteSet};
use crate::statement::Statement;

/// From here on a run counts as slow.
const SLOW: Duration = Duration::from_millis(1);
/// How many quick runs on the thread it takes until a slow statement is tried inline again.
const AFTER_SLOW: u32 = 64;
/// How many it takes for a statement whose plan promises nothing: it may read a whole table, but tables can be small.
const UNKNOWN: u32 = 8;

/// How quick a statement was, or promises to be.
pub(crate) struct Pace {
    /// Quick runs on the thread that are due before the statement may run inline.
    due: AtomicU32,
}

impl Pace {
    pub(crate) fn new(short: bool) -> Self {
        Self {
            due: AtomicU32::new(if short { 0 } else { UNKNOWN }),
        }
    }

    /// Whether the statement is known to be quick, by its plan or by its history.
    pub(crate) fn is_quick(&self) -> bool {
        self.due.load(Ordering::Relaxed) == 0
    }

    pub(crate) fn note(&self, took: Duration) {
        if took >= SLOW {
            self.due.store(AFTER_SLOW, Ordering::Relaxed);
        } else if !self.is_quick() {
            let less = |due: u32| due.checked_sub(1);
            let _ = self
                .due
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        }
    }
}

pub(crate) struct Record {
    pub(crate) writes: WriteSet,
    /// The parameters that name single rows of written tables.
    keys: Vec<(Table, usize)>,
    pub(crate) pace: Pace,
    /// Whether it reads what the file holds and nothing else, once a reader has asked SQLite.
    pub(crate) alone: OnceLock<bool>,
}

impl Record {
    fn new(statement: &Statement, tables: &Tables) -> Self {
        Self {
            writes: tables.write_set(statement.writes),
            keys: tables.keys(statement.keys),
            pace: Pace::new(statement.short),
            alone: OnceLock::new(),
        }
    }

    /// What a run of the statement has written, of the rows that its values name if `tells_apart`.
    pub(crate) fn written(
        &self,
        tells_apart: bool,
        rowid: impl Fn(usize) -> Option<i64>,
    ) -> Cow<'_, WriteSet> {
        if self.keys.is_empty() || !tells_apart {
            return Cow::Borrowed(&self.writes);
        }
        Cow::Owned(self.writes.confined(&pins(&self.keys, rowid)))
    }
}

/// The rows that the values of a statement's keys name.
pub(crate) fn pins(keys: &[(Table, usize)], rowid: impl Fn(usize) -> Option<i64>) -> Vec<Pin> {
    let keys = keys.iter();
    keys.map(|&(table, number)| (table, rowid(number)))
        .collect()
}

type Slot = OnceLock<(&'static Statement, Arc<Record>)>;

pub(crate) struct Records {
    dense: Box<[Slot]>,
    others: Mutex<HashMap<usize, Arc<Record>>>,
}

impl Records {
    pub(crate) fn new(statements: usize) -> Self {
        Self {
            dense: (0..statements).map(|_| Slot::new()).collect(),
            others: Mutex::default(),
        }
    }

    pub(crate) fn of(&self, statement: &'static Statement, tables: &Tables) -> Arc<Record> {
        let make = || Arc::new(Record::new(statement, tables));
        let number = usize::try_from(statement.number).unwrap_or(usize::MAX);
        if let Some(slot) = self.dense.get(number) {
            let (known, record) = slot.get_or_init(|| (statement, make()));
            if ptr::eq(*known, statement) {
                return Arc::clone(record);
            }
        }
        let address = ptr::from_ref(statement) as usize;
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(others.entry(address).or_insert_with(make))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Writes;

    static FIRST: Statement = Statement {
        name: "a.first",
        writes: &[Writes::Insert("a")],
        ..Statement::EMPTY
    };
    static SAME_NUMBER: Statement = Statement {
        name: "b.first",
        writes: &[Writes::Insert("b")],
        ..Statement::EMPTY
    };

    #[test]
    fn equal_numbers_of_two_modules_are_kept_apart() {
        let (records, tables) = (Records::new(1), Tables::default());
        let first = records.of(&FIRST, &tables);
        let other = records.of(&SAME_NUMBER, &tables);
        assert_ne!(first.writes, other.writes);
        assert!(Arc::ptr_eq(&first, &records.of(&FIRST, &tables)));
        assert!(Arc::ptr_eq(&other, &records.of(&SAME_NUMBER, &tables)));
    }

    /// Runs the statement quickly until it may run inline, and says how often that was.
    fn quick_runs(record: &Record) -> u32 {
        let mut runs = 0;
        while !record.pace.is_quick() {
            record.pace.note(Duration::ZERO);
            runs += 1;
        }
        runs
    }

    #[test]
    fn a_statement_is_quick_by_its_plan_or_after_enough_quick_runs() {
        static SHORT: Statement = Statement {
            short: true,
            ..Statement::EMPTY
        };
        let tables = Tables::default();
        assert_eq!(quick_runs(&Record::new(&SHORT, &tables)), 0);
        let record = Record::new(&FIRST, &tables);
        assert_eq!(quick_runs(&record), UNKNOWN);
        record.pace.note(SLOW);
        assert_eq!(quick_runs(&record), AFTER_SLOW);
    }
}
