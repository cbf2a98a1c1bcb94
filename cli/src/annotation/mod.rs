//! Understands `@@{ … }` blocks in comments; `GRAMMAR.md` at the root of the project is their law.
//!
//! Goes in: a statement with its comments. Comes out: its [`Annotations`], every name and value with its span. `parse`
//! makes a tree of a comment and never fails; `resolve` checks keys, values and places. Whether the columns and parameters
//! exist is for a later pass.

mod comment;
mod cursor;
mod doc;
mod judge;
mod keys;
mod merge;
mod model;
mod parse;
mod resolve;
mod rust;
#[cfg(test)]
mod tests;
mod tree;
mod value;

pub use keys::Place;
pub use model::{
    AdapterChoice, Annotations, CascadeNotify, DynamicBlock, FieldBlock, MappingType,
    NameGenerator, ParamBlock, Spanned, StatementBlock,
};
pub use resolve::{refuse_orphans, resolve_statement};
