//! Every golden module, compiled in edition 2021 with warnings and pedantic lints denied; `golden` does so in 2024.

#[path = "../fixtures/generate/bench/expected/bench_database.rs"]
pub mod bench;
#[path = "../fixtures/generate/first/expected/app_database.rs"]
pub mod first;
#[path = "../fixtures/generate/minimal/expected/app_database.rs"]
pub mod minimal;
#[path = "../fixtures/generate/names/expected/names_database.rs"]
pub mod names;
#[path = "../../runtime/doc/notes_database.rs"]
pub mod notes;
#[path = "../fixtures/generate/pair/expected/first.rs"]
pub mod pair_first;
#[path = "../fixtures/generate/pair/expected/second.rs"]
pub mod pair_second;
#[path = "../fixtures/generate/values/expected/values_database.rs"]
pub mod values;

/// Where `pair` looks for the runtime: a crate may re-export it.
mod facade {
    pub use sqlitenow_runtime::v1;
}
