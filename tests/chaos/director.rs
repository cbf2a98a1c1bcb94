//! Deals blows to the crew, each at a moment that dice and the crew's own words choose.
//!
//! In: a seed and how long it lasts. Out: what was dealt and what it hit. A blow is dealt upon a word and judged by the
//! victim's last one: whoever is killed after `inside` and before any other word was inside. Invariant: whoever is killed
//! is replaced, and each blow is followed by others' work before the next one.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::crew::{Crew, Heard};
use super::dice::Dice;
use super::report::{BLOWS, Blow, Report};
use super::said::{Said, Word, is_long};
use super::{PATIENCE, Way, owner, stall};

pub struct Director {
    way: Way,
    file: PathBuf,
    pub crew: Crew,
    pub report: Report,
    dice: Dice,
    /// The blows to come, the next one last.
    deck: Vec<Blow>,
    stalled: Vec<JoinHandle<Duration>>,
    /// Pieces of work that were held up by a blow of their own.
    held_up: Vec<(usize, u64)>,
}

fn is_inside(said: Said) -> bool {
    said.word == Word::Inside
}

fn is_long_commit(said: Said) -> bool {
    said.word == Word::Commits && is_long(said.number)
}

impl Director {
    pub fn new(way: Way, file: &Path, crew: Crew, seed: u64) -> Self {
        Self {
            way,
            file: file.to_owned(),
            crew,
            report: Report::default(),
            dice: Dice::new(seed),
            deck: Vec::new(),
            stalled: Vec::new(),
            held_up: Vec::new(),
        }
    }

    /// Deals blows for so long, and until enough of each kind have hit.
    pub fn run(&mut self, length: Duration, enough: impl Fn(Blow) -> usize) {
        let started = Instant::now();
        let blows = self.blows();
        let is_enough =
            |report: &Report| blows.iter().all(|blow| report.hits(*blow) >= enough(*blow));
        while started.elapsed() < length || !is_enough(&self.report) {
            let late = started.elapsed() > length * 3 + PATIENCE;
            assert!(!late, "the blows miss:\n{}", self.report);
            let blow = self.draw();
            for _ in 0..self.dice.below(40) {
                self.crew.hear();
            }
            let recovery = self.deal(blow);
            self.report.add(blow, recovery);
        }
    }

