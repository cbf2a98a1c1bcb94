//! In which blocks a future is being polled.
//!
//! In: the future of a transaction block. Out: the chain of frames around the current poll, innermost first,
//! possibly of several databases. It follows the future, not the task: what a block spawns is outside of it.

use std::future::Future;
use std::sync::Arc;

use tokio::task::futures::TaskLocalFuture;

use super::frame::{Frame, FrameId};

tokio::task_local! {
    static SCOPE: Scope;
}

#[derive(Clone)]
pub(crate) struct Scope(Arc<Link>);

struct Link {
    frame: Arc<Frame>,
    outer: Option<Scope>,
}

/// Polls the future inside the frame from now on.
pub(crate) fn inside<F: Future>(frame: Arc<Frame>, future: F) -> TaskLocalFuture<Scope, F> {
    let outer = SCOPE.try_with(Clone::clone).ok();
    SCOPE.scope(Scope(Arc::new(Link { frame, outer })), future)
}

/// The innermost frame of this database around the current poll.
pub(crate) fn innermost(database: FrameId) -> Option<Arc<Frame>> {
    find(|frame| frame.database == database)
}

/// Whether the current poll is inside the frame with that id, or inside a block nested in it.
pub(crate) fn is_within(id: FrameId) -> bool {
    find(|frame| frame.is_within(id)).is_some()
}

fn find(wanted: impl Fn(&Frame) -> bool) -> Option<Arc<Frame>> {
    SCOPE
        .try_with(|scope| {
            let mut link = Some(scope);
            while let Some(Scope(here)) = link {
                if wanted(&here.frame) {
                    return Some(Arc::clone(&here.frame));
                }
                link = here.outer.as_ref();
            }
            None
        })
        .ok()
        .flatten()
}
