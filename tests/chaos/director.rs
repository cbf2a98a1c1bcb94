//! Deals blows to the crew, each at a moment that dice and the crew's own words choose.
//!
//! In: a seed and how long it lasts. Out: what was dealt and what it hit. A blow is dealt upon a word and judged by the
//! victim's last one: whoever is killed after `inside` and before any other word was inside. Invariant: whoever is killed
//! is replaced, and each blow is followed by others' work before the next one.

use std::time::{Duration, Instant};

use super::crew::{Crew, Heard};
use super::dice::Dice;
use super::report::{BLOWS, Blow, Report};
use super::said::{Said, Word, is_long};

pub struct Director {
    pub crew: Crew,
    pub report: Report,
    dice: Dice,
    /// The blows to come, the next one last.
    deck: Vec<Blow>,
}

fn is_inside(said: Said) -> bool {
    said.word == Word::Inside
}

impl Director {
    pub fn new(crew: Crew, seed: u64) -> Self {
        Self {
            crew,
            report: Report::default(),
            dice: Dice::new(seed),
            deck: Vec::new(),
        }
    }

    /// Deals blows for so long, and until enough of each kind have hit.
    pub fn run(&mut self, length: Duration, enough: impl Fn(Blow) -> usize) {
        let started = Instant::now();
        let is_enough =
            |report: &Report| BLOWS.iter().all(|blow| report.hits(*blow) >= enough(*blow));
        while started.elapsed() < length || !is_enough(&self.report) {
            assert!(
                started.elapsed() < length * 4,
                "the blows miss:\n{}",
                self.report
            );
            let blow = self.draw();
            for _ in 0..self.dice.below(40) {
                self.crew.hear();
            }
            let recovery = self.deal(blow);
            self.report.add(blow, recovery);
        }
    }

    fn draw(&mut self) -> Blow {
        if self.deck.is_empty() {
            let mut cards = BLOWS.repeat(3);
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
            Blow::Commit => self.kill_in_commit(),
        }
    }

    /// Who says next what fits.
    fn hear_of(&mut self, fits: impl Fn(Said) -> bool) -> usize {
        let heard = self.crew.hear_until(|crew, heard| {
            crew.workers[heard.worker].works() && heard.said.is_some_and(&fits)
        });
        heard.worker
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
        let victim = self.hear_of(is_inside);
        self.kill(victim, Word::Inside)
    }

    fn kill_waiting(&mut self) -> Option<Duration> {
        let waiting = loop {
            self.hear_of(is_inside);
            let mut waiting = self.crew.working();
            waiting.retain(|worker| {
                let last = self.crew.workers[*worker].last_word();
                last == Some(Word::Asks)
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

    fn kill_in_commit(&mut self) -> Option<Duration> {
        let victim = self.hear_of(|said| said.word == Word::Commits && is_long(said.number));
        self.kill(victim, Word::Commits)
    }

    /// Lets everybody come to rest; gives the longest wait.
    pub fn finish(&mut self) -> Duration {
        self.crew.order("rest", Word::Rests);
        self.longest_wait()
    }

    fn longest_wait(&self) -> Duration {
        let waits = self.crew.history.iter().filter_map(|heard| {
            let said = heard.said?;
            Some(said.waited)
        });
        Duration::from_millis(waits.max().unwrap_or_default())
    }
}
