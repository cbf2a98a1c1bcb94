//! Columns of a join in, the shape of a nested row out: which columns stay, and which become the values inside of it.
//!
//! `SELECT p.*, a.* FROM person p LEFT JOIN address a …` with `dynamicField=addresses, sourceTable=a` → the columns of
//! `p` and one nested value with the columns of `a`. What a view declares holds wherever its columns come through
//! unchanged. Invariant: every column is in exactly one row.

mod facts;
mod key;
mod limit;
mod model;
mod plan;
mod presence;
mod resolve;
mod spelling;
mod unmatched;
mod view;

pub(super) use facts::Facts;
pub(super) use limit::check_limit;
pub use model::{CheckedConstant, CheckedMember, CheckedNested, Mapping, holds_collection};
pub(super) use plan::Plan;
pub(super) use resolve::NestedResolver;
pub(super) use unmatched::without_columns;
pub use view::check_views;
