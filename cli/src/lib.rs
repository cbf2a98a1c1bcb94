//! The sqlitenow compiler: folders of SQL in, Rust modules out.
//!
//! A build script calls [`build`]; the terminal program is the same passes behind the feature `cli`.
//!
//! Data goes one way: `source → syntax → annotation → catalog → analyze → check → lower → emit`. Each pass takes the
//! value of the one before and pushes problems into [`diagnostic::Diagnostics`]; [`pipeline`] strings them together.

pub mod analyze;
pub mod annotation;
mod bug;
mod build;
pub mod catalog;
pub mod check;
#[cfg(feature = "cli")]
pub mod commands;
pub mod diagnostic;
pub mod emit;
pub mod lower;
pub mod pipeline;
#[cfg(test)]
#[path = "../../tests/random/mod.rs"]
mod random;
pub mod source;
pub mod syntax;

pub use build::build;
