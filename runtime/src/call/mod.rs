//! What a generated method returns: a statement with its values, run by one of its terminal methods.
//!
//! In: a handle, a bound query, the caller's location. Out: rows, changes or a watch. Invariant: nothing happens
//! before a terminal method's future is first polled, and it decides then where it runs.

mod execute;
mod gather;
mod handle;
mod perform;
mod returning;
mod select;
mod work;

pub use self::execute::Execute;
pub(crate) use self::gather::{AtMostOne, Gather, List, One};
pub use self::handle::AsyncHandle;
pub(crate) use self::perform::Shared;
pub use self::returning::Returning;
pub use self::select::Select;
pub(crate) use self::work::{Work, convert, values_of};
