//! Values on their way into a statement and out of its rows.
//!
//! In: fields of params structs; columns of a row. Out: bound parameters; fields of row structs. Invariant:
//! conversions are strict – a storage class or a number that does not fit is an error, never a guess.

mod adapter;
mod bind;
mod from_cell;
mod list;
mod mapped;
mod real_text;
mod row;
mod rowids;
mod stored;
mod to_cell;

pub(crate) use self::adapter::Adapters;
pub use self::adapter::{Adaptable, Adapted, Adapter, Outcome};
pub(crate) use self::bind::Target;
pub use self::bind::{Binder, Slot};
pub use self::from_cell::{FromCell, Misfit};
pub use self::list::{ToList, borrow_all};
pub use self::mapped::map_row;
pub(crate) use self::real_text::text_of_real;
pub use self::row::Row;
pub(crate) use self::row::cell_of;
pub(crate) use self::rowids::Rowids;
pub use self::stored::Stored;
pub use self::to_cell::{ToBytes, ToCell};

/// An owned SQLite value.
///
/// SQLite has no NaN; one that is bound is stored as NULL.
///
/// ```
/// use sqlitenow_runtime::Value;
///
/// assert_eq!(Value::from("text"), Value::Text("text".to_owned()));
/// assert_eq!(Value::from(None::<i64>), Value::Null);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// NULL.
    #[default]
    Null,
    /// INTEGER.
    Integer(i64),
    /// REAL.
    Real(f64),
    /// TEXT.
    Text(String),
    /// BLOB.
    Blob(Vec<u8>),
}

impl Value {
    /// Borrows the value.
    #[must_use]
    pub fn as_cell(&self) -> Cell<'_> {
        match self {
            Self::Null => Cell::Null,
            Self::Integer(integer) => Cell::Integer(*integer),
            Self::Real(real) => Cell::Real(*real),
            Self::Text(text) => Cell::Text(text),
            Self::Blob(blob) => Cell::Blob(blob),
        }
    }

    /// How many bytes it has beyond those of a number.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Blob(blob) => blob.len(),
            _ => 0,
        }
    }
}

macro_rules! values {
    ($($type:ty => $class:ident),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$class(value.into())
            }
        }
    )*};
}

values! {
    bool => Integer, i8 => Integer, i16 => Integer, i32 => Integer, i64 => Integer,
    u8 => Integer, u16 => Integer, u32 => Integer, f32 => Real, f64 => Real,
    &str => Text, String => Text, &[u8] => Blob, Vec<u8> => Blob
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<Cell<'_>> for Value {
    fn from(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Integer(integer) => Self::Integer(integer),
            Cell::Real(real) => Self::Real(real),
            Cell::Text(text) => Self::Text(text.to_owned()),
            Cell::Blob(blob) => Self::Blob(blob.to_owned()),
        }
    }
}

/// A borrowed SQLite value: what a column holds, or what a parameter is bound to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// NULL.
    Null,
    /// INTEGER.
    Integer(i64),
    /// REAL.
    Real(f64),
    /// TEXT.
    Text(&'a str),
    /// BLOB.
    Blob(&'a [u8]),
}

impl Cell<'_> {
    /// Names the storage class.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Integer(_) => "INTEGER",
            Self::Real(_) => "REAL",
            Self::Text(_) => "TEXT",
            Self::Blob(_) => "BLOB",
        }
    }
}
