//! The runtime's invalidation, file by file.

#[path = "../../../runtime/src/invalidation/board.rs"]
mod board;
#[path = "../../../runtime/src/invalidation/feed.rs"]
mod feed;
#[path = "../../../runtime/src/invalidation/hub.rs"]
mod hub;
#[path = "../../../runtime/src/invalidation/origin.rs"]
mod origin;
#[path = "../../../runtime/src/invalidation/set.rs"]
mod set;
#[path = "../../../runtime/src/invalidation/tracker.rs"]
mod tracker;

pub(crate) use self::board::SubscriberId;
pub(crate) use self::hub::{Hub, Subscriber, wake};
pub(crate) use self::origin::ChangeOrigin;
pub(crate) use self::set::{Change, Columns, ReadSet, WriteSet};
pub(crate) use self::tracker::Tracker;
