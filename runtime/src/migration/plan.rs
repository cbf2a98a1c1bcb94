//! The plan, as generated modules spell it.

/// One SQL file.
#[derive(Debug, Clone, Copy)]
pub struct Script {
    pub(crate) file: &'static str,
    pub(crate) sql: &'static str,
}

impl Script {
    /// Names a file and its text.
    #[must_use]
    pub const fn new(file: &'static str, sql: &'static str) -> Self {
        Self { file, sql }
    }
}

/// One migration file.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub(crate) version: u32,
    pub(crate) script: Script,
}

impl Step {
    /// Names the version that the file leads to, the file and its text.
    #[must_use]
    pub const fn new(version: u32, file: &'static str, sql: &'static str) -> Self {
        Self {
            version,
            script: Script::new(file, sql),
        }
    }
}

/// How to make a database, and how to bring an older one up to date.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    /// The newest version.
    pub version: u32,
    /// Makes the newest schema from nothing.
    pub schema: &'static [Script],
    /// Fills a new database.
    pub init: &'static [Script],
    /// Leads from each version to the next, ascending.
    pub steps: &'static [Step],
    #[doc(hidden)]
    pub reserved: (),
}

impl Migrations {
    /// Nothing to do: version 1 without tables. Meant to be completed with `..Migrations::NONE`.
    pub const NONE: Self = Self {
        version: 1,
        schema: &[],
        init: &[],
        steps: &[],
        reserved: (),
    };
}
