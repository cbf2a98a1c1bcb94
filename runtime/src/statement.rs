//! What the generator writes down about a statement.
//!
//! In: constants in generated modules. Out: everything the runtime has to know of a statement without reading
//! its SQL. Invariant: a [`Statement`] is never changed once generated; its `number` is dense within one module.

use crate::error::Result;
use crate::value::{Binder, Row};

/// A generated statement.
#[derive(Debug)]
pub struct Statement {
    /// Its index among the statements of its module.
    pub number: u32,
    /// Its name in messages, `cards.by_id`.
    pub name: &'static str,
    /// The SQL.
    pub sql: &'static str,
    /// The names of its parameters as the SQL spells them, `:text`, in the order in which they are bound.
    pub parameters: &'static [&'static str],
    /// The names of its result columns.
    pub columns: &'static [&'static str],
    /// The tables it reads.
    pub reads: &'static [Reads],
    /// The tables it writes, with all that triggers and foreign keys cause.
    pub writes: &'static [Writes],
    /// The tables of both sets of which it touches single rows only.
    pub keys: &'static [Key],
    /// Whether it touches few rows whatever the database holds, so that it may run on the caller's poll.
    pub short: bool,
    /// Makes `..Statement::EMPTY` part of every statement, so that fields can be added later.
    #[doc(hidden)]
    pub reserved: (),
}

impl Statement {
    /// An empty statement, to be completed with `..Statement::EMPTY`.
    pub const EMPTY: Self = Self {
        number: 0,
        name: "",
        sql: "",
        parameters: &[],
        columns: &[],
        reads: &[],
        writes: &[],
        keys: &[],
        short: false,
        reserved: (),
    };
}

/// A table that is read, and its columns that are.
///
/// Without columns – `SELECT count(*)` – inserted and deleted rows matter, and updates do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reads(pub &'static str, pub &'static [&'static str]);

/// A change that a statement can cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Writes {
    /// Rows appear in the table.
    Insert(&'static str),
    /// Columns of the table change; without columns, any of them.
    Update(&'static str, &'static [&'static str]),
    /// Rows of the table vanish.
    Delete(&'static str),
}

/// A table, and the number of a parameter that is the rowid of a row in it.
///
/// The statement sees, inserts, updates or deletes no row of the table but those that its keys name. A watch of one row is
/// not run again by a write to another; a value that is no integer stands for all rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub &'static str, pub usize);

/// What a write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Changes {
    /// How many rows the statement itself inserted, updated or deleted; not those of triggers and foreign keys.
    pub rows: u64,
    /// The rowid of the last row inserted on this connection.
    pub last_rowid: i64,
}

impl Changes {
    /// Puts both numbers together, for drivers.
    #[must_use]
    pub const fn new(rows: u64, last_rowid: i64) -> Self {
        Self { rows, last_rowid }
    }
}

/// A statement together with the values of its parameters.
pub trait Bound {
    /// The statement.
    const STATEMENT: &'static Statement;

    /// Binds every parameter.
    ///
    /// # Errors
    ///
    /// A value that SQLite cannot hold, or whatever [`Binder::bind`] reports.
    fn bind(&self, to: &mut Binder<'_>) -> Result<()>;
}

/// A statement that gives rows.
pub trait Query: Bound {
    /// A row of its result.
    type Row;

    /// Reads one row.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`](crate::Error::Convert) when a column holds what its field cannot.
    fn read(row: &Row<'_>) -> Result<Self::Row>;
}

/// A statement whose joined rows become fewer rows with collections in them.
pub trait NestedQuery: Bound {
    /// A row of its result.
    type Row;
    /// What has been found so far: a [`Groups`](crate::v1::Groups) for the rows and one for each collection.
    type Groups: Default;

    /// Takes a row of the join in, and gives the place of the row that it belongs to.
    ///
    /// # Errors
    ///
    /// [`Error::Convert`](crate::Error::Convert) when a column holds what its field cannot.
    fn add(row: &Row<'_>, groups: &mut Self::Groups) -> Result<usize>;

    /// Puts the elements into the rows that they belong to.
    ///
    /// # Errors
    ///
    /// Whatever a type of the application reports that rows become.
    fn finish(groups: Self::Groups) -> Result<Vec<Self::Row>>;
}
