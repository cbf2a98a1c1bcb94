//! The course of one query that any number of watches share.
//!
//! In: watches that ask and leave, commits that concern the query, queries that begin and end. Out: what whoever asked has
//! to do, and whom to call. Pure: no clocks, wakers, channels or locks; `R` is a result, `E` an error, `W` a way to call.
//!
//! Invariants: a result is kept only while no change has come that it may not show; at most one query is under way; it
//! is started by a watch that asks, so that watches which nobody polls cause none; whoever waits is called by the end of
//! every query and of the course, and by every change unless somebody's query will call him.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::pace::{May, Pace, Pacer};

/// So many are all called by a change itself, which a writer waits for; of more only the first.
const FEW: usize = 4;
/// After a watch has missed so many results in a row the next one is kept fresh until it comes for it.
const PATIENT: u32 = 2;

type MemberId = u64;

/// Where a watch stands among those who wait: those with a pace of their own stand behind the others, for a call may find
/// them at rest.
type Place = (bool, MemberId);

/// One watch of the query; its own part, which needs no lock.
#[derive(Debug)]
pub(crate) struct Member {
    id: MemberId,
    /// The change it was told last.
    told: u64,
    /// How many queries had ended when it began to wait.
    since: Option<u64>,
    /// Where it stood among those who wait when it asked last.
    place: Option<Place>,
    /// How many results in a row came and went before it could take them.
    missed: u32,
    pub(crate) pacer: Pacer,
}

impl Member {
    pub(crate) fn new(id: MemberId) -> Self {
        Self {
            id,
            told: 0,
            since: None,
            place: None,
            missed: 0,
            pacer: Pacer::new(Pace::AtOnce),
        }
    }

    /// Wants nothing more but the end.
    pub(crate) fn retire(&mut self) {
        self.told = u64::MAX;
    }

    /// Takes note that the change was told; says for how long a timer has to run now.
    fn note(&mut self, epoch: u64) -> Option<Duration> {
        self.told = epoch;
        self.since = None;
        self.missed = 0;
        self.pacer.told()
    }
}

/// A query that is to be run; the number belongs to this one run, and rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run(u64);

/// What whoever asked has to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Step<R, E> {
    Ended,
    /// Nothing to be told yet; a timer has to be started if a time is given.
    Rest(Option<Duration>),
    /// Somebody's query is under way.
    Wait,
    /// Run the query; if `lend`, keep others from writing until the result was taken.
    Query {
        run: Run,
        lend: bool,
    },
    /// Look at this result, then say so with `take`.
    Look {
        epoch: u64,
        result: R,
    },
    /// Tell of this error; a timer has to be started if a time is given.
    Fail {
        error: E,
        rest: Option<Duration>,
    },
}

/// What became of a result that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// A change has come meanwhile.
    Stale,
    /// It may be told; a timer has to be started if a time is given.
    Told(Option<Duration>),
}

#[derive(Debug, PartialEq)]
enum Query {
    Idle,
    /// Somebody runs it or has lined it up.
    Due(Run),
    /// It began after this change.
    Began(Run, u64),
    /// A change came which no result of it shows, whatever is said of it.
    Outdated(Run),
}

#[derive(Debug)]
pub(crate) struct Course<R, E, W> {
    /// Counts the changes that concern the query; nothing was queried before the first.
    epoch: u64,
    /// The number of the commit that made the last of them.
    commit: u64,
    query: Query,
    /// How many queries have been started.
    runs: u64,
    /// How many of them have ended.
    ended: u64,
    /// Whether somebody has missed too many results.
    lend: bool,
    /// The result as of the last change.
    fresh: Option<Result<R, E>>,
    waiting: BTreeMap<Place, W>,
    /// Whether a nudge is on its way.
    nudge: bool,
    /// Those for whom the result is kept fresh.
    awaited: BTreeSet<MemberId>,
    closed: bool,
}

impl<R: Clone, E, W> Course<R, E, W> {
    pub(crate) fn new() -> Self {
        Self {
            epoch: 1,
            commit: 0,
            query: Query::Idle,
            runs: 0,
            ended: 0,
            lend: false,
            fresh: None,
            waiting: BTreeMap::new(),
            nudge: false,
            awaited: BTreeSet::new(),
            closed: false,
        }
    }

    /// A watch is polled; if there is nothing to do, it is called by `call` when there is.
    pub(crate) fn ask(&mut self, member: &mut Member, call: impl FnOnce() -> W) -> Step<R, E> {
        let step = self.step(member);
        let place = (member.pacer.holds_back(), member.id);
        // Its pace may be another one by now.
        if let Some(place) = member.place.replace(place) {
            self.waiting.remove(&place);
        }
        if matches!(step, Step::Rest(_) | Step::Wait) {
            self.waiting.insert(place, call());
        }
        if !matches!(step, Step::Look { .. }) {
            self.awaited.remove(&member.id);
        }
        step
    }

