//! Values on their way into a statement of rusqlite's.

use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::error::{Result, from_rusqlite};
use crate::value::{Cell, Target, Value};

pub(super) fn bind_all(statement: &mut rusqlite::Statement<'_>, values: &[Value]) -> Result<()> {
    let mut numbered = (1..).zip(values);
    numbered.try_for_each(|(index, value)| statement.put(index, value.as_cell()))
}

impl Target for rusqlite::Statement<'_> {
    #[inline]
    fn put(&mut self, index: usize, cell: Cell<'_>) -> Result<()> {
        let value = match cell {
            Cell::Null => ValueRef::Null,
            Cell::Integer(integer) => ValueRef::Integer(integer),
            Cell::Real(real) => ValueRef::Real(real),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Blob(blob) => ValueRef::Blob(blob),
        };
        self.raw_bind_parameter(index, ToSqlOutput::Borrowed(value))
            .map_err(from_rusqlite)
    }
}
