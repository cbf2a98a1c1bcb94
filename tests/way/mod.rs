//! How the tests reach their databases.
//!
//! In: a builder as an application would fill it. Out: the open database. Invariant: a test that opens by this builder knows
//! nothing of the way.

mod builder;

pub use builder::{Builder, Opening};
