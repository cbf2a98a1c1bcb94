//! A database as one Rust module: handles, namespaces and what is in them.

use super::{Field, Migrations, Query};

/// One generated module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its file, `app_database.rs`.
    pub file: String,
    /// The database's folder as it is shown, `sql/AppDatabase`.
    pub source: String,
    /// The path of the runtime crate, `::sqlitenow_runtime`.
    pub runtime_path: String,
    /// The database type.
    pub database: String,
    /// The transaction type.
    pub transaction: String,
    /// The connection type.
    pub connection: String,
    /// Number of statements in the module.
    pub statements: usize,
    /// The application's own conversions, if it has any.
    pub adapters: Option<Adapters>,
    /// What makes a fresh database and updates an older one.
    pub migrations: Migrations,
    /// The three handles with the accessors and root methods that each of them carries.
    pub handles: Vec<Handle>,
    /// Statements of the root namespace.
    pub queries: Vec<Query>,
    /// The namespaces, in the order of their folders.
    pub namespaces: Vec<Namespace>,
    /// `const NAME: &str = …;` for every SQL text that no namespace's file has, in source order.
    pub texts_layout: Vec<String>,
}

/// The type of the application's own conversions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adapters {
    /// Its name.
    pub type_name: String,
    /// The lints that its shape trips.
    pub allows: Vec<String>,
    /// Its entries, by name.
    pub fields: Vec<Field>,
}

/// One of the three types through which statements are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handle {
    /// The type as an `impl` names it, `AppConnection<'_>`.
    pub type_name: String,
    /// One accessor for each namespace.
    pub accessors: Vec<Accessor>,
    /// One method for each statement of the root namespace.
    pub methods: Vec<Accessor>,
}

/// A method of a handle or a namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessor {
    /// Documentation, one entry a line.
    pub doc: Vec<String>,
    /// The lints that its name trips, `clippy::wrong_self_convention`.
    pub allows: Vec<String>,
    /// The signature up to and including `{`.
    pub signature_layout: String,
    /// The expression it returns.
    pub body_layout: String,
    /// Whether errors name the place of the call.
    pub track_caller: bool,
}

/// A folder below `queries/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// The folder as it is shown, `queries/tasks/`.
    pub folder: String,
    /// The module's name, which is the accessor's too.
    pub module: String,
    /// The type whose methods the statements are.
    pub type_name: String,
    /// Statements, in source order.
    pub queries: Vec<Query>,
    /// Accessors of the namespaces inside of this one.
    pub accessors: Vec<Accessor>,
    /// The namespaces inside of this one.
    pub namespaces: Vec<Namespace>,
    /// The file it stands in, unless that is the one of the module around it.
    pub file: Option<NamespaceFile>,
}

/// The file of a namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamespaceFile {
    /// Its path beside the module's file, `app_database/shop/orders.rs`.
    pub path: String,
    /// Its path beside the file that declares it, `shop/orders.rs`.
    pub declared: String,
    /// `const NAME: &str = …;` for every SQL text of the namespace, in source order.
    pub texts_layout: Vec<String>,
}
