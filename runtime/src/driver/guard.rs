//! Work that is undone, alone, if it fails or panics: in a transaction of its own or in a savepoint.
//!
//! In: a connection and what to do on it. Out: its value, committed or released, or its error and nothing changed.

use crate::error::Result;

use super::{Bracket, Embedded, Engine};

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

/// Does a write.
pub(super) fn guarded<C: Controlled, T>(
    on: &mut C,
    work: impl FnOnce(&mut C) -> Result<T>,
) -> Result<T> {
    let bracket = Bracket::around_write(on.in_transaction());
    within(on, bracket, work)
}

pub(super) fn within<C: Controlled, T>(
    on: &mut C,
    bracket: Bracket,
    work: impl FnOnce(&mut C) -> Result<T>,
) -> Result<T> {
    run(on, bracket.begin())?;
    let mut guard = Undo {
        on,
        bracket,
        armed: true,
    };
    let value = work(guard.on)?;
    run(guard.on, bracket.keep())?;
    guard.armed = false;
    Ok(value)
}

struct Undo<'c, C: Controlled> {
    on: &'c mut C,
    bracket: Bracket,
    armed: bool,
}

impl<C: Controlled> Drop for Undo<'_, C> {
    fn drop(&mut self) {
        if !self.armed || !self.on.in_transaction() {
            return;
        }
        // A failure here shows at the next statement: the owner of the frame finds the transaction still open.
        let mut statements = self.bracket.undo().iter();
        let _ = statements.try_for_each(|sql| self.on.control(sql));
    }
}

fn run(on: &mut impl Controlled, sql: Option<&str>) -> Result<()> {
    sql.map_or(Ok(()), |sql| on.control(sql))
}
