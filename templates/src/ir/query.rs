//! A statement, its parameters and the type that stands for it.

use super::{Accessor, Field, Row};

/// One generated statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Its number within the module, from 0.
    pub number: usize,
    /// Its name in errors and traces, `tasks.by_id`.
    pub name: String,
    /// Its file as it is shown, `queries/tasks/by_id.sql`.
    pub file: String,
    /// The method that makes it runnable; root statements have theirs on the handles.
    pub method: Accessor,
    /// The method that runs it for many sets of parameters, when it writes and gives no rows.
    pub method_for_many: Option<Accessor>,
    /// `pub struct ById(i64);`
    pub type_layout: String,
    /// The type as an `impl` names it, `InsertOne<'_>`.
    pub impl_type: String,
    /// The path of its SQL constant.
    pub sql: String,
    /// The params type, when it has two or more parameters.
    pub params: Option<Params>,
    /// The statements that bind its parameters, by SQLite's numbers.
    pub binds_layout: Vec<String>,
    /// The parameters' names as an array expression; empty when it has none.
    pub parameters_layout: String,
    /// The result's labels as an array expression; empty when it gives no rows.
    pub columns_layout: String,
    /// The read set as an array expression; empty when it reads nothing.
    pub reads_layout: String,
    /// The write set as an array expression; empty when it writes nothing.
    pub writes_layout: String,
    /// The single rows that it is confined to, as an array expression; empty when there are none.
    pub keys_layout: String,
    /// Whether its plan is short enough to run on the caller's poll.
    pub short: bool,
    /// The type of its rows, when it gives any: a generated one, or the one that they become.
    pub row: Option<String>,
    /// Its row types that no statement before it has already: that of its rows, then those of values inside of them.
    pub row_types: Vec<Row>,
    /// The functions that read rows and values inside of them.
    pub readers: Vec<Reader>,
    /// What makes a row out of its cells; empty when it gives no rows, or rows with collections.
    pub read_layout: String,
    /// How the rows of a join become its rows, when they hold collections.
    pub nested: Option<Nested>,
}

/// A function that reads a row, or a value inside of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The lints that its body trips, `clippy::unnecessary_wraps`.
    pub allows: Vec<String>,
    /// The signature up to and including `{`.
    pub signature_layout: String,
    /// Its body.
    pub body_layout: String,
}

/// How the rows of a join become rows with collections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nested {
    /// The name of the row type.
    pub row: String,
    /// `type Groups = (…);`
    pub groups_layout: String,
    /// The signature of `add` up to and including `{`.
    pub add_signature_layout: String,
    /// What takes a row of the join in.
    pub add_layout: String,
    /// What puts elements into their rows.
    pub finish_layout: String,
}

/// The params type of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// Its name.
    pub type_name: String,
    /// The lints that its shape trips, `clippy::struct_excessive_bools`.
    pub allows: Vec<String>,
    /// `#[derive(Debug, Clone, PartialEq)]`
    pub derive_layout: String,
    /// Its fields, in the order of first use.
    pub fields: Vec<Field>,
}
