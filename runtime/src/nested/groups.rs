//! The rows of one level of a nested result: parents, or the elements of one collection.
//!
//! `(1, 'a', 10), (1, 'a', 11), (2, 'b', 10)` by the first column → `(1, 'a')` at 0 and `(2, 'b')` at 1; their third
//! columns as elements of these → `(0, 10)`, `(0, 11)` and `(1, 10)`.

use std::hash::BuildHasher;
use std::ops::{Index, IndexMut, Range};
use std::vec;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::error::Result;
use crate::value::{Cell, Row};

/// Rows that a key tells apart, each with the place of the row that it belongs to.
///
/// Keys compare by content and storage class: NULL equals NULL, as in GROUP BY, and 1 equals 1.0.
#[derive(Debug)]
pub struct Groups<T> {
    found: Vec<(usize, T)>,
    keys: Keys,
}

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Self {
            found: Vec::new(),
            keys: Keys::default(),
        }
    }
}

impl<T> Groups<T> {
    /// Gives the place of the row with this key in the row `of` that it belongs to, and reads it if it is a new one.
    ///
    /// # Errors
    ///
    /// What `read` reports, and [`Error::Convert`](crate::Error::Convert) for a key of no UTF-8.
    #[inline]
    pub fn find(
        &mut self,
        row: &Row<'_>,
        of: usize,
        key: &[usize],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<usize> {
        let place = self.keys.place(row, of, key)?;
        if place == self.found.len() {
            self.found.push((of, read(row)?));
        }
        Ok(place)
    }

    /// All rows, in the order in which they appeared.
    #[must_use]
    pub fn into_rows(self) -> Vec<T> {
        self.found.into_iter().map(|(_, row)| row).collect()
    }
}

impl<T> Index<usize> for Groups<T> {
    type Output = T;

