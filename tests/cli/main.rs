//! The terminal program, run as a user runs it: arguments in; files, lines and exit codes out.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod explain;
mod from_database;
mod generate;
mod inspect;
mod json;
mod plan;
mod project;
mod schema_database;
mod split;
mod usage;
