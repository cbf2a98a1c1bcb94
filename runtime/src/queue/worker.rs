//! A thread of a database: its own, or that of a connection that only reads.
//!
//! In: jobs, each owning the permits it works under. Out: nothing; a job reports through its own channel.
//! Invariants: started by the first job, jobs run one after the other in the order they came, and a job that
//! panics does not take the thread with it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::{Error, Result};

type Job = Box<dyn FnOnce() + Send>;

thread_local! {
    static WORKS: Cell<bool> = const { Cell::new(false) };
}

/// Whether this is the thread of a worker: it must not wait for other jobs to end.
pub(crate) fn on_worker() -> bool {
    WORKS.get()
}

pub(crate) struct Worker {
    name: &'static str,
    jobs: Mutex<Option<Sender<Job>>>,
}

impl Worker {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            jobs: Mutex::default(),
        }
    }

    /// Lines the job up. On failure the job was dropped, with all it owns.
    pub(crate) fn submit(&self, job: Job) -> Result<()> {
        let mut sender = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if sender.is_none() {
            let (jobs, waiting) = channel();
            thread::Builder::new()
                .name(self.name.to_owned())
                .spawn(move || run(&waiting))
                .map_err(|source| Error::Io {
                    path: PathBuf::from("database thread"),
                    source,
                })?;
            *sender = Some(jobs);
        }
        let jobs = sender.clone();
        drop(sender);
        match jobs {
            Some(jobs) if jobs.send(job).is_ok() => Ok(()),
            _ => Err(Error::Closed { source: None }),
        }
    }
}

/// Ends when the database, which holds the only sender, is gone.
fn run(jobs: &Receiver<Job>) {
    WORKS.set(true);
    for job in jobs {
        // The job has told its caller; its guards have cleaned up.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}
