//! How the cell of a column becomes its field: almost always as the field's type says and in no other way.
//!
//! `born` of a column `born DATE` → [`Reading::Text`], `height - weight` of two reals → [`Reading::Real`].

use crate::analyze::ResultColumn;

use super::RustType;

/// How the cell of a column becomes its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As the field's type says and in no other way.
    Strict,
    /// A number becomes its text: the affinity of the column is numeric, and made a number of the text.
    Text,
    /// NULL becomes NaN: SQLite has no NaN and made NULL of it.
    Real,
}

impl Reading {
    /// How a field of type `ty`, in an `Option` if it is `optional`, is read from `column`, which is `nullable` in its row
    /// or not.
    #[must_use]
    pub fn of(column: &ResultColumn, nullable: bool, ty: &RustType, optional: bool) -> Self {
        match ty {
            RustType::String if column.keeps_numbers => Self::Text,
            // A column that may be NULL of itself keeps its NULL, also where `notNull` denies it.
            RustType::Scalar("f64" | "f32") if column.may_be_nan && !nullable && !optional => {
                Self::Real
            }
            _ => Self::Strict,
        }
    }
}
