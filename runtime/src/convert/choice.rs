//! Macros that make an enum storable, by name or by number.
//!
//! In: an enum without fields and what stands for each variant. Out: `ToCell` and `FromCell`. Invariant: a variant that
//! was forgotten does not compile, and a stored value that stands for none is an error.

/// Stores an enum as TEXT: each variant under its own name, or under the text behind `=`.
///
/// ```
/// use sqlitenow_runtime::{Cell, FromCell};
///
/// #[derive(Debug, PartialEq)]
/// enum State {
///     Open,
///     InReview,
///     Done,
/// }
///
/// sqlitenow_runtime::enum_by_name!(State { Open, InReview = "in review", Done });
///
/// assert_eq!(State::from_cell(Cell::Text("in review")), Ok(State::InReview));
/// assert_eq!(
///     State::from_cell(Cell::Text("closed")).unwrap_err().to_string(),
///     "found TEXT that is no variant, expected one of `Open`, `in review`, `Done`",
/// );
/// ```
///
/// A variant that is left out does not compile:
///
/// ```compile_fail,E0004
/// enum State { Open, Done }
/// sqlitenow_runtime::enum_by_name!(State { Open });
/// ```
#[macro_export]
macro_rules! enum_by_name {
    ($type:ty { $($variant:ident $(= $name:literal)?),+ $(,)? }) => {
        impl $crate::v1::ToCell for $type {
            fn to_cell(&self, slot: $crate::v1::Slot<'_>) -> $crate::v1::Result<()> {
                slot.bind($crate::v1::Cell::Text(match self {
                    $(Self::$variant => $crate::__sqlitenow_name!($variant $($name)?),)+
                }))
            }
        }

        impl $crate::v1::FromCell for $type {
            fn from_cell(
                cell: $crate::v1::Cell<'_>,
            ) -> ::core::result::Result<Self, $crate::v1::Misfit> {
                const NAMES: &[&str] = &[$($crate::__sqlitenow_name!($variant $($name)?)),+];
                match cell {
                    $($crate::v1::Cell::Text(text)
                        if text == $crate::__sqlitenow_name!($variant $($name)?) =>
                    {
                        ::core::result::Result::Ok(Self::$variant)
                    })+
                    cell => ::core::result::Result::Err($crate::v1::Misfit::no_variant(NAMES, &cell)),
                }
            }
        }
    };
}

/// Stores an enum as INTEGER: each variant under the number behind `=`.
///
/// ```
/// use sqlitenow_runtime::{Cell, FromCell};
///
/// #[derive(Debug, PartialEq)]
/// enum Priority {
///     Low,
///     High,
/// }
///
/// sqlitenow_runtime::enum_by_value!(Priority { Low = 1, High = 10 });
///
/// assert_eq!(Priority::from_cell(Cell::Integer(10)), Ok(Priority::High));
/// assert_eq!(
///     Priority::from_cell(Cell::Integer(2)).unwrap_err().to_string(),
///     "found INTEGER 2, expected one of `1`, `10`",
/// );
/// ```
#[macro_export]
macro_rules! enum_by_value {
    ($type:ty { $($variant:ident = $number:literal),+ $(,)? }) => {
        impl $crate::v1::ToCell for $type {
            fn to_cell(&self, slot: $crate::v1::Slot<'_>) -> $crate::v1::Result<()> {
                slot.bind($crate::v1::Cell::Integer(match self {
                    $(Self::$variant => $number,)+
                }))
            }
        }

        impl $crate::v1::FromCell for $type {
            fn from_cell(
                cell: $crate::v1::Cell<'_>,
            ) -> ::core::result::Result<Self, $crate::v1::Misfit> {
                const NUMBERS: &[&str] = &[$(::core::stringify!($number)),+];
                match cell {
                    $($crate::v1::Cell::Integer($number) => {
                        ::core::result::Result::Ok(Self::$variant)
                    })+
                    cell => {
                        ::core::result::Result::Err($crate::v1::Misfit::no_variant(NUMBERS, &cell))
                    }
                }
            }
        }
    };
}

/// The text that stands for a variant.
#[macro_export]
#[doc(hidden)]
macro_rules! __sqlitenow_name {
    ($variant:ident) => {
        ::core::stringify!($variant)
    };
    ($variant:ident $name:literal) => {
        $name
    };
}
