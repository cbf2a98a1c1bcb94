//! The database handle and what stands behind it.
//!
//! `open` makes a database now, later or when it is needed: `ready` prepares its connection, `dormant` is one that is not
//! open yet. `handle` is what applications clone; `core` is shared by handles, open blocks and jobs on the thread; `policy`
//! is what was decided for it, `turns` says when work runs, `executor` where, and `readers` are connections beside the queue;
//! `backup` copies it, `close`
//! ends it. Invariant: a database value takes calls until it is closed, and is closed for good.

mod backup;
mod close;
mod core;
mod doors;
mod dormant;
mod executor;
mod handle;
mod observing;
mod open;
mod policy;
mod readers;
mod ready;
mod record;
mod status;
mod still;
mod turns;

#[cfg(feature = "sharing")]
pub(crate) use self::backup::back_up;
pub(crate) use self::core::Core;
pub use self::doors::Handle;
pub use self::handle::Database;
pub use self::open::Opening;
#[cfg(feature = "sharing")]
pub(crate) use self::open::{delayed, open, open_elsewhere};
pub(crate) use self::policy::Policy;
pub(crate) use self::readers::{Readers, Reading, on_own_thread};
#[cfg(feature = "sharing")]
pub(crate) use self::ready::make_folder;
pub(crate) use self::record::Record;
#[cfg(feature = "sharing")]
pub(crate) use self::record::{Pace, pins};
pub use self::status::{Holder, Status};
