//! What the compiler knows of one database, in the words of Rust.
//!
//! Fields named `*_layout` hold code that is already broken into lines, relative to the indentation at which the
//! template prints them; their first line carries none.

mod migrations;
mod module;
mod query;
mod row;

pub use migrations::Migrations;
pub use module::{Accessor, Adapters, Handle, Module, Namespace, NamespaceFile};
pub use query::{Nested, Params, Query, Reader};
pub use row::{Field, Row};
