//! Bringing a database to the version of the application.
//!
//! In: the generated plan and a fresh connection. Out: a database at the newest version. Invariants: a fresh
//! file gets schema and seeds, an older one its missing steps, either in one transaction; whatever fails leaves
//! file and version as they were; a newer file is refused before anything is written to it.

#[cfg(feature = "sharing")]
mod digest;
mod plan;
mod run;
mod schema;
mod violations;

pub use self::plan::{Migrations, Script, Step};
pub(crate) use self::run::{Blank, migrate, refuse_newer, refuse_older};
