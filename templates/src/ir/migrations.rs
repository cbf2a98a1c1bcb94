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
    /// The constants that the arrays name.
    pub scripts: Vec<Script>,
}

/// One embedded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// `const NAME: &str = …;`
    pub text_layout: String,
}
