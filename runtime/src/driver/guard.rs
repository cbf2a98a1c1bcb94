//! Work that is undone, alone, if it fails or panics: in a transaction of its own or in a savepoint.
//!
//! In: a connection and what to do on it. Out: its value, committed or released, or its error and nothing changed.

use crate::error::Result;

use super::{Bracket, Bracketed};

/// Does a write.
pub(super) fn guarded<C: Bracketed, T>(
    on: &mut C,
    work: impl FnOnce(&mut C) -> Result<T>,
) -> Result<T> {
    let bracket = Bracket::around_write(on.in_transaction());
    within(on, bracket, work)
}

pub(super) fn within<C: Bracketed, T>(
    on: &mut C,
    bracket: Bracket,
    work: impl FnOnce(&mut C) -> Result<T>,
) -> Result<T> {
    on.begin(bracket)?;
    let mut guard = Undo {
        on,
        bracket,
        armed: true,
    };
    let value = work(guard.on)?;
    guard.on.keep(bracket)?;
    guard.armed = false;
    Ok(value)
}

struct Undo<'c, C: Bracketed> {
    on: &'c mut C,
    bracket: Bracket,
    armed: bool,
}

impl<C: Bracketed> Drop for Undo<'_, C> {
    fn drop(&mut self) {
        if self.armed {
            // A failure here shows at the next statement: the owner of the frame finds the transaction still open.
            let _ = self.on.undo(self.bracket);
        }
    }
}
