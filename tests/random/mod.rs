//! Random databases and statements over them, for the tests of types and NULL.
//!
//! In: a seed. Out: a schema, rows that satisfy it, and statements, all as SQL. The same seed gives the same SQL on every
//! machine. Values of columns are of the declared storage class: what other classes do is an error of its own.

#![expect(
    clippy::format_push_string,
    reason = "texts of tests grow by what reads best"
)]

mod dice;
mod expression;
mod from;
mod patterns;
mod query;
mod schema;
mod write;

pub use dice::Dice;
pub use schema::Database;

use expression::Maker;

/// The kind of values in a column or an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 0 or 1.
    Boolean,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Texts.
    Text,
    /// Bytes.
    Blob,
    /// All of these.
    Any,
}

/// A column of a relation.
#[derive(Debug, Clone)]
pub struct Column {
    name: String,
    class: Class,
}

/// Something to select from.
#[derive(Debug, Clone)]
pub struct Relation {
    name: String,
    columns: Vec<Column>,
}

impl Database {
    /// A random query; with `parameters` it may have some.
    pub fn query(&self, dice: &mut Dice, parameters: bool) -> String {
        let mut maker = Maker::new(self, dice);
        maker.parameters = parameters;
        maker.whole_query().0
    }

    /// A random INSERT, UPDATE or DELETE with RETURNING.
    pub fn write(&self, dice: &mut Dice) -> String {
        Maker::new(self, dice).write()
    }
}
