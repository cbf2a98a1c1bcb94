//! Ordered access to the one connection of a database.
//!
//! `gate` says who is next, as a pure state machine. `frame` wraps it so that tasks and threads can wait, and
//! chains gates: the database's own, one for each open transaction block, one for each block nested in it.
//! `scope` knows in which block a future is being polled. `worker` is the database's own thread; `soon` is what it
//! does by the way.
//! `pool` lends what there are several of: the connections that only read.
//!
//! Invariant: whoever touches the connection holds the permit of the innermost open frame, and a frame is open
//! only as long as it holds the permit of its parent.

mod acquire;
mod bounded;
mod frame;
mod gate;
mod parked;
mod pool;
pub(crate) mod scope;
mod soon;
mod worker;

pub(crate) use self::acquire::{Acquire, Refusal};
pub(crate) use self::bounded::bounded;
pub(crate) use self::frame::{Frame, FrameId, Permit, next_id};
pub(crate) use self::gate::Ticket;
pub(crate) use self::parked::parked;
#[cfg(feature = "sharing")]
pub(crate) use self::parked::parked_for;
pub(crate) use self::pool::{Lent, Pool};
pub(crate) use self::worker::{Worker, on_worker};
