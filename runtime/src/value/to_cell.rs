//! Which Rust types can be bound.

use super::{Cell, Slot, Value};
use crate::error::Result;

/// A type that can be bound to a parameter.
///
/// ```
/// use sqlitenow_runtime::v1::{Cell, Result, Slot, ToCell};
///
/// struct Celsius(f64);
///
/// impl ToCell for Celsius {
///     fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
///         slot.bind(Cell::Real(self.0))
///     }
/// }
/// ```
pub trait ToCell {
    /// Gives the slot its value.
    ///
    /// # Errors
    ///
    /// Whatever [`Slot::bind`] reports, or [`Slot::refuse`] for a value which SQLite cannot hold.
    fn to_cell(&self, slot: Slot<'_>) -> Result<()>;
}

/// A type that is bound as TEXT by itself and has bytes as well, for columns that are declared BLOB.
pub trait ToBytes {
    /// The bytes; none for NULL.
    fn to_bytes(&self) -> Option<&[u8]>;
}

impl<T: ToBytes> ToBytes for &T {
    fn to_bytes(&self) -> Option<&[u8]> {
        T::to_bytes(self)
    }
}

impl<T: ToBytes> ToBytes for Option<T> {
    fn to_bytes(&self) -> Option<&[u8]> {
        self.as_ref().and_then(T::to_bytes)
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl ToCell for $integer {
            #[inline]
            fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
                slot.bind(Cell::Integer(i64::from(*self)))
            }
        }
    )*};
}

integers!(bool i8 i16 i32 i64 u8 u16 u32);

impl ToCell for f32 {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        slot.bind(Cell::Real(f64::from(*self)))
    }
}

impl ToCell for f64 {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        slot.bind(Cell::Real(*self))
    }
}

impl ToCell for str {
    #[inline]
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        slot.bind(Cell::Text(self))
    }
}

impl ToCell for String {
    #[inline]
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        slot.bind(Cell::Text(self))
    }
}

impl ToCell for [u8] {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        slot.bind(Cell::Blob(self))
    }
}

impl ToCell for Vec<u8> {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        slot.bind(Cell::Blob(self))
    }
}

impl ToCell for Value {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        slot.bind(self.as_cell())
    }
}

impl<T: ToCell + ?Sized> ToCell for &T {
    #[inline]
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        T::to_cell(self, slot)
    }
}

impl<T: ToCell> ToCell for Option<T> {
    #[inline]
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        match self {
            Some(value) => value.to_cell(slot),
            None => slot.bind(Cell::Null),
        }
    }
}
