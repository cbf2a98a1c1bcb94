//! Values on their way into a statement of rusqlite's.

use rusqlite::types::Null;

use crate::error::{Result, from_rusqlite};
use crate::value::{Cell, Target, Value};

pub(super) fn bind_all(statement: &mut rusqlite::Statement<'_>, values: &[Value]) -> Result<()> {
    let mut numbered = (1..).zip(values);
    numbered.try_for_each(|(index, value)| statement.put(index, value.as_cell()))
}

impl Target for rusqlite::Statement<'_> {
    #[inline]
    fn put(&mut self, index: usize, cell: Cell<'_>) -> Result<()> {
        // Each type by itself: rusqlite would have to ask an enum again which it is.
        let bound = match cell {
            Cell::Null => self.raw_bind_parameter(index, Null),
            Cell::Integer(integer) => self.raw_bind_parameter(index, integer),
            Cell::Real(real) => self.raw_bind_parameter(index, real),
            Cell::Text(text) => self.raw_bind_parameter(index, text),
            Cell::Blob(blob) => self.raw_bind_parameter(index, blob),
        };
        bound.map_err(from_rusqlite)
    }
}
