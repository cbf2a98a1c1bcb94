//! What the core locks, counts and waits with.
//!
//! The shells around the core's state machines – the queue's frames, the hub, the watches – take their locks, atomics
//! and parked threads from here and from nowhere else: `tests/interleavings` compiles the very same files against
//! primitives that try every order of events. Numbers that order nothing may come from `std`.

pub(crate) use std::sync::{Mutex, MutexGuard, atomic};
pub(crate) use std::thread;
