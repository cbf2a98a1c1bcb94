//! An executor that polls in random order, polls in vain, and drops futures half-way.
//!
//! In: futures and dice. Out: whether everything came to its end; `Stuck` as soon as nobody is left who could wake
//! anybody.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

use super::dice::Dice;

/// Nothing more will happen, and somebody still waits.
#[derive(Debug)]
pub struct Stuck;

/// How long a database's thread may take to wake anybody.
const SILENCE: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

struct Woken {
    flag: AtomicBool,
    bell: Arc<Bell>,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.flag.store(true, Ordering::SeqCst);
        *self.bell.rung.lock().unwrap() = true;
        self.bell.heard.notify_all();
    }
}

pub struct Task<'t> {
    future: Pin<Box<dyn Future<Output = ()> + 't>>,
    woken: Arc<Woken>,
    /// Whether the run is over without it.
    background: bool,
}

#[derive(Default)]
pub struct Scheduler<'t> {
    tasks: Vec<Task<'t>>,
    bell: Arc<Bell>,
}

impl<'t> Scheduler<'t> {
    pub fn spawn(&mut self, future: impl Future<Output = ()> + 't) {
        self.add(future, false);
    }

    /// Adds a task which need not come to its end.
    pub fn spawn_background(&mut self, future: impl Future<Output = ()> + 't) {
        self.add(future, true);
    }

    fn add(&mut self, future: impl Future<Output = ()> + 't, background: bool) {
        let bell = Arc::clone(&self.bell);
        let flag = AtomicBool::new(true);
        self.tasks.push(Task {
            future: Box::pin(future),
            woken: Arc::new(Woken { flag, bell }),
            background,
        });
    }

    /// Runs until all tasks but those in the background are done; `alone` says that no thread wakes anybody.
    pub fn run(&mut self, dice: &mut Dice, alone: bool) -> Result<(), Stuck> {
        self.run_until(dice, alone, |tasks| {
            tasks.iter().all(|task| task.background)
        })
    }

    /// Runs until everything is done.
    pub fn finish(&mut self, dice: &mut Dice) -> Result<(), Stuck> {
        self.run_until(dice, false, <[Task<'_>]>::is_empty)
    }

    /// Runs until `settled`, which looks at what the tasks left behind.
    pub fn settle(
        &mut self,
        dice: &mut Dice,
        alone: bool,
        settled: impl Fn() -> bool,
    ) -> Result<(), Stuck> {
        self.run_until(dice, alone, |_| settled())
    }

    fn run_until(
        &mut self,
        dice: &mut Dice,
        alone: bool,
        done: impl Fn(&[Task<'t>]) -> bool,
    ) -> Result<(), Stuck> {
        while !done(&self.tasks) {
            *self.bell.rung.lock().unwrap() = false;
            let ready: Vec<usize> = (0..self.tasks.len())
                .filter(|at| self.tasks[*at].woken.flag.load(Ordering::SeqCst))
                .collect();
            let next = match ready.as_slice() {
                [] if alone => return Err(Stuck),
                [] => {
                    let rung = self.bell.rung.lock().unwrap();
                    let wait = self
                        .bell
                        .heard
                        .wait_timeout_while(rung, SILENCE, |rung| !*rung);
                    if wait.unwrap().1.timed_out() {
                        return Err(Stuck);
                    }
                    continue;
                }
                // A poll that nobody asked for is allowed at any time.
                _ if dice.below(10) == 0 => dice.below(self.tasks.len()),
                ready => ready[dice.below(ready.len())],
            };
            self.poll(next);
        }
        Ok(())
    }

    fn poll(&mut self, at: usize) {
        let task = &mut self.tasks[at];
        task.woken.flag.store(false, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&task.woken));
        if task
            .future
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
            .is_ready()
        {
            drop(self.tasks.swap_remove(at));
        }
    }
}
