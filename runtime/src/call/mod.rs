//! What a generated method returns: a statement with its values, run by one of its terminal methods.
//!
//! In: a handle, a bound query, the caller's location. Out: rows, changes or a watch. Invariant: nothing happens
//! before a terminal method's future is first polled, and it decides then where it runs.

mod batch;
mod beside;
mod bundle;
mod execute;
mod execute_many;
mod gather;
mod handle;
mod perform;
mod raw;
#[cfg(feature = "sharing")]
mod remote;
mod returning;
mod select;
mod work;

pub use self::batch::Batch;
pub(crate) use self::batch::{batch, batch_on};
#[cfg(feature = "sharing")]
pub(crate) use self::beside::raw as raw_beside;
pub use self::execute::Execute;
pub use self::execute_many::ExecuteMany;
pub(crate) use self::gather::{AtMostOne, Gather, List, One};
pub use self::handle::{AnyHandle, AsyncHandle};
pub(crate) use self::perform::Shared;
pub(crate) use self::raw::{Raw, raw, raw_on};
pub use self::raw::{RawParams, RawRows};
#[cfg(feature = "sharing")]
pub(crate) use self::remote::place as at_owner;
pub use self::returning::Returning;
pub use self::select::Select;
pub(crate) use self::work::{Ran, Read, Work, convert, rowid_in, values_of};