    fn step(&mut self, member: &mut Member) -> Step<R, E> {
        if self.closed {
            return Step::Ended;
        }
        if member.told >= self.epoch {
            return Step::Rest(None);
        }
        if let May::Later(timer) = member.pacer.may(member.told, self.epoch) {
            return Step::Rest(timer);
        }
        match self.fresh.take() {
            Some(Ok(result)) => {
                self.fresh = Some(Ok(result.clone()));
                let epoch = self.epoch;
                return Step::Look { epoch, result };
            }
            // Errors cannot be shared: the next one who asks queries for himself.
            Some(Err(error)) => {
                let rest = member.note(self.epoch);
                return Step::Fail { error, rest };
            }
            None => {}
        }
        if member.since.is_some_and(|since| since != self.ended) {
            member.missed += 1;
        }
        member.since = Some(self.ended);
        let lend = member.missed >= PATIENT;
        self.lend |= lend;
        if self.query != Query::Idle {
            return Step::Wait;
        }
        self.runs += 1;
        let run = Run(self.runs);
        self.query = Query::Due(run);
        Step::Query { run, lend }
    }

    /// A watch has looked at a result.
    pub(crate) fn take(&mut self, member: &mut Member, epoch: u64) -> Taken {
        self.awaited.remove(&member.id);
        if epoch == self.epoch && !self.closed {
            Taken::Told(member.note(epoch))
        } else {
            Taken::Stale
        }
    }

    /// The commit with this number concerns the query; without a number nothing that has begun shows it. Returns whom to
    /// call, and whether a `nudge` has to follow soon, for the others.
    pub(crate) fn change(&mut self, commit: Option<u64>) -> (Vec<W>, bool) {
        self.epoch += 1;
        match (commit, &self.query) {
            (Some(commit), _) => self.commit = commit,
            (None, Query::Began(run, _)) => self.query = Query::Outdated(*run),
            (None, _) => {}
        }
        self.fresh = None;
        if self.waiting.len() <= FEW {
            return (self.call_all(), false);
        }
        let first = self.waiting.pop_first().map(|(_, call)| call);
        let follows = !std::mem::replace(&mut self.nudge, true);
        (first.into_iter().collect(), follows)
    }

    /// Those whom a change called may never come. Returns whom to call, unless somebody has come and the others will be
    /// called by the end of his query.
    pub(crate) fn nudge(&mut self) -> Vec<W> {
        self.nudge = false;
        if self.query == Query::Idle && self.fresh.is_none() {
            self.call_all()
        } else {
            Vec::new()
        }
    }

    fn call_all(&mut self) -> Vec<W> {
        std::mem::take(&mut self.waiting).into_values().collect()
    }

    /// The query begins, under the queue's permit. Returns false if it was called off.
    pub(crate) fn begin(&mut self, run: Run) -> bool {
        let due = self.query == Query::Due(run);
        if due {
            self.query = Query::Began(run, self.epoch);
        }
        due
    }

    /// What began will begin once more.
    pub(crate) fn put_off(&mut self, run: Run) {
        match self.query {
            Query::Began(current, _) | Query::Outdated(current) if current == run => {
                self.query = Query::Due(run);
            }
            _ => {}
        }
    }

    /// The query has ended. Returns whom to call, and whether the result is kept fresh for them; `may_lend` is whether it
    /// can be. The result shows the commits up to `shows`, if that is known.
    pub(crate) fn end(
        &mut self,
        run: Run,
        result: Result<R, E>,
        shows: Option<u64>,
        may_lend: bool,
    ) -> (Vec<W>, bool) {
        let (current, is_fresh) = match self.query {
            Query::Idle => return (Vec::new(), false),
            // What has not begun can only have failed, which no change makes undone.
            Query::Due(current) => (current, true),
            Query::Began(current, epoch) => {
                let shows_all = shows.is_some_and(|shows| shows >= self.commit);
                (current, epoch == self.epoch || shows_all)
            }
            Query::Outdated(current) => (current, false),
        };
        if current != run {
            return (Vec::new(), false);
        }
        self.fresh = is_fresh.then_some(result);
        self.query = Query::Idle;
        self.ended += 1;
        self.awaited.clear();
        if std::mem::take(&mut self.lend) && may_lend && is_fresh {
            self.awaited.extend(self.waiting.keys().map(|(_, id)| *id));
        }
        (self.call_all(), self.is_awaiting())
    }

    /// Whether somebody for whom the result is kept fresh has not come yet.
    pub(crate) fn is_awaiting(&self) -> bool {
        !self.awaited.is_empty()
    }

    /// A watch is dropped. If nobody waits any more for a query that has not begun, it is called off and returned.
    pub(crate) fn leave(&mut self, member: &Member) -> Option<Run> {
        if let Some(place) = member.place {
            self.waiting.remove(&place);
        }
        self.awaited.remove(&member.id);
        match self.query {
            Query::Due(run) if self.waiting.is_empty() => {
                self.query = Query::Idle;
                Some(run)
            }
            _ => None,
        }
    }

    /// Nothing comes any more. Returns whom to call.
    pub(crate) fn close(&mut self) -> Vec<W> {
        self.closed = true;
        self.fresh = None;
        self.awaited.clear();
        self.call_all()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
