//! A database whose every name and type is decided: what lowering turns into the IR.

use crate::analyze::{RowKey, TableColumns, Write};
use crate::source::Span;

use super::{CheckedAdapter, CheckedMember, Reading, ValueType};

/// How a statement is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryKind {
    /// It reads rows.
    Select,
    /// It writes and gives no rows.
    Execute,
    /// It writes and gives rows.
    Returning,
}

/// A field of a row or a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedField {
    /// Its Rust name.
    pub name: String,
    /// The column's label, or the parameter as written.
    pub label: String,
    /// Its Rust type.
    pub ty: ValueType,
    /// The application's functions that convert it, if it does not convert itself.
    pub adapter: Option<CheckedAdapter>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedParameter {
    /// SQLite's number of it.
    pub number: usize,
    /// Its field or argument.
    pub field: CheckedField,
    /// Whether it is written as bytes, where the type by itself would be a text.
    pub as_bytes: bool,
}

/// The columns of a statement and the row type that they become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRow {
    /// The name of the type.
    pub type_name: String,
    /// The field of each column, whichever row it is in.
    pub fields: Vec<CheckedField>,
    /// How each of them is read.
    pub readings: Vec<Reading>,
    /// The parts of the row.
    pub members: Vec<CheckedMember>,
    /// The columns that tell rows apart, when they hold collections.
    pub key: Vec<usize>,
    /// Whether this statement is the first of its namespace with this type, and so defines it.
    pub defines: bool,
}

/// A statement with everything decided.
#[derive(Debug, Clone)]
pub struct CheckedQuery {
    /// The folders below `queries/` that it lies in.
    pub namespace: Vec<String>,
    /// Its file below the database's folder, `queries/tasks/by_id.sql`.
    pub file: String,
    /// Where it stands.
    pub span: Span,
    /// Its name without the namespace, in `snake_case` and never raw.
    pub stem: String,
    /// Its method.
    pub method: String,
    /// The type that stands for it.
    pub type_name: String,
    /// Its documentation.
    pub doc: Vec<String>,
    /// Its text, byte for byte.
    pub sql: String,
    /// How it is run.
    pub kind: QueryKind,
    /// Its parameters in the order of first use.
    pub parameters: Vec<CheckedParameter>,
    /// Its row type, when it gives rows.
    pub row: Option<CheckedRow>,
    /// The type of the application that its rows become, as it is printed.
    pub map_to: Option<String>,
    /// Its read set.
    pub reads: Vec<TableColumns>,
    /// Its write set.
    pub writes: Vec<Write>,
    /// The single rows that it is confined to.
    pub keys: Vec<RowKey>,
    /// Whether its plan is short.
    pub short: bool,
}

impl CheckedQuery {
    /// Whether some of its values pass functions of the application.
    #[must_use]
    pub fn uses_adapters(&self) -> bool {
        self.fields().any(|field| field.adapter.is_some())
    }

    /// The fields of its parameters and of its row.
    pub fn fields(&self) -> impl Iterator<Item = &CheckedField> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.field);
        parameters.chain(self.row.iter().flat_map(|row| &row.fields))
    }

    /// The name of the method that runs it for many sets of parameters, if it is one that writes and gives no rows.
    ///
    /// What takes one list and nothing else is for many already.
    #[must_use]
    pub fn method_for_many(&self) -> Option<String> {
        let takes_sets = match &self.parameters[..] {
            [] => false,
            [lone] => !lone.field.ty.list,
            _ => true,
        };
        let runs = self.kind == QueryKind::Execute && takes_sets;
        let name = self.method.trim_start_matches("r#");
        runs.then(|| format!("{}_many", name.trim_end_matches('_')))
    }

    /// Its name in errors, traces and lists, `tasks.by_id`.
    #[must_use]
    pub fn path(&self) -> String {
        statement_path(&self.namespace, &self.stem)
    }

    /// The name of its params type, should it have one.
    #[must_use]
    pub fn params_type(&self) -> String {
        format!("{}Params", self.type_name.trim_end_matches('_'))
    }
}

/// The name of the statement `stem` with its namespace, `tasks.by_id`.
#[must_use]
pub(super) fn statement_path(namespace: &[String], stem: &str) -> String {
    let mut path = namespace.to_vec();
    path.push(stem.trim_start_matches("r#").to_owned());
    path.join(".")
}

/// A file that is embedded as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedScript {
    /// The file below the database's folder, `schema/tasks.sql`.
    pub file: String,
    /// The text that is run.
    pub sql: String,
    /// The version of a migration step; 0 for schema and seeds.
    pub version: u32,
}

/// A database with everything decided.
#[derive(Debug, Clone)]
pub struct CheckedDatabase {
    /// The database type.
    pub name: String,
    /// The name of its module.
    pub module: String,
    /// Whether each namespace has a file of its own.
    pub split: bool,
    /// Its folder as it is shown, `sql/AppDatabase`.
    pub source: String,
    /// The path of the runtime crate.
    pub runtime_path: String,
    /// The traits that rows and params derive beside the usual ones.
    pub derives: Vec<String>,
    /// The schema's statements in the order in which they run.
    pub schema: Vec<CheckedScript>,
    /// The seeds.
    pub init: Vec<CheckedScript>,
    /// The migration steps.
    pub steps: Vec<CheckedScript>,
    /// The statements by namespace and file.
    pub queries: Vec<CheckedQuery>,
    /// The application's functions that convert values, by name.
    pub adapters: Vec<CheckedAdapter>,
}

impl CheckedDatabase {
    /// The version of a fresh database.
    #[must_use]
    pub fn version(&self) -> u32 {
        let newest = self.steps.iter().map(|step| step.version).max();
        newest.unwrap_or(1)
    }
}
