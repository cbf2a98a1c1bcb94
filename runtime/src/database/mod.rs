//! The database handle and what stands behind it.
//!
//! `open` makes a connection ready and builds the `core` around it; `handle` is what applications clone; `core`
//! is shared by handles, open blocks and jobs on the thread; `close` ends it. Invariant: a database value is open
//! until it is closed, and closed for good.

mod close;
mod core;
mod doors;
mod handle;
mod open;
mod record;
mod status;

pub(crate) use self::core::{Core, Policy};
pub use self::doors::Handle;
pub use self::handle::Database;
pub use self::open::Opening;
pub(crate) use self::record::Record;
pub use self::status::{Holder, Status};
