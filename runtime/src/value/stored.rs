//! The types that an adapter converts from and to: those a column has by itself.

use super::{Cell, FromCell, Misfit, ToCell, Value};

mod sealed {
    /// Keeps [`Stored`](super::Stored) to the types that columns have.
    pub trait Sealed {}
}

/// What a column has by itself: `bool`, `i64`, `f64`, `String`, `Vec<u8>` or [`Value`].
pub trait Stored: ToCell + sealed::Sealed + Sized + 'static {
    /// How it is lent to the function that reads it: `&str` for a `String`, `&[u8]` for a `Vec<u8>`.
    type View<'v>;

    /// What it is in SQLite's words.
    #[doc(hidden)]
    const CLASS: &'static str;

    /// Looks at a cell.
    #[doc(hidden)]
    fn view(cell: Cell<'_>) -> Result<Self::View<'_>, Misfit>;
}

macro_rules! stored {
    ($($type:ty = $class:literal)*) => {$(
        impl sealed::Sealed for $type {}

        impl Stored for $type {
            type View<'v> = Self;
            const CLASS: &'static str = $class;

            fn view(cell: Cell<'_>) -> Result<Self, Misfit> {
                Self::from_cell(cell)
            }
        }
    )*};
}

stored!(bool = "INTEGER" i64 = "INTEGER" f64 = "REAL" Value = "a value");

impl sealed::Sealed for String {}

impl Stored for String {
    type View<'v> = &'v str;
    const CLASS: &'static str = "TEXT";

    fn view(cell: Cell<'_>) -> Result<&str, Misfit> {
        match cell {
            Cell::Text(text) => Ok(text),
            other => Err(Misfit::new("TEXT", &other)),
        }
    }
}

impl sealed::Sealed for Vec<u8> {}

impl Stored for Vec<u8> {
    type View<'v> = &'v [u8];
    const CLASS: &'static str = "BLOB";

    fn view(cell: Cell<'_>) -> Result<&[u8], Misfit> {
        match cell {
            Cell::Blob(blob) => Ok(blob),
            other => Err(Misfit::new("BLOB", &other)),
        }
    }
}
