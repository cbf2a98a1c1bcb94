//! Binding: from a params struct to the parameters of a statement.
//!
//! In: `to.bind(1, &self.title)`. Out: the value in SQLite's statement itself when the work runs here, an owned
//! [`Value`] when it runs elsewhere. Invariant: NaN arrives as NULL on both ways.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::statement::Statement;

use super::list::JsonArray;
use super::{Cell, ToCell, ToList, Value};

/// Where bound values end up.
pub(crate) trait Target {
    fn put(&mut self, index: usize, cell: Cell<'_>) -> Result<()>;
}

impl Target for Vec<Value> {
    fn put(&mut self, index: usize, cell: Cell<'_>) -> Result<()> {
        if self.len() < index {
            self.resize(index, Value::Null);
        }
        // The line above made room, and indexes of parameters start at 1.
        if let Some(place) = index.checked_sub(1).and_then(|index| self.get_mut(index)) {
            *place = cell.into();
        }
        Ok(())
    }
}

/// Takes the values of a statement's parameters.
pub struct Binder<'b> {
    statement: &'static Statement,
    target: &'b mut dyn Target,
}

impl<'b> Binder<'b> {
    pub(crate) fn new(statement: &'static Statement, target: &'b mut dyn Target) -> Self {
        Self { statement, target }
    }

    /// Binds the parameter with this number, counted from 1 as SQLite does.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] from the type's own conversion, or what the driver reports.
    #[inline]
    pub fn bind<T: ToCell + ?Sized>(&mut self, index: usize, value: &T) -> Result<()> {
        value.to_cell(Slot {
            statement: self.statement,
            index,
            target: &mut *self.target,
        })
    }

    /// Binds the list parameter with this number: `x IN :list`.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] with the parameter's name for an element that is NULL or NaN, and what [`Binder::bind`] reports.
    pub fn bind_list<L: ToList + ?Sized>(&mut self, index: usize, list: &L) -> Result<()> {
        let Some(elements) = list.to_list() else {
            return self.target.put(index, Cell::Null);
        };
        let mut array = JsonArray::new(self.statement);
        for element in elements {
            element.to_cell(Slot {
                statement: self.statement,
                index,
                target: &mut array,
            })?;
        }
        self.target.put(index, Cell::Text(&array.finish()))
    }
}

/// One parameter, waiting for its value.
pub struct Slot<'s> {
    statement: &'static Statement,
    index: usize,
    target: &'s mut dyn Target,
}

impl Slot<'_> {
    /// Gives the parameter its value.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    #[inline]
    pub fn bind(self, cell: Cell<'_>) -> Result<()> {
        let cell = match cell {
            Cell::Real(real) if real.is_nan() => Cell::Null,
            cell => cell,
        };
        self.target.put(self.index, cell)
    }

    /// Makes the error for a value which cannot be bound; `found` must not contain the value, it may be a secret.
    #[must_use]
    pub fn refuse(self, expected: impl Into<Cow<'static, str>>, found: impl Into<String>) -> Error {
        refusal(self.statement, self.index, expected, found)
    }
}

/// The error for a value of the parameter `index` which cannot be bound.
pub(super) fn refusal(
    statement: &'static Statement,
    index: usize,
    expected: impl Into<Cow<'static, str>>,
    found: impl Into<String>,
) -> Error {
    let name = index
        .checked_sub(1)
        .and_then(|index| statement.parameters.get(index));
    Error::Convert {
        column: name.map_or_else(|| format!("?{index}"), ToString::to_string),
        expected: expected.into(),
        found: found.into(),
        origin: None,
    }
}
