//! Reads the configuration and the SQL folders; the only room that reads the file system.
//!
//! Goes in: the path of `sqlitenow.toml`. Comes out: a [`Config`], a [`Folder`] per database, and every text that was read,
//! in a [`SourceMap`]. Invariant: the order of everything comes from names, never from the platform.

mod config;
mod declarations;
mod derives;
mod error;
mod folder;
mod keywords;
mod listing;
mod map;
mod migration;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod value;

pub use config::{Config, DEFAULT_OUTPUT, DatabaseConfig, read_config};
pub use declarations::{Declarations, DeclaredCollation, DeclaredFunction};
pub use error::SourceError;
pub use folder::{Folder, FolderPlace, QueryFile, read_folder};
pub use keywords::{RAW_KEYWORDS, RESERVED};
pub use map::{FileId, SourceFile, SourceMap, Span};
pub use migration::MigrationFile;
pub use types::{TypeChoice, declared_type};
