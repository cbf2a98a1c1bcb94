//! The intermediate representation of sqlitenow and the templates that print it as Rust.
//!
//! In: an [`ir::Module`], in which every name, type and line break is decided. Out: the text of one Rust module, in one file or in one for each
//! namespace. This
//! crate does no I/O, knows no SQL and decides nothing; what a template needs is a field it can print.
//!
//! The IR is the contract between the compiler and its printer and is exempt from semantic versioning.

pub mod ir;
mod render;

pub use render::{RenderedFile, render_module};
