//! Tables and views as SQLite describes them.

use crate::annotation::{DynamicBlock, FieldBlock, StatementBlock};
use crate::source::Span;

use super::{Backing, Command};

/// What a [`Relation`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// An ordinary table.
    Table,
    /// A view.
    View,
    /// A virtual table.
    Virtual,
}

/// A column of a table or view.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact that SQLite tells by itself"
)]
pub struct Column {
    /// Its name as declared.
    pub name: String,
    /// Its declared type as written; empty when there is none.
    pub declared: String,
    /// Whether `NOT NULL` is written (or implied by STRICT or WITHOUT ROWID keys).
    pub not_null: bool,
    /// Whether it can never hold NULL: `not_null`, or the rowid's alias.
    pub never_null: bool,
    /// Whether it is the alias of the rowid (`INTEGER PRIMARY KEY` of a rowid table).
    pub rowid: bool,
    /// Position in the primary key, from 1; 0 outside.
    pub key: usize,
    /// Whether `DEFAULT` is written.
    pub default: bool,
    /// Whether it is generated.
    pub generated: bool,
    /// Whether `SELECT *` leaves it out: a hidden column of a virtual table.
    pub hidden: bool,
    /// For a generated column: the columns of its table which it may be computed from, as declared.
    pub computed_from: Vec<String>,
    /// What annotations in the CREATE statement say about it.
    pub annotation: Option<FieldBlock>,
}

/// A table or view.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name as declared.
    pub name: String,
    /// What it is.
    pub kind: RelationKind,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its CREATE statement.
    pub span: Option<Span>,
    /// Which of the statements that were handed in created it.
    pub statement: Option<usize>,
    /// Whether it is STRICT.
    pub strict: bool,
    /// Whether it is WITHOUT ROWID.
    pub without_rowid: bool,
    /// The module of a virtual table in lower case, `fts5` for example.
    pub module: Option<String>,
    /// Its indexes, those of constraints included.
    pub indexes: Vec<Index>,
    /// Its foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// The keys whose constraint says `ON CONFLICT REPLACE`, column names as written.
    pub replacing_keys: Vec<Vec<String>>,
    /// Whether its rowids come from `sqlite_sequence`.
    pub autoincrement: bool,
    /// For a virtual table: whose rows it shows, when they are not its own.
    pub backing: Option<Backing>,
    /// What annotations in front of its CREATE statement say about all of it.
    pub annotation: StatementBlock,
    /// The nested values that annotations in its CREATE statement declare.
    pub dynamic_fields: Vec<DynamicBlock>,
}

impl Relation {
    /// The column `name`, letter case not counted.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The alias of its rowid.
    #[must_use]
    pub fn rowid_alias(&self) -> Option<&Column> {
        self.columns.iter().find(|column| column.rowid)
    }
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// The table or view whose changes fire it, as written.
    pub table: String,
    /// The heads of the statements in its body that write.
    pub commands: Vec<Command>,
}

/// An index of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Whether it is unique.
    pub unique: bool,
    /// Whether it has a WHERE clause.
    pub partial: bool,
    /// Whether it is the index of the primary key.
    pub primary: bool,
    /// Its key columns as declared; none for an expression.
    pub columns: Vec<Option<String>>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The parent table as written.
    pub table: String,
    /// The columns of the child, and those of the parent where they are written.
    pub columns: Vec<(String, Option<String>)>,
    /// What a change of the parent key does.
    pub on_update: ForeignKeyAction,
    /// What the deletion of the parent does.
    pub on_delete: ForeignKeyAction,
}

/// What SQLite does to the children of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignKeyAction {
    /// `NO ACTION`, which is the default.
    NoAction,
    /// `RESTRICT`.
    Restrict,
    /// `SET NULL`.
    SetNull,
    /// `SET DEFAULT`.
    SetDefault,
    /// `CASCADE`.
    Cascade,
}
