//! Everything SQLite accepts generates: statements over all of sqlite.org's syntax pages, generated and run.
//!
//! `sql/queries/<page>/<production>.sql` holds the statements, `sql/schema` the productions of the schema's side. Each
//! statement is generated like any application's, compiled, run on rows that satisfy the schema, and compared with what
//! rusqlite gives for the same text.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod conformance;
mod drawn;
mod given;
mod hold;
mod outcome;
mod run;
mod support;

/// The module as an application has it.
mod database {
    include!(concat!(env!("OUT_DIR"), "/corpus_database.rs"));
}
