//! The terminal program, run as a user runs it: arguments in; files, lines and exit codes out.

mod from_database;
mod generate;
mod project;
mod usage;
