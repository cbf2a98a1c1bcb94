//! The runtime's invalidation, file by file.

use std::task::Waker;

use crate::sync::atomic::{AtomicBool, Ordering};

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

pub(crate) use self::hub::{Hub, Subscriber, wake};
pub(crate) use self::origin::ChangeOrigin;
pub(crate) use self::set::{Change, Columns, ReadSet, WriteSet};
pub(crate) use self::tracker::Tracker;

/// Knows whether it was told of a commit.
#[derive(Default)]
pub(crate) struct Told(AtomicBool);

impl Told {
    pub(crate) fn is_dirty(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl Subscriber for Told {
    fn changed(&self) -> (Vec<Waker>, bool) {
        self.0.store(true, Ordering::SeqCst);
        (Vec::new(), false)
    }

    fn nudge(&self) -> Vec<Waker> {
        Vec::new()
    }

    fn close(&self) -> Vec<Waker> {
        Vec::new()
    }
}
