//! Values one after the other, as they cross.
//!
//! `[7, 'a']` is the bytes `01 0e 03 01 61`: a cell is its storage class and what postcard makes of its value. Invariants:
//! every value arrives as it was, to the bit; cells stay encoded until somebody reads them, so that they take no more memory
//! than they took on the way; those that were received are looked at whole before anybody reads one.

use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::{Cell, Value};

use super::codec::write;

/// A cell, as postcard writes it down.
#[derive(Serialize, Deserialize)]
enum WireCell<'c> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'c str),
    #[serde(borrow, serialize_with = "bytes")]
    Blob(&'c [u8]),
}

fn bytes<S: Serializer>(blob: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(blob)
}

impl<'c> From<Cell<'c>> for WireCell<'c> {
    fn from(cell: Cell<'c>) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Integer(integer) => Self::Integer(integer),
            Cell::Real(real) => Self::Real(real),
            Cell::Text(text) => Self::Text(text),
            Cell::Blob(blob) => Self::Blob(blob),
        }
    }
}

impl<'c> From<WireCell<'c>> for Cell<'c> {
    fn from(cell: WireCell<'c>) -> Self {
        match cell {
            WireCell::Null => Self::Null,
            WireCell::Integer(integer) => Self::Integer(integer),
            WireCell::Real(real) => Self::Real(real),
            WireCell::Text(text) => Self::Text(text),
            WireCell::Blob(blob) => Self::Blob(blob),
        }
    }
}

/// Values one after the other.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Cells {
    bytes: Vec<u8>,
    count: usize,
}

impl Cells {
    /// Adds a value.
    pub(crate) fn push(&mut self, cell: Cell<'_>) {
        write(&WireCell::from(cell), &mut self.bytes);
        self.count += 1;
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// How many bytes they take.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The values in their order.
    pub(crate) fn iter(&self) -> CellsIter<'_> {
        CellsIter(&self.bytes)
    }

    /// Copies all of them.
    pub(crate) fn to_values(&self) -> Vec<Value> {
        let mut values = Vec::with_capacity(self.count);
        values.extend(self.iter().map(Value::from));
        values
    }

    /// Takes over received bytes, if they are cells.
    fn checked(bytes: Vec<u8>) -> Option<Self> {
        let mut count = 0;
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            (_, rest) = postcard::take_from_bytes::<WireCell<'_>>(rest).ok()?;
            count += 1;
        }
        Some(Self { bytes, count })
    }
}

impl fmt::Debug for Cells {
    /// Keeps the values to itself: messages are shown in errors and traces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cells({})", self.count)
    }
}

impl<'c> FromIterator<Cell<'c>> for Cells {
    fn from_iter<I: IntoIterator<Item = Cell<'c>>>(cells: I) -> Self {
        let mut all = Self::default();
        for cell in cells {
            all.push(cell);
        }
        all
    }
}

impl From<&[Value]> for Cells {
    fn from(values: &[Value]) -> Self {
        values.iter().map(Value::as_cell).collect()
    }
}

/// The values that are left to read.
#[derive(Debug, Clone)]
pub(crate) struct CellsIter<'c>(&'c [u8]);

impl<'c> Iterator for CellsIter<'c> {
    type Item = Cell<'c>;

    fn next(&mut self) -> Option<Cell<'c>> {
        // What is not a cell has been refused when it came.
        let (cell, rest) = postcard::take_from_bytes::<WireCell<'c>>(self.0).ok()?;
        self.0 = rest;
        Some(cell.into())
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Received)
    }
}

struct Received;

impl Visitor<'_> for Received {
    type Value = Cells;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cells")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Cells, E> {
        Cells::checked(bytes.to_owned()).ok_or_else(|| E::custom("bytes that are no cells"))
    }
}

/// Rows of equal width.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "(u32, Cells)")]
pub(crate) struct Rows {
    width: u32,
    cells: Cells,
}

impl Rows {
    /// Adds a row, as wide as all the others.
    pub(crate) fn push<'c>(&mut self, row: impl IntoIterator<Item = Cell<'c>>) {
        let before = self.cells.count();
        for cell in row {
            self.cells.push(cell);
        }
        // SQLite has at most 32767 columns.
        self.width = u32::try_from(self.cells.count() - before).unwrap_or(u32::MAX);
    }

    /// How many rows there are.
    pub(crate) fn count(&self) -> usize {
        self.cells.count().checked_div(self.width()).unwrap_or(0)
    }

    /// How many bytes they take.
    pub(crate) fn size(&self) -> usize {
        self.cells.size()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Copies all of them to the end of `rows`.
    pub(crate) fn append_to(&self, rows: &mut Vec<Vec<Value>>) {
        let mut cells = self.cells.iter();
        rows.reserve(self.count());
        for _ in 0..self.count() {
            let mut row = Vec::with_capacity(self.width());
            row.extend(cells.by_ref().take(self.width()).map(Value::from));
            rows.push(row);
        }
    }

    fn width(&self) -> usize {
        // Never wider than what is there.
        usize::try_from(self.width).unwrap_or(usize::MAX)
    }
}

impl From<&[Vec<Value>]> for Rows {
    fn from(rows: &[Vec<Value>]) -> Self {
        let mut all = Self::default();
        for row in rows {
            all.push(row.iter().map(Value::as_cell));
        }
        all
    }
}

impl TryFrom<(u32, Cells)> for Rows {
    type Error = &'static str;

    fn try_from((width, cells): (u32, Cells)) -> Result<Self, &'static str> {
        let rows = Self { width, cells };
        match rows.cells.count().checked_rem(rows.width()) {
            Some(0) => Ok(rows),
            None if rows.cells.is_empty() => Ok(rows),
            _ => Err("cells that make no whole rows"),
        }
    }
}
