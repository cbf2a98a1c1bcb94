//! What is known of one query after analysis.

use crate::source::Span;

/// The type of a value, before any annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SqlType {
    /// `BOOL`, `BOOLEAN` and comparisons.
    Boolean,
    /// `INT`-like.
    Integer,
    /// `REAL`-like and `NUMERIC`.
    Real,
    /// `TEXT`-like.
    Text,
    /// `BLOB`.
    Blob,
    /// Not known before run time.
    Any,
}

/// The table column a value comes from or goes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The table, as declared.
    pub table: String,
    /// The column, as declared.
    pub column: String,
}

/// A parameter of a statement; one entry per SQLite number.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// SQLite's number of it, from 1.
    pub number: usize,
    /// The name without prefix; none for `?` and `?1`.
    pub name: Option<String>,
    /// Its first place.
    pub span: Span,
    /// Its type.
    pub ty: SqlType,
    /// Whether `None` may be passed.
    pub nullable: bool,
    /// Whether it is a list of such values: `x IN :list`.
    pub list: bool,
    /// The column it is compared with or stored into, for that column's annotations.
    pub origin: Option<Origin>,
    /// The view columns through which the statement sees that column, outermost first.
    pub through: Vec<Origin>,
}

/// An item of FROM through which a column comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The item's alias, or its name.
    pub alias: String,
    /// Whether an outer join can leave all its columns NULL.
    pub optional: bool,
    /// The table or view it is; none for a subquery, a CTE and what is not in the schema.
    pub relation: Option<String>,
    /// The column's name there.
    pub column: String,
}

/// A column of a result.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a claim of its own")]
pub struct ResultColumn {
    /// The label SQLite gives it.
    pub label: String,
    /// Where it stands in the select list or RETURNING clause, where that is known.
    pub span: Option<Span>,
    /// Its type.
    pub ty: SqlType,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// The table column it comes from.
    pub origin: Option<Origin>,
    /// The view columns it passes on its way from there, outermost first.
    pub through: Vec<Origin>,
    /// The items of FROM through which it comes unchanged, from this statement's to the innermost.
    pub path: Vec<Step>,
    /// Whether it can be NULL though all items of its path have a row.
    pub null_inside: bool,
    /// Whether its type is Text but SQLite may hold a number: a column of numeric affinity such as DATE.
    pub keeps_numbers: bool,
    /// Whether it can be the NULL that SQLite makes of NaN, which is no NULL to those who read reals.
    pub may_be_nan: bool,
}

/// Columns of one table that are read; none for `COUNT(*)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumns {
    /// The table, as declared.
    pub table: String,
    /// The columns, as declared, in table order.
    pub columns: Vec<String>,
}

/// One kind of change to one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Rows are inserted into this table.
    Insert(String),
    /// These columns of rows are updated.
    Update(TableColumns),
    /// Rows of this table are deleted.
    Delete(String),
}

/// A table of which a statement sees or writes no row but those whose rowids are parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowKey {
    /// The table, as declared.
    pub table: String,
    /// SQLite's number of a parameter that is such a rowid.
    pub parameter: usize,
}

/// What is known of one query.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Its parameters by number.
    pub parameters: Vec<Parameter>,
    /// Its result columns; empty when it gives no rows.
    pub columns: Vec<ResultColumn>,
    /// What it reads, by table name; empty for statements that write.
    pub reads: Vec<TableColumns>,
    /// What it writes, by table name; empty for queries.
    pub writes: Vec<Write>,
    /// The tables of both sets that it is confined to single rows of.
    pub keys: Vec<RowKey>,
    /// Whether SQLite's plan is a key look-up, a bounded range or a change of such rows: no full scan, no sorter.
    pub short: bool,
}
