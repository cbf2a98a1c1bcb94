//! Reading: from a row of a statement to a row struct.
//!
//! In: the current row of SQLite's statement, or raw cells that came from elsewhere. Out: typed columns by
//! index. Invariant: both kinds of rows give the same values and the same errors.

use std::any::Any;

use rusqlite::types::ValueRef;

use crate::error::{Error, Origin, Result};
use crate::statement::Statement;

use super::text_of_real;
use super::{Adapted, Adapter, Adapters, Cell, FromCell, Misfit, Stored, Value};

/// One row of a result.
pub struct Row<'r> {
    statement: &'static Statement,
    adapters: &'r Adapters,
    cells: Cells<'r>,
}

enum Cells<'r> {
    /// The row at which SQLite's statement stands.
    Current(&'r rusqlite::Row<'r>),
    Copied(&'r [Value]),
}

impl<'r> Row<'r> {
    #[inline]
    pub(crate) fn current(
        statement: &'static Statement,
        adapters: &'r Adapters,
        row: &'r rusqlite::Row<'r>,
    ) -> Self {
        Self {
            statement,
            adapters,
            cells: Cells::Current(row),
        }
    }

    pub(crate) fn copied(
        statement: &'static Statement,
        adapters: &'r Adapters,
        cells: &'r [Value],
    ) -> Self {
        Self {
            statement,
            adapters,
            cells: Cells::Copied(cells),
        }
    }

