//! A thread of a database: its own, or that of a connection that only reads.
//!
//! In: jobs, each owning the permits it works under. Out: nothing; a job reports through its own channel.
//! Invariants: started by the first job, jobs run one after the other in the order they came, and a job that
//! panics does not take the thread with it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

use super::soon::Soon;

/// So long the thread lets jobs gather that are to be done soon.
const PAUSE: Duration = Duration::from_millis(5);

type Job = Box<dyn FnOnce() + Send>;

enum Message {
    Run(Job),
    /// There is something to be done soon.
    Look,
}

thread_local! {
    static WORKS: Cell<bool> = const { Cell::new(false) };
}

/// Whether this is the thread of a worker: it must not wait for other jobs to end.
pub(crate) fn on_worker() -> bool {
    WORKS.get()
}

pub(crate) struct Worker {
    name: &'static str,
    thread: Mutex<Option<Sender<Message>>>,
    soon: Arc<Soon<Job>>,
}

impl Worker {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            thread: Mutex::default(),
            soon: Arc::new(Soon::new()),
        }
    }

    /// Lines the job up. On failure the job was dropped, with all it owns.
    pub(crate) fn submit(&self, job: Job) -> Result<()> {
        self.send(Message::Run(job))
    }

    /// Leaves a short job that may wait a little; it is dropped where there can be no thread. Of many that come in short
    /// intervals only the first calls the thread, which costs a system call.
    pub(crate) fn submit_soon(&self, job: Job) {
        if self.soon.leave(job) && self.send(Message::Look).is_err() {
            drop(self.soon.look());
        }
    }

    fn send(&self, message: Message) -> Result<()> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if thread.is_none() {
            let (messages, waiting) = channel();
            let soon = Arc::clone(&self.soon);
            thread::Builder::new()
                .name(self.name.to_owned())
                .spawn(move || run(&waiting, &soon))
                .map_err(|source| Error::Io {
                    path: PathBuf::from("database thread"),
                    source,
                })?;
            *thread = Some(messages);
        }
        let messages = thread.clone();
        drop(thread);
        match messages {
            Some(messages) if messages.send(message).is_ok() => Ok(()),
            _ => Err(Error::Closed { source: None }),
        }
    }
}

/// Ends when the database, which holds the only sender, is gone.
fn run(messages: &Receiver<Message>, soon: &Soon<Job>) {
    WORKS.set(true);
    // When to look without being called.
    let mut look = None;
    while let Some(message) = next(messages, look) {
        match message {
            Message::Run(job) => run_one(job),
            Message::Look => {
                let jobs = soon.look();
                look = jobs.is_some().then(|| Instant::now() + PAUSE);
                jobs.into_iter().flatten().for_each(run_one);
            }
        }
    }
}

/// Waits for the next message, but not beyond the time of the next look.
fn next(messages: &Receiver<Message>, look: Option<Instant>) -> Option<Message> {
    let Some(look) = look else {
        return messages.recv().ok();
    };
    let left = look.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Some(Message::Look);
    }
    match messages.recv_timeout(left) {
        Ok(message) => Some(message),
        Err(RecvTimeoutError::Timeout) => Some(Message::Look),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

fn run_one(job: Job) {
    // The job has told its caller; its guards have cleaned up.
    let _ = catch_unwind(AssertUnwindSafe(job));
}
