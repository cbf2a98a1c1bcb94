//! The runtime's watches, file by file.

#[path = "../../../runtime/src/watch/course.rs"]
mod course;
#[path = "../../../runtime/src/watch/pace.rs"]
mod pace;
#[path = "../../../runtime/src/watch/shared.rs"]
mod shared;

pub(crate) use self::course::{Member, Run, Step, Taken};
pub(crate) use self::pace::{Pace, Pacer};
pub(crate) use self::shared::{Lease, Shared};
