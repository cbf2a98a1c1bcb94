//! The runtime's invalidation, file by file.

#[path = "../../../runtime/src/invalidation/board.rs"]
mod board;
#[path = "../../../runtime/src/invalidation/hub.rs"]
mod hub;
#[path = "../../../runtime/src/invalidation/set.rs"]
mod set;
#[path = "../../../runtime/src/invalidation/tracker.rs"]
mod tracker;

pub(crate) use self::hub::{Hub, Subscription};
pub(crate) use self::set::{Change, Columns, ReadSet, WriteSet};
pub(crate) use self::tracker::Tracker;
