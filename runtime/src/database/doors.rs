//! The typed doors: what every generated database offers.
//!
//! In: one `database!` in a generated module. Out: three newtypes over the runtime's handles with all their
//! doors as inherent methods.

use crate::migration::Migrations;

use super::Database;

/// A generated database; [`database!`](crate::v1::database!) implements it.
pub trait Handle: Clone + Send + Sync + Sized + 'static {
    /// The application's conversions, which it is opened with; `()` when it has none.
    type Adapters: Send + Sync + 'static;

    /// How to bring a file up to date.
    const MIGRATIONS: Migrations;
    /// How many statements the module has.
    const STATEMENTS: usize;

    /// Wraps an open database.
    fn from_database(database: Database) -> Self;
    /// The database inside.
    fn database(&self) -> &Database;
}
