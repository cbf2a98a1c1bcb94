//! Joined rows in, rows with collections in them out.
//!
//! In: the rows of a join, one by one, through the code that is generated for a statement. Out: each parent once, with
//! each of its elements once. Invariants: parents and elements keep the order of first appearance; what is known already
//! is neither read nor copied.

mod gather;
mod groups;
mod select;

pub use self::groups::Groups;
pub use self::select::SelectNested;
