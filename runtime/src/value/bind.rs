//! Binding: from a params struct to the parameters of a statement.
//!
//! In: `to.bind(1, &self.title)`. Out: the value in SQLite's statement itself when the work runs here, an owned
//! [`Value`] when it runs elsewhere. Invariant: NaN arrives as NULL on both ways.

use std::any::Any;
use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::statement::Statement;

use super::list::JsonArray;
use super::{Adaptable, Adapter, Adapters, Cell, Stored, ToBytes, ToCell, ToList, Value};

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

impl Target for &mut [Value] {
    fn put(&mut self, index: usize, cell: Cell<'_>) -> Result<()> {
        // Generated code binds no more than there are parameters.
        if let Some(place) = index.checked_sub(1).and_then(|index| self.get_mut(index)) {
            *place = cell.into();
        }
        Ok(())
    }
}

/// Takes the values of a statement's parameters.
pub struct Binder<'b> {
    statement: &'static Statement,
    adapters: &'b Adapters,
    target: &'b mut dyn Target,
}

impl<'b> Binder<'b> {
    #[inline]
    pub(crate) fn new(
        statement: &'static Statement,
        adapters: &'b Adapters,
        target: &'b mut dyn Target,
    ) -> Self {
        Self {
            statement,
            adapters,
            target,
        }
    }

    /// The adapters with which the database was opened.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when they are not of this type.
    pub fn adapters<A: Any>(&self) -> Result<&'b A> {
        self.adapters.of()
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
    pub fn bind_list<L>(&mut self, index: usize, list: &L) -> Result<()>
    where
        L: ToList<Element: ToCell> + ?Sized,
    {
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

    /// Binds the parameter with this number to the bytes of the value, which would be a text by itself.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub fn bind_bytes<V: ToBytes>(&mut self, index: usize, value: &V) -> Result<()> {
        let cell = value.to_bytes().map_or(Cell::Null, Cell::Blob);
        self.target.put(index, cell)
    }

    /// Binds the list parameter with this number to the bytes of its elements.
    ///
    /// # Errors
    ///
    /// What [`Binder::bind_list`] reports.
    pub fn bind_list_bytes<L>(&mut self, index: usize, list: &L) -> Result<()>
    where
        L: ToList<Element: ToBytes> + ?Sized,
    {
        let elements = list.to_list().map(<[_]>::iter);
        let bytes = elements.map(|elements| elements.map(ToBytes::to_bytes));
        self.bind_list(index, &bytes.map(Iterator::collect::<Vec<_>>))
    }

    /// Binds the parameter with this number to what the adapter makes of the value; `None` is NULL. Generated code calls
    /// this.
    ///
    /// # Errors
    ///
    /// [`Error::Adapter`] for what the adapter refuses, or what the driver reports.
    pub fn bind_by<V, T, S>(
        &mut self,
        index: usize,
        value: &V,
        adapter: &Adapter<T, S>,
    ) -> Result<()>
    where
        V: Adaptable<T>,
        S: Stored,
    {
        match value.adaptable() {
            Some(value) => {
                let stored = self.adapt(index, value, adapter)?;
                self.bind(index, &stored)
            }
            None => self.target.put(index, Cell::Null),
        }
    }

    /// Binds the list parameter with this number, each element to what the adapter makes of it; `None` is NULL.
    ///
    /// # Errors
    ///
    /// [`Error::Adapter`] for what the adapter refuses, and what [`Binder::bind_list`] reports.
    pub fn bind_list_by<L, S>(
        &mut self,
        index: usize,
        list: &L,
        adapter: &Adapter<L::Element, S>,
    ) -> Result<()>
    where
        L: ToList + ?Sized,
        S: Stored,
    {
        let elements = list.to_list().map(<[_]>::iter);
        let stored = elements.map(|elements| {
            let stored = elements.map(|element| self.adapt(index, element, adapter));
            stored.collect::<Result<Vec<S>>>()
        });
        self.bind_list(index, &stored.transpose()?)
    }

    fn adapt<T, S: Stored>(&self, index: usize, value: &T, adapter: &Adapter<T, S>) -> Result<S> {
        adapter.write(value).map_err(|source| Error::Adapter {
            column: parameter_name(self.statement, index),
            class: S::CLASS.into(),
            source,
            origin: None,
        })
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
    Error::Convert {
        column: parameter_name(statement, index),
        expected: expected.into(),
        found: found.into(),
        origin: None,
    }
}

/// What a parameter is called in messages.
#[cold]
fn parameter_name(statement: &Statement, index: usize) -> String {
    let name = index
        .checked_sub(1)
        .and_then(|index| statement.parameters.get(index));
    name.map_or_else(|| format!("?{index}"), ToString::to_string)
}
