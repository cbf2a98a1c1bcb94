//! Runs the schema on an in-memory SQLite and describes what came out.
//!
//! Goes in: the statements of `schema/`, in any order, and the functions and collations that the application declares.
//! Comes out: a [`Catalog`], which knows every table and view and holds the connection on which queries are prepared.
//! Seeds are then run on a second database by [`check_seeds`]. Invariant: what it knows, SQLite said; one broken statement
//! is one diagnostic, and the relations it would have made are remembered, so that nothing that uses them is blamed as well.

mod backing;
mod build;
mod command;
mod conflict;
mod describe;
mod duplicates;
mod error;
mod existing;
mod generated;
mod header;
mod image;
mod math;
mod model;
mod patience;
mod planner;
mod prepare;
mod probe;
mod quoted;
mod references;
mod rejection;
mod schema;
mod scratch;
mod seeds;
#[cfg(test)]
mod seeds_tests;
mod stubs;
mod undeclared;
mod violation;

pub use backing::Backing;
pub use command::{Command, Resolution};
pub use error::CatalogError;
pub use existing::{ObjectKind, SchemaObject, read_schema};
pub use header::{Header, read_header};
pub use image::is_image;
pub use math::MATH_FUNCTIONS;
pub use model::{Column, ForeignKey, ForeignKeyAction, Index, Relation, RelationKind, Trigger};
pub use planner::Planner;
pub use prepare::{Access, MetaColumn, PlanStep, Prepared};
pub use rejection::{Rejection, advise_lookalike};
pub use schema::{Catalog, SchemaStatement};
pub use seeds::check_seeds;
