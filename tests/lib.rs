//! Tests of the workspace; see the `[[test]]` targets in `Cargo.toml`.

/// The database the runtime's tests drive. Public, so that it is held to the lints of a published module.
#[path = "fixtures/generate/board/expected/board_database.rs"]
pub mod board;

/// A database that is opened with adapters, for the tests of what does not compile.
#[path = "fixtures/generate/adapters/expected/desk_database.rs"]
pub mod desk;
pub mod memory;
#[cfg(target_os = "linux")]
pub mod network;
/// The types which those adapters convert.
#[path = "fixtures/generate/adapters/own.rs"]
pub mod own;
pub mod way;

#[cfg(doctest)]
mod misuse;
