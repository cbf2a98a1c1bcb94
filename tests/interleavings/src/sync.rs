//! The runtime's `sync`, with primitives whose every step the checker schedules.

pub(crate) use loom::sync::{Mutex, MutexGuard, atomic};

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panics here")
}

pub(crate) mod thread {
    //! Threads that park. The checker's own forget an `unpark` that comes while they wait for a lock.

    use std::sync::Arc;
    use std::time::Duration;

    use loom::sync::{Condvar, Mutex};

    use super::lock;

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
            *lock(&self.0.given) = true;
            self.0.heard.notify_one();
        }
    }

    pub(crate) fn current() -> Thread {
        CURRENT.with(Clone::clone)
    }

    pub(crate) fn park() {
        let Thread(token) = current();
        let mut given = lock(&token.given);
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

pub(crate) mod mpsc {
    //! Channels whose receivers hear of the last sender's end, which the checker's own do not.

    use std::collections::VecDeque;
    use std::sync::Arc;
    use std::time::Duration;

    pub(crate) use std::sync::mpsc::{RecvError, TryRecvError};

    use loom::sync::{Condvar, Mutex};

    use super::lock;

    struct Channel<T> {
        state: Mutex<State<T>>,
        changed: Condvar,
    }

    struct State<T> {
        sent: VecDeque<T>,
        over: bool,
    }

    pub(crate) struct Sender<T>(Arc<Channel<T>>);

    pub(crate) struct Receiver<T>(Arc<Channel<T>>);

    pub(crate) fn channel<T>() -> (Sender<T>, Receiver<T>) {
        let channel = Arc::new(Channel {
            state: Mutex::new(State {
                sent: VecDeque::new(),
                over: false,
            }),
            changed: Condvar::new(),
        });
        (Sender(Arc::clone(&channel)), Receiver(channel))
    }

    impl<T> Sender<T> {
        pub(crate) fn send(&self, message: T) {
            lock(&self.0.state).sent.push_back(message);
            self.0.changed.notify_one();
        }
    }

    impl<T> Drop for Sender<T> {
        fn drop(&mut self) {
            lock(&self.0.state).over = true;
            self.0.changed.notify_one();
        }
    }

    impl<T> Receiver<T> {
        pub(crate) fn try_recv(&self) -> Result<T, TryRecvError> {
            let mut state = lock(&self.0.state);
            match state.sent.pop_front() {
                Some(message) => Ok(message),
                None if state.over => Err(TryRecvError::Disconnected),
                None => Err(TryRecvError::Empty),
            }
        }

        pub(crate) fn recv(&self) -> Result<T, RecvError> {
            let mut state = lock(&self.0.state);
            loop {
                if let Some(message) = state.sent.pop_front() {
                    return Ok(message);
                }
                if state.over {
                    return Err(RecvError);
                }
                state = self.0.changed.wait(state).expect("nobody panics here");
            }
        }

        /// No model has a clock: what is lent comes back by itself.
        pub(crate) fn recv_timeout(&self, _: Duration) -> Result<T, RecvError> {
            self.recv()
        }
    }
}

pub(crate) mod oneshot {
    //! The answer of a job. The checker would not see what another crate's channel orders.

    use std::future::poll_fn;
    use std::sync::Arc;
    use std::task::{Poll, Waker};

    use super::{Mutex, lock};

    struct Slot<T> {
        sent: Option<T>,
        over: bool,
        waker: Option<Waker>,
    }

    pub(crate) struct Sender<T>(Arc<Mutex<Slot<T>>>);

    pub(crate) struct Receiver<T>(Arc<Mutex<Slot<T>>>);

    pub(crate) fn channel<T>() -> (Sender<T>, Receiver<T>) {
        let slot = Arc::new(Mutex::new(Slot {
            sent: None,
            over: false,
            waker: None,
        }));
        (Sender(Arc::clone(&slot)), Receiver(slot))
    }

    impl<T> Sender<T> {
        pub(crate) fn send(self, answer: T) {
            lock(&self.0).sent = Some(answer);
        }
    }

    impl<T> Drop for Sender<T> {
        fn drop(&mut self) {
            let mut slot = lock(&self.0);
            slot.over = true;
            let waker = slot.waker.take();
            drop(slot);
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }

    impl<T> Receiver<T> {
        /// None if there is no answer and never will be.
        pub(crate) async fn receive(self) -> Option<T> {
            poll_fn(|cx| {
                let mut slot = lock(&self.0);
                if slot.over {
                    return Poll::Ready(slot.sent.take());
                }
                slot.waker = Some(cx.waker().clone());
                Poll::Pending
            })
            .await
        }
    }
}
