//! Finds out what a query takes, gives, reads and writes.
//!
//! SQLite is the authority: it prepares every statement, names the origin of columns, and its authorizer names what is
//! read and written. The structure – which side of a join a column is on, what a parameter meets – comes from a walk over
//! the syntax tree. Invariants: what SQLite accepts is never rejected, and a column that is called non-null never is NULL.

mod aggregate;
mod analyzer;
mod authorize;
mod bound;
mod call;
mod cascade;
mod choice;
mod date;
mod dialect;
mod effect;
mod expression;
mod facts;
mod from;
mod from_items;
mod functions;
mod infer;
mod joined;
mod membership;
mod model;
mod operator;
mod parameter;
mod parse;
mod passed;
mod plan;
mod query;
mod relation;
mod repair;
mod row_key;
mod rule;
mod scope;
mod select;
#[cfg(test)]
mod tests;
mod tokens;
mod types;
mod value;
mod write;

pub use analyzer::Analyzer;
pub use model::{
    Analysis, Origin, Parameter, ResultColumn, RowKey, SqlType, Step, TableColumns, Write,
};
pub use passed::passed_columns;
pub use types::{declared_type, keeps_numbers};
