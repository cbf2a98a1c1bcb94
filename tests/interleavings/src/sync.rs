//! The runtime's `sync`, with primitives whose every step the checker schedules.

pub(crate) use loom::sync::{Mutex, MutexGuard, atomic, mpsc};

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panics here")
}

pub(crate) mod thread {
    //! Threads that park. The checker's own forget an `unpark` that comes while they wait for a lock.

    use std::sync::Arc;
    use std::time::Duration;

    use loom::sync::{Condvar, Mutex};

    /// A thread, as others see it.
    #[derive(Clone)]
    pub(crate) struct Thread(Arc<Token>);

    struct Token {
        given: Mutex<bool>,
        heard: Condvar,
    }

    loom::thread_local! {
        static CURRENT: Thread = Thread(Arc::new(Token {
            given: Mutex::new(false),
            heard: Condvar::new(),
        }));
    }

    impl Thread {
        pub(crate) fn unpark(&self) {
            *self.0.given.lock().expect("nobody panics here") = true;
            self.0.heard.notify_one();
        }
    }

    pub(crate) fn current() -> Thread {
        CURRENT.with(Clone::clone)
    }

    pub(crate) fn park() {
        let Thread(token) = current();
        let mut given = token.given.lock().expect("nobody panics here");
        while !*given {
            given = token.heard.wait(given).expect("nobody panics here");
        }
        *given = false;
    }

    /// No model has a clock.
    pub(crate) fn park_timeout(_: Duration) {
        park();
    }
}
