//! What makes a fresh database and updates an older one.

/// The migration plan of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrations {
    /// The newest version.
    pub version: u32,
    /// The scripts as array expressions; empty when there are none.
    pub schema_layout: String,
    /// The seeds, likewise.
    pub init_layout: String,
    /// The migration steps, likewise.
    pub steps_layout: String,
    /// `const NAME: &str = …;` for every script that the arrays name.
    pub texts_layout: Vec<String>,
}
