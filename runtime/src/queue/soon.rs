//! Work that a thread does soon, brought by those who cannot afford to call it each time.
//!
//! In: jobs. Out: whether the thread has to be called, and at its looks the jobs. Pure but for a lock. Invariant: as long as
//! a job is here the thread was called or is going to look by itself, which it does until it finds nothing.

use std::mem;

use crate::sync::{Mutex, lock};

pub(crate) struct Soon<J>(Mutex<State<J>>);

struct State<J> {
    jobs: Vec<J>,
    /// Whether the thread was called, or will look without being called.
    is_looking: bool,
}

impl<J> Soon<J> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(State {
            jobs: Vec::new(),
            is_looking: false,
        }))
    }

    /// Leaves a job. Returns whether the thread has to be called.
    pub(crate) fn leave(&self, job: J) -> bool {
        let mut state = lock(&self.0);
        state.jobs.push(job);
        !mem::replace(&mut state.is_looking, true)
    }

    /// What has come since the last look; none if nothing has, after which the thread has to be called again.
    pub(crate) fn look(&self) -> Option<Vec<J>> {
        let mut state = lock(&self.0);
        if state.jobs.is_empty() {
            state.is_looking = false;
            return None;
        }
        Some(mem::take(&mut state.jobs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thread_is_called_once_and_then_looks_until_it_finds_nothing() {
        let soon = Soon::new();
        assert!(soon.leave(1));
        assert!(!soon.leave(2));
        assert_eq!(soon.look(), Some(vec![1, 2]));
        assert!(!soon.leave(3), "it will look by itself");
        assert_eq!(soon.look(), Some(vec![3]));
        assert_eq!(soon.look(), None);
        assert!(soon.leave(4));
    }
}
