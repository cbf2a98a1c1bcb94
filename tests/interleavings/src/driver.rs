//! A list with savepoints in the place of SQLite.
//!
//! In: the control statements of blocks, numbers to append. Out: what is committed. Invariant: what SQLite would refuse
//! is a panic.

#[path = "../../../runtime/src/driver/bracket.rs"]
mod bracket;

pub(crate) use self::bracket::{Bracket, Bracketed};

use crate::error::{Error, Result};

pub(crate) enum Patience {
    None,
    Full,
}

#[derive(Default)]
pub(crate) struct Engine {
    pub(crate) rows: Vec<u32>,
    /// How many rows there were when each open block began, outermost first.
    marks: Vec<usize>,
    /// Whether the next COMMIT fails.
    pub(crate) refuses: bool,
}

impl Engine {
    pub(crate) fn set_patience(&mut self, _: Patience) {}

    pub(crate) fn may_have_committed(&self) -> bool {
        false
    }

    pub(crate) fn wants_checkpoint(&self) -> bool {
        false
    }
}

impl Bracketed for Engine {
    fn in_transaction(&self) -> bool {
        !self.marks.is_empty()
    }

    fn control(&mut self, sql: &str) -> Result<()> {
        let depth = self.marks.len();
        match sql {
            "BEGIN IMMEDIATE" => {
                assert_eq!(depth, 0, "BEGIN inside of a transaction");
                self.marks.push(self.rows.len());
            }
            "COMMIT" | "ROLLBACK" => {
                assert_eq!(depth, 1, "{sql} with {depth} blocks open");
                if sql == "COMMIT" && std::mem::take(&mut self.refuses) {
                    return Err(Error::Refused);
                }
                let mark = self.marks.remove(0);
                if sql == "ROLLBACK" {
                    self.rows.truncate(mark);
                }
            }
            "SAVEPOINT sqlitenow" => {
                assert!(depth > 0, "a savepoint without a transaction");
                self.marks.push(self.rows.len());
            }
            "ROLLBACK TO sqlitenow" | "RELEASE sqlitenow" => {
                assert!(depth > 1, "{sql} without a savepoint");
                if sql == "RELEASE sqlitenow" {
                    self.marks.pop();
                } else {
                    self.rows.truncate(self.marks[depth - 1]);
                }
            }
            other => unreachable!("{other}"),
        }
        Ok(())
    }
}