    /// The adapters with which the database was opened.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when they are not of this type.
    pub fn adapters<A: Any>(&self) -> Result<&'r A> {
        self.adapters.of()
    }

    /// Reads the column with this index, counted from 0.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] when the column holds what `T` cannot.
    #[inline]
    pub fn get<T: FromCell>(&self, index: usize) -> Result<T> {
        let misfit = match self.cell(index) {
            Ok(cell) => match T::from_cell(cell) {
                Ok(value) => return Ok(value),
                Err(misfit) => misfit,
            },
            Err(misfit) => misfit,
        };
        Err(self.refuse(index, misfit))
    }

    /// Reads a text that SQLite may keep as a number: in a column of numeric affinity, such as DATE, '2024' is 2024.
    ///
    /// A number becomes the text that CAST would make of it, a REAL the shortest one that reads back as the same number.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] for a BLOB, and for a NULL unless `T` takes it.
    #[inline]
    pub fn get_text<T: FromCell + From<String>>(&self, index: usize) -> Result<T> {
        match self.cell(index) {
            Ok(Cell::Integer(integer)) => Ok(integer.to_string().into()),
            Ok(Cell::Real(real)) => Ok(text_of_real(real).into()),
            _ => self.get(index),
        }
    }

    /// Reads what arithmetic on reals gives: SQLite has no NaN and gives NULL in its place.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] for anything but NULL and a number.
    #[inline]
    pub fn get_real<T: FromCell + From<f32>>(&self, index: usize) -> Result<T> {
        match self.cell(index) {
            Ok(Cell::Null) => Ok(f32::NAN.into()),
            _ => self.get(index),
        }
    }

    /// Whether all these columns are NULL, so that an outer join found nothing for what they make.
    #[inline]
    #[must_use]
    pub fn is_null(&self, columns: impl IntoIterator<Item = usize>) -> bool {
        let mut columns = columns.into_iter();
        columns.all(|index| matches!(self.cell(index), Ok(Cell::Null)))
    }

    /// Makes sure that not all these columns are NULL.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] when they are.
    #[inline]
    pub fn require(&self, columns: impl IntoIterator<Item = usize>) -> Result<()> {
        let mut columns = columns.into_iter().peekable();
        let first = columns.peek().copied().unwrap_or_default();
        if self.is_null(columns) {
            return Err(self.refuse(
                first,
                Misfit {
                    expected: "a joined row".into(),
                    found: "NULL in all its columns".to_owned(),
                },
            ));
        }
        Ok(())
    }

    /// The cell of a column that tells rows apart.
    #[inline]
    pub(crate) fn key(&self, index: usize) -> Result<Cell<'_>> {
        self.cell(index)
            .map_err(|misfit| self.refuse(index, misfit))
    }

    /// Reads the column with this index by an adapter; `V` is `T`, or an `Option` of it for a column that may be NULL.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] when the column holds what `S` cannot, [`Error::Adapter`] for what the adapter refuses.
    pub fn get_by<V: Adapted<T>, T, S: Stored>(
        &self,
        index: usize,
        adapter: &Adapter<T, S>,
    ) -> Result<V> {
        match self.cell(index) {
            Ok(cell) => self.adapt(index, cell, adapter),
            Err(misfit) => Err(self.refuse(index, misfit)),
        }
    }

    /// Reads by an adapter a text that SQLite may keep as a number, as [`get_text`](Self::get_text) does.
    ///
    /// # Errors
    ///
    /// As for [`get_by`](Self::get_by).
    pub fn get_text_by<V: Adapted<T>, T>(
        &self,
        index: usize,
        adapter: &Adapter<T, String>,
    ) -> Result<V> {
        let text = match self.cell(index) {
            Ok(Cell::Integer(integer)) => integer.to_string(),
            Ok(Cell::Real(real)) => text_of_real(real),
            _ => return self.get_by(index, adapter),
        };
        self.adapt(index, Cell::Text(&text), adapter)
    }

    /// Reads by an adapter what arithmetic on reals gives, as [`get_real`](Self::get_real) does.
    ///
    /// # Errors
    ///
    /// As for [`get_by`](Self::get_by).
    pub fn get_real_by<V: Adapted<T>, T>(
        &self,
        index: usize,
        adapter: &Adapter<T, f64>,
    ) -> Result<V> {
        match self.cell(index) {
            Ok(Cell::Null) => self.adapt(index, Cell::Real(f64::NAN), adapter),
            _ => self.get_by(index, adapter),
        }
    }

    fn adapt<V: Adapted<T>, T, S: Stored>(
        &self,
        index: usize,
        cell: Cell<'_>,
        adapter: &Adapter<T, S>,
    ) -> Result<V> {
        if cell == Cell::Null {
            let null = V::adapted(None);
            return null.ok_or_else(|| self.refuse(index, Misfit::new(S::CLASS, &cell)));
        }
        let view = S::view(cell).map_err(|misfit| self.refuse(index, misfit))?;
        let read = adapter.read(view).map_err(|source| Error::Adapter {
            column: column_name(self.statement.columns, index),
            class: cell.class().into(),
            source,
            origin: Some(Box::new(Origin::new(self.statement, None))),
        })?;
        // A field that takes no NULL takes every value.
        V::adapted(Some(read)).ok_or_else(|| self.refuse(index, Misfit::new(S::CLASS, &cell)))
    }

    #[inline]
    fn cell(&self, index: usize) -> Result<Cell<'_>, super::Misfit> {
        match self.cells {
            Cells::Current(row) => row.get_ref(index).map_or_else(|_| Err(missing()), cell_of),
            Cells::Copied(cells) => cells.get(index).map(Value::as_cell).ok_or_else(missing),
        }
    }

    #[cold]
    fn refuse(&self, index: usize, misfit: super::Misfit) -> Error {
        Error::Convert {
            column: column_name(self.statement.columns, index),
            expected: misfit.expected,
            found: misfit.found,
            origin: Some(Box::new(Origin::new(self.statement, None))),
        }
    }
}

/// What a column is called in messages.
#[cold]
fn column_name(names: &[&str], index: usize) -> String {
    names
        .get(index)
        .map_or_else(|| index.to_string(), ToString::to_string)
}

#[cold]
fn missing() -> super::Misfit {
    super::Misfit {
        expected: "a column".into(),
        found: "none".to_owned(),
    }
}

/// Text is UTF-8 unless somebody cast a BLOB to TEXT: <https://www.sqlite.org/invalidutf.html>.
#[inline]
pub(crate) fn cell_of(value: ValueRef<'_>) -> Result<Cell<'_>, super::Misfit> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(integer) => Cell::Integer(integer),
        ValueRef::Real(real) => Cell::Real(real),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Cell::Text(text),
            Err(_) => {
                return Err(super::Misfit {
                    expected: "TEXT in UTF-8".into(),
                    found: "TEXT with other bytes".to_owned(),
                });
            }
        },
        ValueRef::Blob(blob) => Cell::Blob(blob),
    })
}
