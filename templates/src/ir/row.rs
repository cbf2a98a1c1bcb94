//! Row types and their fields.

/// A row type; statements with one `queryResult` share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub type_name: String,
    /// Documentation: ``A row of `queries/tasks/all.sql`.``
    pub doc: String,
    /// The lints that its shape trips.
    pub allows: Vec<String>,
    /// `#[derive(Debug, Clone, PartialEq)]`
    pub derive_layout: String,
    /// Its fields, in the order of the columns.
    pub fields: Vec<Field>,
}

/// A field of a row or params type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// `pub id: i64,`
    pub layout: String,
    /// What it stands for: ``Column `id`.``
    pub doc: String,
}
