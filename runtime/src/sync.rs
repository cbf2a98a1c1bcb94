//! What the core locks, counts and waits with.
//!
//! The shells around the core's state machines – the queue's frames, the hub, the watches – take their locks, atomics
//! and parked threads from here and from nowhere else: `tests/interleavings` compiles the very same files against
//! primitives that try every order of events. Numbers that order nothing may come from `std`.

use std::sync::PoisonError;

pub(crate) use std::sync::{Mutex, MutexGuard, atomic, mpsc};
pub(crate) use std::thread;

/// Locks; who panicked under the lock has left nothing half done.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
