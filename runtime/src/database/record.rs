//! What a database knows about each generated statement.
//!
//! In: statements. Out: their write sets in this database's numbers, and whether they were slow. Invariant: one
//! record per statement, found by its number; a statement of another module with the same number, or another
//! copy of the constant, is found by its address instead.

use std::collections::HashMap;
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::invalidation::{Tables, WriteSet};
use crate::statement::Statement;

/// From here on a run counts as slow.
const SLOW: Duration = Duration::from_millis(1);
/// How many quick runs on the thread it takes until a slow statement is tried inline again.
const PENANCE: u32 = 64;

pub(crate) struct Record {
    pub(crate) writes: WriteSet,
    penance: AtomicU32,
}

impl Record {
    pub(crate) fn was_slow(&self) -> bool {
        self.penance.load(Ordering::Relaxed) > 0
    }

    pub(crate) fn note(&self, took: Duration) {
        if took >= SLOW {
            self.penance.store(PENANCE, Ordering::Relaxed);
        } else if self.was_slow() {
            let less = |penance: u32| penance.checked_sub(1);
            let _ = self
                .penance
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        }
    }
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
        let make = || {
            Arc::new(Record {
                writes: tables.write_set(statement.writes),
                penance: AtomicU32::new(0),
            })
        };
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

    #[test]
    fn a_slow_statement_is_tried_again_after_enough_quick_runs() {
        let record = Records::new(0).of(&FIRST, &Tables::default());
        assert!(!record.was_slow());
        record.note(SLOW);
        for _ in 0..PENANCE {
            assert!(record.was_slow());
            record.note(Duration::ZERO);
        }
        assert!(!record.was_slow());
    }
}
