//! Which Rust types can be read, and what each of them accepts.
//!
//! In: a [`Cell`]. Out: the value, or a [`Misfit`] that says what would have fitted. Invariant: nothing is
//! wrapped or cut, and nothing but `f32` rounds; the one widening is INTEGER to `f64`, and only where it is exact.

use std::borrow::Cow;
use std::fmt;

use super::{Cell, Value};

/// Why a cell cannot become the wanted type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    pub(crate) expected: Cow<'static, str>,
    pub(crate) found: String,
}

impl Misfit {
    /// Says what the type accepts; what was found is taken from the cell.
    #[must_use]
    #[cold]
    pub fn new(expected: impl Into<Cow<'static, str>>, cell: &Cell<'_>) -> Self {
        let found = match cell {
            // A number is what one needs to know about a number out of range; texts and blobs may be secrets.
            Cell::Integer(integer) => format!("INTEGER {integer}"),
            other => other.class().to_owned(),
        };
        Self {
            expected: expected.into(),
            found,
        }
    }

    /// Says that a cell stands for none of `variants`; the macros for enums call this.
    #[doc(hidden)]
    #[must_use]
    #[cold]
    pub fn no_variant(variants: &[&str], cell: &Cell<'_>) -> Self {
        let mut misfit = Self::new(format!("one of `{}`", variants.join("`, `")), cell);
        if let Cell::Text(_) = cell {
            misfit.found.push_str(" that is no variant");
        }
        misfit
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "found {}, expected {}", self.found, self.expected)
    }
}

impl std::error::Error for Misfit {}

/// A type that can be read from a column.
///
/// ```
/// use sqlitenow_runtime::v1::{Cell, FromCell, Misfit};
///
/// struct Even(i64);
///
/// impl FromCell for Even {
///     fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
///         match cell {
///             Cell::Integer(number) if number % 2 == 0 => Ok(Self(number)),
///             other => Err(Misfit::new("an even INTEGER", &other)),
///         }
///     }
/// }
/// ```
pub trait FromCell: Sized {
    /// Reads the cell.
    ///
    /// # Errors
    ///
    /// A [`Misfit`] when the cell holds what this type cannot.
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit>;
}

macro_rules! integers {
    ($($integer:ty = $expected:literal)*) => {$(
        impl FromCell for $integer {
            #[inline]
            fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
                if let Cell::Integer(integer) = cell
                    && let Ok(fits) = integer.try_into()
                {
                    return Ok(fits);
                }
                Err(Misfit::new($expected, &cell))
            }
        }
    )*};
}

integers! {
    i8 = "INTEGER from -128 to 127"
    i16 = "INTEGER from -32768 to 32767"
    i32 = "INTEGER from -2147483648 to 2147483647"
    i64 = "INTEGER"
    u8 = "INTEGER from 0 to 255"
    u16 = "INTEGER from 0 to 65535"
    u32 = "INTEGER from 0 to 4294967295"
}

impl FromCell for bool {
    #[inline]
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Integer(0) => Ok(false),
            Cell::Integer(1) => Ok(true),
            other => Err(Misfit::new("INTEGER 0 or 1", &other)),
        }
    }
}

impl FromCell for f64 {
    #[inline]
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        /// Up to here every integer is a double: 2 to the power of 53.
        const EXACT: u64 = 1 << 53;
        match cell {
            Cell::Real(real) => Ok(real),
            Cell::Integer(integer) if integer.unsigned_abs() <= EXACT =>
            {
                #[expect(clippy::cast_precision_loss, reason = "the guard keeps it exact")]
                Ok(integer as f64)
            }
            other => Err(Misfit::new("REAL or an INTEGER of at most 53 bits", &other)),
        }
    }
}

impl FromCell for f32 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        let Ok(wide) = f64::from_cell(cell) else {
            return Err(Misfit::new("REAL", &cell));
        };
        #[expect(clippy::cast_possible_truncation, reason = "checked on the next line")]
        let narrow = wide as Self;
        if narrow.is_infinite() && wide.is_finite() {
            return Err(Misfit::new("REAL within the range of 32 bits", &cell));
        }
        Ok(narrow)
    }
}

impl FromCell for String {
    #[inline]
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Text(text) => Ok(text.to_owned()),
            other => Err(Misfit::new("TEXT", &other)),
        }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Blob(blob) => Ok(blob.to_owned()),
            other => Err(Misfit::new("BLOB", &other)),
        }
    }
}

impl FromCell for Value {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        Ok(cell.into())
    }
}

impl<T: FromCell> FromCell for Option<T> {
    #[inline]
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Null => Ok(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_become_reals_only_where_that_is_exact() {
        let edge = 1_i64 << 53;
        assert_eq!(
            f64::from_cell(Cell::Integer(edge)),
            Ok(9_007_199_254_740_992.0)
        );
        assert_eq!(
            f64::from_cell(Cell::Integer(-edge)),
            Ok(-9_007_199_254_740_992.0)
        );
        for out in [edge + 1, -edge - 1, i64::MAX, i64::MIN] {
            assert!(f64::from_cell(Cell::Integer(out)).is_err(), "{out}");
        }
    }

    #[test]
    fn thirty_two_bits_round_but_do_not_overflow() {
        assert_eq!(f32::from_cell(Cell::Real(0.1)), Ok(0.1_f32));
        assert_eq!(f32::from_cell(Cell::Real(f64::INFINITY)), Ok(f32::INFINITY));
        assert!(f32::from_cell(Cell::Real(1e39)).is_err());
    }

    #[test]
    fn texts_never_show_up_in_misfits() {
        let misfit = i64::from_cell(Cell::Text("hunter2")).unwrap_err();
        assert_eq!(misfit.found, "TEXT");
        assert_eq!(
            i8::from_cell(Cell::Integer(300)).unwrap_err().found,
            "INTEGER 300"
        );
    }
}
