//! The runtime's queue, file by file.

#[path = "../../../runtime/src/queue/acquire.rs"]
mod acquire;
#[path = "../../../runtime/src/queue/frame.rs"]
mod frame;
#[path = "../../../runtime/src/queue/gate.rs"]
mod gate;

pub(crate) use self::acquire::{Acquire, Refusal};
pub(crate) use self::frame::{Frame, FrameId, Permit, next_id};
pub(crate) use self::gate::Ticket;

pub(crate) mod scope {
    //! The models name the frame of every call, so that no poll is found inside of one.

    use std::sync::Arc;

    use super::{Frame, FrameId};

    pub(crate) fn is_within(_: FrameId) -> bool {
        false
    }

    pub(crate) fn innermost(_: FrameId) -> Option<Arc<Frame>> {
        None
    }
}
