//! Holds the house rules that a machine can check, over every file of the project.
//!
//! In: the source tree. Out: the names of the files, numbers and links that break a rule, all of them at once. Nothing is
//! compiled or run here, so that this is the cheapest test there is.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod conformance;
mod documents;
mod house;
mod tree;
