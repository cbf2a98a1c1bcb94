//! A list with savepoints in the place of SQLite.
//!
//! In: the control statements of blocks, numbers to append. Out: what is committed. Invariant: what SQLite would refuse
//! is a panic.

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

    pub(crate) fn in_transaction(&self) -> bool {
        !self.marks.is_empty()
    }

    pub(crate) fn is_foreign(&self) -> bool {
        false
    }

    pub(crate) fn wants_checkpoint(&self) -> bool {
        false
    }

    pub(crate) fn control(&mut self, sql: &str) -> Result<()> {
        let depth = self.marks.len();
        let named = |sql: &str| sql.ends_with(&format!("sqlitenow_{depth}"));
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
            sql if sql.starts_with("SAVEPOINT ") => self.marks.push(self.rows.len()),
            sql if sql.starts_with("ROLLBACK TO ") => {
                assert!(named(sql), "{sql} with {depth} blocks open");
                self.rows.truncate(self.marks[depth - 1]);
            }
            sql if sql.starts_with("RELEASE ") => {
                assert!(named(sql), "{sql} with {depth} blocks open");
                self.marks.pop();
            }
            other => unreachable!("{other}"),
        }
        Ok(())
    }
}
