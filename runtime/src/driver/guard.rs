//! Work that is undone, alone, if it fails or panics: in a transaction of its own or in a savepoint.
//!
//! In: a connection and what to do on it. Out: its value, committed or released, or its error and nothing changed.

use crate::error::Result;

use super::{Embedded, Engine};

/// What takes BEGIN, COMMIT and savepoints.
pub(super) trait Controlled {
    fn control(&mut self, sql: &str) -> Result<()>;
    fn in_transaction(&self) -> bool;
}

impl Controlled for Engine {
    fn control(&mut self, sql: &str) -> Result<()> {
        Engine::control(self, sql)
    }

    fn in_transaction(&self) -> bool {
        Engine::in_transaction(self)
    }
}

/// For work with a statement that borrows the connection.
impl Controlled for &Embedded {
    fn control(&mut self, sql: &str) -> Result<()> {
        Embedded::control(self, sql)
    }

    fn in_transaction(&self) -> bool {
        Embedded::in_transaction(self)
    }
}

pub(super) fn guarded<C: Controlled, T>(
    on: &mut C,
    work: impl FnOnce(&mut C) -> Result<T>,
) -> Result<T> {
    let nested = on.in_transaction();
    on.control(if nested {
        "SAVEPOINT sqlitenow_rows"
    } else {
        "BEGIN IMMEDIATE"
    })?;
    let mut guard = Undo {
        on,
        nested,
        armed: true,
    };
    let value = work(guard.on)?;
    guard.on.control(if nested {
        "RELEASE sqlitenow_rows"
    } else {
        "COMMIT"
    })?;
    guard.armed = false;
    Ok(value)
}

struct Undo<'c, C: Controlled> {
    on: &'c mut C,
    nested: bool,
    armed: bool,
}

impl<C: Controlled> Drop for Undo<'_, C> {
    fn drop(&mut self) {
        if !self.armed || !self.on.in_transaction() {
            return;
        }
        // A failure here shows at the next statement: the owner of the frame finds the transaction still open.
        if self.nested {
            let _ = self.on.control("ROLLBACK TO sqlitenow_rows");
            let _ = self.on.control("RELEASE sqlitenow_rows");
        } else {
            let _ = self.on.control("ROLLBACK");
        }
    }
}
