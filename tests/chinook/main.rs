//! Chinook, a public sample database, as input that nobody wrote for us: introspected, generated from, queried.
//!
//! `build.rs` generates the module from the file's schema, from our tables in `schema/` with the `migration/` that brings
//! them, and from `queries/`, and sets the cfg `chinook`. Every result is compared cell by cell with what plain rusqlite
//! reads, every write by the content of all tables afterwards. Where the file is absent the tests say that they were skipped.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

#[cfg(chinook)]
mod aggregates;
#[cfg(chinook)]
mod cells;
#[cfg(chinook)]
mod changes;
#[cfg(chinook)]
mod deletes;
#[cfg(chinook)]
mod doors;
#[cfg(chinook)]
mod filters;
#[cfg(chinook)]
mod joins;
#[cfg(chinook)]
mod lists;
#[cfg(chinook)]
mod opening;
#[cfg(chinook)]
mod sample;
#[cfg(chinook)]
mod subqueries;
#[cfg(chinook)]
mod twins;
#[cfg(chinook)]
mod writes;

/// The module of the file's schema and of our folders.
#[cfg(chinook)]
mod generated {
    sqlitenow_runtime::include_database!("chinook_database");
}

/// The sample, which never becomes part of the project; the build script looks in the same place.
const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/data/chinook/chinook.sqlite"
);

#[cfg(not(chinook))]
#[test]
fn chinook_is_absent_and_its_tests_are_skipped() {
    eprintln!("skipped: the sample database Chinook is not beside the project");
    assert!(
        !std::path::Path::new(FILE).exists(),
        "the sample came after the build script ran: touch `tests/build.rs`"
    );
}
