//! Tests of the workspace; see the `[[test]]` targets in `Cargo.toml`.

/// The database the runtime's tests drive. Public, so that it is held to the lints of a published module.
#[path = "fixtures/generate/board/expected/board_database.rs"]
pub mod board;

pub mod memory;

#[cfg(doctest)]
mod misuse;
