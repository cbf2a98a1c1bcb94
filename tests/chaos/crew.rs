//! The workers, and what is heard of them.
//!
//! In: what to start, kill and stop. Out: every word of every worker, with the moment at which it was heard. Invariant:
//! a worker that ends without having been killed or dismissed fails the run, and so does a silence of all of them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};

use super::said::{Said, Word};
use super::{PATIENCE, Way};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Works,
    Stopped,
    Killed,
    Dismissed,
}

pub struct Worker {
    child: Child,
    orders: ChildStdin,
    fate: Fate,
    /// Everything it has said.
    pub words: Vec<Said>,
    /// Its output has ended: there will be no more words.
    silent: bool,
}

impl Worker {
    pub fn works(&self) -> bool {
        self.fate == Fate::Works
    }

    pub fn last_word(&self) -> Option<Word> {
        self.words.last().map(|said| said.word)
    }
}

/// A word of a worker, or the end of its output.
#[derive(Clone, Copy)]
pub struct Heard {
    /// Its place in the crew, which never changes.
    pub worker: usize,
    pub at: Instant,
    pub said: Option<Said>,
}

pub struct Crew {
    way: Way,
    file: PathBuf,
    sockets: PathBuf,
    /// All that ever worked.
    pub workers: Vec<Worker>,
    /// All that was heard, in that order.
    pub history: Vec<Heard>,
    give: Sender<Heard>,
    heard: Receiver<Heard>,
}

impl Crew {
    pub fn new(way: Way, file: &Path, sockets: &Path) -> Self {
        let (give, heard) = channel();
        Self {
            way,
            file: file.to_owned(),
            sockets: sockets.to_owned(),
            workers: Vec::new(),
            history: Vec::new(),
            give,
            heard,
        }
    }

    pub fn hire(&mut self) {
        let worker = self.workers.len();
        let mut child = Command::new(env!("CARGO_BIN_EXE_child"))
            .arg(match self.way {
                Way::Alone => "work",
                Way::Shared => "work-shared",
            })
            .arg(&self.file)
            .arg(worker.to_string())
            .env("XDG_RUNTIME_DIR", &self.sockets)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let give = self.give.clone();
        thread::spawn(move || {
            let words = lines.map(|line| Some(line.unwrap().parse().unwrap()));
            for said in words.chain([None]) {
                let at = Instant::now();
                // Nobody listens any more once the run is over.
                let _over = give.send(Heard { worker, at, said });
            }
        });
        self.workers.push(Worker {
            child,
            orders,
            fate: Fate::Works,
            words: Vec::new(),
            silent: false,
        });
    }

    /// The next word of whoever speaks next.
    pub fn hear(&mut self) -> Heard {
        let Ok(heard) = self.heard.recv_timeout(PATIENCE) else {
            let open = self.workers.iter().filter(|worker| !worker.silent);
            let last: Vec<_> = open.map(|worker| worker.words.last()).collect();
            panic!("nobody goes on; the last words are {last:#?}");
        };
        self.history.push(heard);
        let worker = &mut self.workers[heard.worker];
        if let Some(said) = heard.said {
            worker.words.push(said);
        } else {
            worker.silent = true;
            let ended = worker.fate == Fate::Works;
            assert!(!ended, "worker {} has ended by itself", heard.worker);
        }
        heard
    }

    /// Listens until something is heard that fits.
    pub fn hear_until(&mut self, mut fits: impl FnMut(&Self, Heard) -> bool) -> Heard {
        let started = Instant::now();
        loop {
            let heard = self.hear();
            if fits(self, heard) {
                return heard;
            }
            assert!(started.elapsed() < PATIENCE * 2, "it never happens");
        }
    }

    /// Kills it without a chance to clean up, and hears its last word.
    pub fn kill(&mut self, worker: usize) -> Option<Said> {
        let victim = &mut self.workers[worker];
        victim.fate = Fate::Killed;
        victim.child.kill().unwrap();
        victim.child.wait().unwrap();
        if !victim.silent {
            self.hear_until(|_, heard| heard.worker == worker && heard.said.is_none());
        }
        self.workers[worker].words.last().copied()
    }

    /// Stops it, wherever it is.
    pub fn stop(&mut self, worker: usize) {
        self.workers[worker].fate = Fate::Stopped;
        self.signal(worker, Signal::STOP);
    }

    pub fn resume(&mut self, worker: usize) {
        self.workers[worker].fate = Fate::Works;
        self.signal(worker, Signal::CONT);
    }

    fn signal(&self, worker: usize, signal: Signal) {
        let pid = Pid::from_child(&self.workers[worker].child);
        kill_process(pid, signal).unwrap();
    }

    /// Who has this process.
    pub fn with_process(&self, process: u32) -> Option<usize> {
        let is_it = |worker: &Worker| worker.works() && worker.child.id() == process;
        self.workers.iter().position(is_it)
    }

    /// Those that work, by place.
    pub fn working(&self) -> Vec<usize> {
        let all = 0..self.workers.len();
        all.filter(|worker| self.workers[*worker].works()).collect()
    }

    /// Tells everybody who works, and waits until all have answered with this word.
    pub fn order(&mut self, order: &str, answer: Word) {
        let working = self.working();
        for worker in &working {
            writeln!(self.workers[*worker].orders, "{order}").unwrap();
        }
        let answered =
            |crew: &Self, worker: usize| crew.workers[worker].last_word() == Some(answer);
        self.hear_until(|crew, _| working.iter().all(|worker| answered(crew, *worker)));
    }

    /// How many rows the watch of each survivor has shown in the end.
    pub fn shown(&self) -> Vec<u64> {
        let last = self.workers.iter().filter_map(|worker| worker.words.last());
        let shown = last.filter(|said| said.word == Word::Sees);
        shown.map(|said| said.number).collect()
    }

    /// Sends everybody home, one after the other, so that the owner's place changes hands as long as there is somebody.
    pub fn dismiss(&mut self) {
        for worker in self.working() {
            let leaving = &mut self.workers[worker];
            leaving.fate = Fate::Dismissed;
            writeln!(leaving.orders, "quit").unwrap();
            self.hear_until(|_, heard| heard.worker == worker && heard.said.is_none());
            let status = self.workers[worker].child.wait().unwrap();
            assert!(status.success(), "worker {worker}: {status}");
        }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        // A run that failed leaves nobody behind either.
        for worker in &mut self.workers {
            let _ended = worker.child.kill();
            let _reaped = worker.child.wait();
        }
    }
}
