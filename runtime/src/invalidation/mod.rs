//! What a commit invalidates.
//!
//! `tables` interns names, `set` holds what is read and what was written, `tracker` collects the writes of one
//! block, `hub` tells the readers. Invariant: published after COMMIT, before the writer's future resolves, never
//! for work that was undone.

mod board;
mod hub;
mod set;
mod tables;
mod tracker;

pub(crate) use self::board::SubscriberId;
pub(crate) use self::hub::{Hub, Subscriber, wake};
pub(crate) use self::set::{Pin, ReadSet, Table, WriteSet};
pub(crate) use self::tables::Tables;
pub(crate) use self::tracker::Tracker;
