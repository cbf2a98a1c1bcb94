//! Golden tests: what every fixture becomes, byte for byte, and that all of it runs.
//!
//! `fixtures/generate/<case>` is compared with its `expected/` folder; `fixtures/errors/<case>` with `expected.stderr`.
//! Checking is the default. With `BLESS=1` in the environment the expectations are written instead.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod carried;
mod cases;
mod diagnostics;
mod examples;
mod explanations;
mod modules;
mod recorder;
mod remote;

/// The types of the application in the fixture `carried_calendar`.
#[path = "../fixtures/generate/carried_calendar/calendar.rs"]
mod calendar;

/// The types of the application in the fixture `carried_people`.
#[path = "../fixtures/generate/carried_people/address.rs"]
mod address;

/// The types of the application in the fixture `types`.
#[path = "../fixtures/generate/types/model.rs"]
mod model;
/// The types of the application in the fixture `nested`.
#[path = "../fixtures/generate/nested/own.rs"]
mod nested_own;
#[path = "../fixtures/generate/adapters/own.rs"]
mod own;
#[path = "../fixtures/generate/builtins/plain.rs"]
mod plain;
#[path = "../fixtures/generate/guide/race.rs"]
mod race;

/// Where the fixture `pair` looks for the runtime: a crate may re-export it.
mod facade {
    pub use sqlitenow_runtime::v1;
}
