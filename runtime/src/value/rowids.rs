//! The rows that a write is confined to, taken from what is bound.
//!
//! In: cells on their way into a statement whose keys name rows. Out: the integers among them. Invariant: nothing is
//! converted twice to learn it; a key that is bound to no integer stands for all rows.

use crate::error::Result;
use crate::statement::Key;

use super::{Cell, Target};

/// The integers that were bound to the parameters of keys, by the parameters' numbers.
#[derive(Debug, Default)]
pub(crate) struct Rowids(Vec<(usize, i64)>);

impl Rowids {
    /// Hands on to `target` what is bound, and remembers it.
    pub(crate) fn noting<'n>(
        &'n mut self,
        keys: &'static [Key],
        target: &'n mut dyn Target,
    ) -> impl Target + use<'n> {
        Noting {
            keys,
            target,
            rowids: self,
        }
    }

    /// The integer that was bound to the parameter with this number.
    pub(crate) fn of(&self, number: usize) -> Option<i64> {
        let mut rowids = self.0.iter();
        rowids
            .find(|(parameter, _)| *parameter == number)
            .map(|(_, rowid)| *rowid)
    }
}

struct Noting<'n> {
    keys: &'static [Key],
    target: &'n mut dyn Target,
    rowids: &'n mut Rowids,
}

impl Target for Noting<'_> {
    fn put(&mut self, index: usize, cell: Cell<'_>) -> Result<()> {
        if let Cell::Integer(rowid) = cell
            && self.keys.iter().any(|Key(_, number)| *number == index)
        {
            self.rowids.0.push((index, rowid));
        }
        self.target.put(index, cell)
    }
}
