//! How a built-in function is described.

use crate::analyze::SqlType;

/// What a function wants for an argument; parameters are typed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analyze) enum Takes {
    /// Any value.
    Any,
    /// A value of this type.
    Type(SqlType),
}

/// What a function gives when it is not NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analyze) enum Gives {
    /// This type.
    Type(SqlType),
    /// The type of its first argument if that is a number, else Real.
    Number,
    /// Blob for a Blob, Text for the rest.
    TextOrBlob,
    /// Its first argument.
    First,
    /// One of its arguments.
    AnyOf,
    /// One of its arguments: those behind conditions, and the last one.
    Arms,
    /// Its first or its third argument.
    FirstOrThird,
    /// Integer for integers, Real for reals, either for what may be both.
    Sum,
}

/// When the outcome can be NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analyze) enum Nulls {
    /// Never.
    Never,
    /// When an argument is.
    OfArguments,
    /// When the first argument is.
    OfFirst,
    /// When all arguments are.
    OfAll,
    /// When both arguments are equal, or the first is NULL.
    OfEqual,
    /// When the value that is chosen is, or none is left to choose.
    OfChosen,
    /// When an argument is, or when one is not a number or not text.
    OfTyped,
    /// When an argument is, or the time value or a modifier is not understood.
    OfDates,
    /// When there is no row, or when all values are.
    OfSet,
    /// When the window's frame is empty, or the value is.
    OfFrame,
    /// When there is no such row in the window, or the value is.
    OfRow,
    /// It depends on the values.
    Maybe,
}

/// How a function is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analyze) enum Kind {
    /// For one row.
    Scalar,
    /// Over the rows of a group, or of a window.
    Aggregate,
    /// Over the rows of a window only.
    Window,
}

/// A function.
#[derive(Debug)]
pub(in crate::analyze) struct Function {
    /// Its name in lower case.
    pub(in crate::analyze) name: &'static str,
    /// How many arguments it takes at least.
    pub(in crate::analyze) least: u8,
    /// How many it takes at most.
    pub(in crate::analyze) most: u8,
    /// Its arguments; the last one stands for all that follow.
    pub(in crate::analyze) takes: &'static [Takes],
    /// Its outcome.
    pub(in crate::analyze) gives: Gives,
    /// When that is NULL.
    pub(in crate::analyze) nulls: Nulls,
}

/// The functions that one page documents.
#[derive(Debug)]
pub(in crate::analyze) struct Page {
    /// Its address.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the documentation of the rules shows it")
    )]
    pub(in crate::analyze) url: &'static str,
    /// How its functions are called.
    pub(in crate::analyze) kind: Kind,
    /// Its functions.
    pub(in crate::analyze) functions: &'static [Function],
}

impl Function {
    /// Whether it can be called with so many arguments.
    pub(in crate::analyze) fn accepts(&self, arguments: usize) -> bool {
        arguments >= usize::from(self.least)
            && (self.most == MANY || arguments <= usize::from(self.most))
    }

    /// What it wants for the argument at `at`.
    pub(in crate::analyze) fn takes(&self, at: usize) -> Option<Takes> {
        self.takes.get(at).or(self.takes.last()).copied()
    }
}

/// No limit to the number of arguments but SQLite's own.
pub(in crate::analyze) const MANY: u8 = u8::MAX;

pub(super) const fn f(
    name: &'static str,
    (least, most): (u8, u8),
    takes: &'static [Takes],
    gives: Gives,
    nulls: Nulls,
) -> Function {
    Function {
        name,
        least,
        most,
        takes,
        gives,
        nulls,
    }
}

pub(super) const A: Takes = Takes::Any;
pub(super) const B: Takes = Takes::Type(SqlType::Boolean);
pub(super) const I: Takes = Takes::Type(SqlType::Integer);
pub(super) const R: Takes = Takes::Type(SqlType::Real);
pub(super) const T: Takes = Takes::Type(SqlType::Text);

pub(super) const BOOL: Gives = Gives::Type(SqlType::Boolean);
pub(super) const INT: Gives = Gives::Type(SqlType::Integer);
pub(super) const REAL: Gives = Gives::Type(SqlType::Real);
pub(super) const TEXT: Gives = Gives::Type(SqlType::Text);
pub(super) const BLOB: Gives = Gives::Type(SqlType::Blob);
pub(super) const ANY: Gives = Gives::Type(SqlType::Any);
