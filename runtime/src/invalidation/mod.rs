//! What a commit invalidates.
//!
//! `tables` interns names, `set` holds what is read and what was written, `tracker` collects the writes of one
//! block, `hub` tells the readers. `change` is what a `feed` shows of each commit. Invariant: published after COMMIT, before the writer's future resolves, never
//! for work that was undone.

mod board;
mod change;
mod feed;
mod hub;
mod origin;
mod set;
mod tables;
mod tracker;

pub(crate) use self::board::SubscriberId;
pub use self::change::{ChangeFilter, ChangeKind, TableChange};
pub(crate) use self::feed::{Feed, Next};
pub(crate) use self::hub::{Hub, Subscriber, wake};
pub use self::origin::ChangeOrigin;
#[cfg(feature = "sharing")]
pub(crate) use self::set::{Change, Columns, Rows, Written};
pub(crate) use self::set::{Pin, ReadSet, Table, WriteSet};
pub(crate) use self::tables::Tables;
pub(crate) use self::tracker::Tracker;