    fn index(&self, place: usize) -> &T {
        &self.found[place].1
    }
}

impl<T> IndexMut<usize> for Groups<T> {
    fn index_mut(&mut self, place: usize) -> &mut T {
        &mut self.found[place].1
    }
}

/// Each row with the place of the one that it belongs to.
impl<T> IntoIterator for Groups<T> {
    type Item = (usize, T);
    type IntoIter = vec::IntoIter<(usize, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

/// The keys of rows by their places.
#[derive(Debug, Default)]
struct Keys {
    /// Key after key, each as its parent and its cells.
    bytes: Vec<u8>,
    /// Where each of them starts.
    starts: Vec<usize>,
    places: HashTable<usize>,
    hasher: DefaultHashBuilder,
    /// The place that was found last: most joins give the rows of one parent one after the other.
    last: usize,
}

impl Keys {
    /// The place of a key; that of a new one is the number of keys before it.
    fn place(&mut self, row: &Row<'_>, of: usize, key: &[usize]) -> Result<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&of.to_le_bytes());
        for column in key {
            write(&mut self.bytes, row.key(*column)?);
        }
        let (known, wanted) = self.bytes.split_at(start);
        if known.get(span(&self.starts, start, self.last)) == Some(wanted) {
            self.bytes.truncate(start);
            return Ok(self.last);
        }
        let hash = self.hasher.hash_one(wanted);
        let is_wanted = |place: &usize| known[span(&self.starts, start, *place)] == *wanted;
        if let Some(place) = self.places.find(hash, is_wanted) {
            self.last = *place;
            self.bytes.truncate(start);
            return Ok(self.last);
        }
        self.last = self.starts.len();
        self.starts.push(start);
        let (bytes, starts, hasher) = (&self.bytes, &self.starts, &self.hasher);
        let rehash = |place: &usize| hasher.hash_one(&bytes[span(starts, bytes.len(), *place)]);
        self.places.insert_unique(hash, self.last, rehash);
        Ok(self.last)
    }
}

/// Where the key of `place` lies; `end` is that of the last one.
fn span(starts: &[usize], end: usize, place: usize) -> Range<usize> {
    let next = |place: usize| starts.get(place).copied().unwrap_or(end);
    next(place)..next(place + 1)
}

/// Appends a cell so that no two cells, and no two rows of them, have the same bytes.
fn write(bytes: &mut Vec<u8>, cell: Cell<'_>) {
    let mut put = |class: u8, content: &[u8]| {
        bytes.push(class);
        bytes.extend_from_slice(content);
    };
    match cell {
        Cell::Null => put(0, &[]),
        Cell::Integer(integer) => put(1, &integer.to_le_bytes()),
        Cell::Real(real) => match integer_of(real) {
            Some(integer) => put(1, &integer.to_le_bytes()),
            None => put(2, &real.to_bits().to_le_bytes()),
        },
        Cell::Text(text) => {
            put(3, &text.len().to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        Cell::Blob(blob) => {
            put(4, &blob.len().to_le_bytes());
            bytes.extend_from_slice(blob);
        }
    }
}

/// The integer that SQLite finds equal to `real`.
fn integer_of(real: f64) -> Option<i64> {
    // Beyond, a REAL stands for no one integer.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and in range")]
    (real.fract() == 0.0 && real.abs() <= EXACT).then_some(real as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Statement;
    use crate::value::{Adapters, Value};

    fn place(groups: &mut Groups<usize>, of: usize, cells: &[Value]) -> usize {
        let row = Row::copied(&Statement::EMPTY, &Adapters::NONE, cells);
        let key: Vec<usize> = (0..cells.len()).collect();
        let next = groups.found.len();
        groups.find(&row, of, &key, |_| Ok(next)).unwrap()
    }

    #[test]
    fn keys_compare_by_content_and_class() {
        let text = |text: &str| Value::Text(text.to_owned());
        let blob = |bytes: &[u8]| Value::Blob(bytes.to_vec());
        let distinct = [
            vec![Value::Null, Value::Null],
            vec![Value::Integer(1), Value::Null],
            vec![Value::Null, Value::Integer(1)],
            vec![Value::Real(1.5), Value::Null],
            vec![Value::Real(1e300), Value::Null],
            vec![text("a"), text("bc")],
            vec![text("ab"), text("c")],
            vec![text(""), text("abc")],
            vec![blob(b"ab"), text("c")],
            vec![blob(b""), blob(b"")],
            vec![text("\u{3}"), blob(&[3; 9])],
        ];
        let mut groups = Groups::default();
        for round in 0..2 {
            for (number, cells) in distinct.iter().enumerate() {
                assert_eq!(place(&mut groups, 0, cells), number, "round {round}");
            }
        }
        let same = [Value::Real(1.0), Value::Null];
        assert_eq!(place(&mut groups, 0, &same), 1);
        let elsewhere = place(&mut groups, 7, &distinct[0]);
        assert_eq!(elsewhere, distinct.len());
    }

    #[test]
    fn minus_zero_is_zero() {
        let mut groups = Groups::default();
        for zero in [Value::Integer(0), Value::Real(0.0), Value::Real(-0.0)] {
            assert_eq!(place(&mut groups, 0, &[zero]), 0);
        }
    }

    #[test]
    fn rows_keep_their_order_and_where_they_belong() {
        let mut groups = Groups::default();
        let given = [(5, 1), (5, 2), (9, 1), (5, 1), (9, 3), (5, 2)];
        for (of, key) in given {
            place(&mut groups, of, &[Value::Integer(key)]);
        }
        let found: Vec<_> = groups.into_iter().collect();
        assert_eq!(found, [(5, 0), (5, 1), (9, 2), (9, 3)]);
    }

    #[test]
    fn thousands_of_keys_are_found_again() {
        let mut groups = Groups::default();
        for round in 0..2 {
            for number in 0..5000_i64 {
                let cells = [Value::Text(format!("key {number}"))];
                let found = place(&mut groups, 0, &cells);
                assert_eq!(i64::try_from(found), Ok(number), "round {round}");
            }
        }
    }
}
