//! Whole numbers, as many as there are, in a few bytes each.
//!
//! The rows of a commit: `[7, 8]`; runs of a batch: `(statement, times)`; what each of them did: `(rows, last rowid)`.

use serde::{Deserialize, Serialize};

use crate::statement::Changes;
use crate::value::Cell;

use super::cells::Cells;

/// Cells that are all INTEGER.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Cells")]
pub(crate) struct Numbers(Cells);

impl Numbers {
    pub(crate) fn push(&mut self, number: i64) {
        self.0.push(Cell::Integer(number));
    }

    pub(crate) fn count(&self) -> usize {
        self.0.count()
    }

    fn size(&self) -> usize {
        self.0.size()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = i64> {
        self.0.iter().filter_map(|cell| match cell {
            Cell::Integer(number) => Some(number),
            _ => None,
        })
    }
}

impl FromIterator<i64> for Numbers {
    fn from_iter<I: IntoIterator<Item = i64>>(numbers: I) -> Self {
        let mut all = Self::default();
        numbers.into_iter().for_each(|number| all.push(number));
        all
    }
}

impl TryFrom<Cells> for Numbers {
    type Error = &'static str;

    fn try_from(cells: Cells) -> Result<Self, &'static str> {
        if cells.iter().all(|cell| matches!(cell, Cell::Integer(_))) {
            Ok(Self(cells))
        } else {
            Err("cells that are no integers")
        }
    }
}

/// Numbers, two and two.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Numbers")]
pub(crate) struct Pairs(Numbers);

impl Pairs {
    pub(crate) fn push(&mut self, first: i64, second: i64) {
        self.0.push(first);
        self.0.push(second);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.count() / 2
    }

    /// How many bytes they take.
    pub(crate) fn size(&self) -> usize {
        self.0.size()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        let mut numbers = self.0.iter();
        std::iter::from_fn(move || Some((numbers.next()?, numbers.next()?)))
    }

    /// The pairs as what statements did.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Changes> {
        self.iter()
            .map(|(rows, rowid)| Changes::new(u64::try_from(rows).unwrap_or(0), rowid))
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

impl TryFrom<Numbers> for Pairs {
    type Error = &'static str;

    fn try_from(numbers: Numbers) -> Result<Self, &'static str> {
        if numbers.count().is_multiple_of(2) {
            Ok(Self(numbers))
        } else {
            Err("numbers that are no pairs")
        }
    }
}
