//! Pairs of numbers, as many as there are, in a few bytes each.
//!
//! Runs of a batch: `(statement, times)`; what each of them did: `(rows, last rowid)`.

use serde::{Deserialize, Serialize};

use crate::statement::Changes;
use crate::value::Cell;

use super::cells::Cells;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Cells")]
pub(crate) struct Pairs(Cells);

impl Pairs {
    pub(crate) fn push(&mut self, first: i64, second: i64) {
        self.0.push(Cell::Integer(first));
        self.0.push(Cell::Integer(second));
    }

    pub(crate) fn count(&self) -> usize {
        self.0.count() / 2
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        let mut numbers = self.0.iter().filter_map(|cell| match cell {
            Cell::Integer(number) => Some(number),
            _ => None,
        });
        std::iter::from_fn(move || Some((numbers.next()?, numbers.next()?)))
    }
}

impl FromIterator<Changes> for Pairs {
    fn from_iter<I: IntoIterator<Item = Changes>>(all: I) -> Self {
        let mut pairs = Self::default();
        for changes in all {
            // SQLite counts in the same range.
            let rows = i64::try_from(changes.rows).unwrap_or(i64::MAX);
            pairs.push(rows, changes.last_rowid);
        }
        pairs
    }
}

impl Pairs {
    /// The pairs as what statements did.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Changes> {
        self.iter()
            .map(|(rows, rowid)| Changes::new(u64::try_from(rows).unwrap_or(0), rowid))
    }
}

impl TryFrom<Cells> for Pairs {
    type Error = &'static str;

    fn try_from(cells: Cells) -> Result<Self, &'static str> {
        let numbers = cells.iter().all(|cell| matches!(cell, Cell::Integer(_)));
        if numbers && cells.count().is_multiple_of(2) {
            Ok(Self(cells))
        } else {
            Err("numbers that are no pairs")
        }
    }
}