    /// Without an owner there is nobody to roll back who is stopped, and nobody to connect to.
    fn blows(&self) -> &'static [Blow] {
        match self.way {
            Way::Alone => &[Blow::Inside, Blow::Waiting, Blow::Commit],
            Way::Shared => &BLOWS,
        }
    }

    fn draw(&mut self) -> Blow {
        if self.deck.is_empty() {
            let mut cards = self.blows().to_vec();
            cards.retain(|blow| blow.is_a_kill());
            cards = [cards.repeat(2), self.blows().to_vec()].concat();
            while !cards.is_empty() {
                let card = self.dice.below(cards.len());
                self.deck.push(cards.swap_remove(card));
            }
        }
        self.deck.pop().unwrap()
    }

    /// Gives how long it took until others went on, if it has hit.
    fn deal(&mut self, blow: Blow) -> Option<Duration> {
        match blow {
            Blow::Inside => self.kill_inside(),
            Blow::Waiting => self.kill_waiting(),
            Blow::Commit => self.kill_at_commit(),
            Blow::Stop => self.stop(),
            Blow::Stall => Some(self.stall()),
        }
    }

    /// Who has the file; between two owners it takes a while until there is one.
    fn owner(&mut self) -> Option<usize> {
        (self.way == Way::Shared).then(|| self.served().0)
    }

    /// The owner and its socket.
    fn served(&mut self) -> (usize, PathBuf) {
        let started = Instant::now();
        loop {
            let socket = owner::socket(&self.file);
            let found = socket.and_then(|socket| {
                let process = owner::process(&socket)?;
                Some((self.crew.with_process(process)?, socket))
            });
            if let Some(found) = found {
                return found;
            }
            assert!(started.elapsed() < PATIENCE, "nobody becomes the owner");
            self.crew.hear();
        }
    }

    /// Who says next what fits, the owner excepted.
    fn hear_of(&mut self, fits: impl Fn(Said) -> bool, owner: Option<usize>) -> (usize, Said) {
        let heard = self.crew.hear_until(|crew, heard| {
            let works = crew.workers[heard.worker].works();
            works && Some(heard.worker) != owner && heard.said.is_some_and(&fits)
        });
        (heard.worker, heard.said.unwrap())
    }

    /// How long after `struck` another worker than `victim` was inside a transaction of its own.
    fn recovery(&mut self, struck: Instant, victim: usize) -> Duration {
        let goes_on = |heard: &Heard| {
            heard.said.is_some_and(is_inside) && heard.worker != victim && heard.at > struck
        };
        let already = self.crew.history.iter().rev();
        let already = already
            .take_while(|heard| heard.at > struck)
            .filter(|heard| goes_on(heard));
        let first = match already.last() {
            Some(heard) => *heard,
            None => self.crew.hear_until(|_, heard| goes_on(&heard)),
        };
        first.at - struck
    }

    fn kill_inside(&mut self) -> Option<Duration> {
        let owner = self.owner();
        let (victim, _) = self.hear_of(is_inside, owner);
        self.kill(victim, Word::Inside)
    }

    fn kill_waiting(&mut self) -> Option<Duration> {
        let owner = self.owner();
        let waiting = loop {
            let (inside, _) = self.hear_of(is_inside, owner);
            let mut waiting = self.crew.working();
            waiting.retain(|worker| {
                let last = self.crew.workers[*worker].last_word();
                last == Some(Word::Asks) && ![owner, Some(inside)].contains(&Some(*worker))
            });
            if !waiting.is_empty() {
                break waiting;
            }
        };
        let victim = self.dice.pick(&waiting);
        self.kill(victim, Word::Asks)
    }

    /// Hits if this is the victim's last word.
    fn kill(&mut self, victim: usize, last: Word) -> Option<Duration> {
        let struck = Instant::now();
        let hit = self.crew.kill(victim).is_some_and(|said| said.word == last);
        self.crew.hire();
        hit.then(|| self.recovery(struck, victim))
    }

    /// Hits if the one who has asked for COMMIT never hears of it.
    fn kill_at_commit(&mut self) -> Option<Duration> {
        let Some(owner) = self.owner() else {
            let (victim, _) = self.hear_of(is_long_commit, None);
            return self.kill(victim, Word::Commits);
        };
        let (waiting, said) = self.hear_of(is_long_commit, Some(owner));
        // At once COMMIT is on its way; with the first bytes in the log it may be over, and its answer on the way.
        if self.dice.chance(25) {
            owner::await_write(&self.file);
        }
        let struck = Instant::now();
        self.crew.kill(owner);
        self.crew.hire();
        let hit = self.outcome(waiting, said.number) == Word::Unknown;
        let recovery = self.recovery(struck, owner);
        hit.then_some(recovery)
    }

    /// What a worker says when a piece of its work is over.
    fn outcome(&mut self, worker: usize, number: u64) -> Word {
        let over = |crew: &Crew| {
            let words = crew.workers[worker].words.iter().rev();
            let mut words = words.take_while(|said| said.number >= number);
            let is_over = |word| matches!(word, Word::Kept | Word::Undone | Word::Unknown);
            words
                .find(|said| said.number == number && is_over(said.word))
                .map(|said| said.word)
        };
        loop {
            if let Some(word) = over(&self.crew) {
                return word;
            }
            self.crew.hear_until(|crew, _| over(crew).is_some());
        }
    }

    /// Hits if it is still inside when others go on, which they can because the owner rolls it back.
    fn stop(&mut self) -> Option<Duration> {
        let owner = self.owner();
        let (victim, said) = self.hear_of(is_inside, owner);
        let struck = Instant::now();
        self.crew.stop(victim);
        let recovery = self.recovery(struck, victim);
        let hit = self.crew.workers[victim].words.last() == Some(&said);
        self.held_up.push((victim, said.number));
        if self.dice.chance(50) {
            self.crew.kill(victim);
            self.crew.hire();
        } else {
            self.crew.resume(victim);
            let outcome = self.outcome(victim, said.number);
            assert!(
                !hit || outcome == Word::Undone,
                "worker {victim}: {outcome:?}"
            );
        }
        hit.then_some(recovery)
    }

    /// Hits in any case.
    fn stall(&mut self) -> Duration {
        let (owner, socket) = self.served();
        let struck = Instant::now();
        self.stalled.push(stall::begin(&socket));
        self.recovery(struck, owner)
    }

    /// Lets everybody come to rest, and those who share say what their watches show; gives the longest wait.
    pub fn finish(&mut self) -> Duration {
        if self.way == Way::Shared {
            // The last owner has no excuse.
            let (_, socket) = self.served();
            self.stalled.push(stall::begin(&socket));
        }
        self.crew.order("rest", Word::Rests);
        if self.way == Way::Shared {
            self.crew.order("look", Word::Sees);
        }
        for stalled in self.stalled.drain(..) {
            stalled.join().unwrap();
        }
        self.longest_wait()
    }

    fn longest_wait(&self) -> Duration {
        let waits = self.crew.history.iter().filter_map(|heard| {
            let said = heard.said?;
            let held_up = self.held_up.contains(&(heard.worker, said.number));
            (!held_up).then_some(said.waited)
        });
        Duration::from_millis(waits.max().unwrap_or_default())
    }
}
