//! JSON in TEXT columns, feature `serde_json`: any JSON, any type that serde knows, lists of scalars.
//!
//! `Json(tags)` ↔ `'["a","b"]'`. A column declared JSON has numeric affinity, so that the text `5` is stored as the
//! INTEGER 5: numbers are read as what they are in JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;
use crate::value::{Cell, FromCell, Misfit, Slot, ToCell};

/// A value that is stored as JSON text.
///
/// ```
/// use sqlitenow_runtime::{Cell, FromCell, Json};
///
/// let tags: Json<Vec<String>> = Json::from_cell(Cell::Text(r#"["a", "b"]"#)).unwrap();
/// assert_eq!(tags.0, ["a", "b"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Json<T>(pub T);

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

fn write<T: Serialize + ?Sized>(value: &T, slot: Slot<'_>) -> Result<()> {
    match serde_json::to_string(value) {
        Ok(text) => slot.bind(Cell::Text(&text)),
        // serde_json's message speaks of types and keys, never of values.
        Err(error) => Err(slot.refuse("a value that JSON can hold", error.to_string())),
    }
}

fn read<T: DeserializeOwned>(cell: Cell<'_>, expected: &'static str) -> Result<T, Misfit> {
    let found = match cell {
        Cell::Text(text) => serde_json::from_str(text),
        Cell::Integer(integer) => serde_json::from_value(integer.into()),
        Cell::Real(real) => serde_json::from_value(real.into()),
        Cell::Null | Cell::Blob(_) => return Err(Misfit::new(expected, &cell)),
    };
    found.map_err(|error| Misfit {
        expected: expected.into(),
        // The place is told, and what is there is not: it may be a secret.
        found: format!("{} that differs at column {}", cell.class(), error.column()),
    })
}

impl<T: Serialize> ToCell for Json<T> {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        write(&self.0, slot)
    }
}

impl<T: DeserializeOwned> FromCell for Json<T> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        read(cell, "JSON of the field's type").map(Self)
    }
}

impl ToCell for serde_json::Value {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        write(self, slot)
    }
}

impl FromCell for serde_json::Value {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        read(cell, "JSON")
    }
}

macro_rules! lists {
    ($($element:ty = $fits:expr);*) => {$(
        impl ToCell for Vec<$element> {
            fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
                self.as_slice().to_cell(slot)
            }
        }

        impl ToCell for [$element] {
            fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
                if self.iter().all($fits) {
                    write(self, slot)
                } else {
                    Err(slot.refuse("finite numbers", "another one"))
                }
            }
        }

        impl FromCell for Vec<$element> {
            fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
                read(cell, concat!("a JSON array of ", stringify!($element)))
            }
        }
    )*};
}

// `Vec<u8>` is always a BLOB.
lists!(bool = |_| true; i8 = |_| true; i16 = |_| true; i32 = |_| true; i64 = |_| true);
lists!(u16 = |_| true; u32 = |_| true; String = |_| true);
// JSON has neither NaN nor infinities.
lists!(f32 = |number: &f32| number.is_finite(); f64 = |number: &f64| number.is_finite());
