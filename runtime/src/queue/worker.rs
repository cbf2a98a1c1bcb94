//! The database's own thread.
//!
//! In: jobs, each owning the permits it works under. Out: nothing; a job reports through its own channel.
//! Invariants: started by the first job, jobs run one after the other in the order they came, and a job that
//! panics does not take the thread with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::{Error, Result};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Default)]
pub(crate) struct Worker(Mutex<Option<Sender<Job>>>);

impl Worker {
    /// Lines the job up. On failure the job was dropped, with all it owns.
    pub(crate) fn submit(&self, job: Job) -> Result<()> {
        let mut sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sender.is_none() {
            let (jobs, waiting) = channel();
            thread::Builder::new()
                .name("sqlitenow".to_owned())
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
    for job in jobs {
        // The job has told its caller; its guards have cleaned up.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}
