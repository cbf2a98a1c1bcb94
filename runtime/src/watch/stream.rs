//! One watch: a stream of the results of a query that it may share with others.
//!
//! In: polls. Out: items. It owns what is its own – conversion, the last item, timers – and leaves all else to the course.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_core::Stream;
use tokio::time::Sleep;

use crate::call::{Gather, convert};
use crate::database::{Core, Database};
use crate::driver::Patience;
use crate::error::{Error, Result};
use crate::invalidation::wake;
use crate::queue::{Permit, scope};
use crate::statement::Bound;
use crate::sync::{lock, mpsc};

use super::course::{Member, Run, Step, Taken};
use super::pace::{Pace, Pacer};
use super::query::{Failure, Found, Part, Prepared, Queries};
use super::shared::Lease;
use super::watched::Watched;

/// For how long a result is kept fresh: writers wait meanwhile.
const LEASE: Duration = Duration::from_millis(20);

/// Turns what was found into an item.
type Convert<T> = fn(&Found, &Database) -> Result<T, Failure>;

/// A stream of a query's results: the current one first, then one after each commit that changes it.
///
/// Only the latest result counts: while nobody asks, any number of commits cause no query at all, and the next
/// item shows the last state. A result equal to the one before is left out. Errors are items, and the stream goes
/// on after them, [`Error::Deadline`] for a long wait in the queue among them; it ends with `None` when the
/// database is closed.
///
/// Watches of one statement with equal values share one query: each commit runs it once for all of them, and whoever
/// comes later gets the result that the others have, as long as no commit has outdated it.
///
/// A watch keeps its database open. Inside a transaction of its own database its items are
/// [`Error::Deadlock`]: nothing could change there until the block ends.
#[must_use = "a watch does nothing until it is polled"]
pub struct Watch<T> {
    watched: Arc<Watched>,
    member: Member,
    convert: Convert<T>,
    site: &'static Location<'static>,
    /// Why the parameters cannot be bound; said once.
    unbound: Option<Failure>,
    /// When the wait in the queue is too long.
    too_late: Option<Pin<Box<Sleep>>>,
    /// When the watch may look again.
    pause: Option<Pin<Box<Sleep>>>,
    delivered: Option<Arc<Found>>,
    duplicates: bool,
    ended: bool,
    /// Keeps the database open.
    database: Database,
}

impl<T> Watch<T> {
    pub(crate) fn new<Q: Bound, G: Gather<Q, Out = T>>(
        database: &Database,
        query: &Q,
        site: &'static Location<'static>,
    ) -> Self {
        let parts = vec![Part::new(query, G::MOST, &database.core().adapters)];
        let convert = |found: &Found, on: &Database| {
            let rows = found.rows.first().map_or(&[][..], Vec::as_slice);
            convert::<Q, G>(rows, &on.core().adapters).map_err(|error| (0, error))
        };
        Self::of(database, parts, convert, site)
    }

    /// A watch of queries; those that cannot be bound come with the reason.
    pub(super) fn of(
        database: &Database,
        parts: Vec<Prepared>,
        convert: Convert<T>,
        site: &'static Location<'static>,
    ) -> Self {
        let mut unbound = None;
        let parts = parts
            .into_iter()
            .enumerate()
            .map(|(number, (part, reason))| {
                unbound = unbound.take().or(reason.map(|error| (number, error)));
                part
            });
        let queries = Queries(parts.collect());
        let core = database.core();
        let (watched, member) = core.watches.join(core, queries);
        Self {
            watched,
            member,
            convert,
            site,
            unbound,
            too_late: None,
            pause: None,
            delivered: None,
            duplicates: false,
            ended: false,
            database: database.clone(),
        }
    }

    /// Delivers results that equal the one before as well.
    pub fn with_duplicates(mut self) -> Self {
        self.duplicates = true;
        self
    }

    /// Waits after a change until none has come for `pause`, so that a burst is one item.
    ///
    /// The first result is not held back. The pause counts from the moment at which this watch hears of a change, so while
    /// it is polled; where changes keep coming faster, nothing is delivered until they stop: [`throttle`](Self::throttle)
    /// delivers meanwhile. The later call of the two counts. Needs a tokio runtime with time enabled.
    pub fn debounce(mut self, pause: Duration) -> Self {
        self.member.pacer = Pacer::new(Pace::Debounce(pause));
        self
    }

    /// Delivers at most one item in `rest`: a change after a quiet time at once, and what came meanwhile when the rest is
    /// over.
    ///
    /// A look that finds nothing new counts as an item. The later call of this and [`debounce`](Self::debounce) counts.
    /// Needs a tokio runtime with time enabled.
    pub fn throttle(mut self, rest: Duration) -> Self {
        self.member.pacer = Pacer::new(Pace::Throttle(rest));
        self
    }

    /// The number of the last commit that the last result shows, as [`Status::commits`](crate::Status::commits) counts
    /// them; 0 before the first result. With [`readers`](crate::Builder::readers) the result may show the next one already.
    #[must_use]
    pub fn commit(&self) -> u64 {
        self.delivered.as_ref().map_or(0, |found| found.commit)
    }

    /// Waits for the next result; `None` means the database was closed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing: a result that is under way is delivered by the next call.
    #[expect(
        clippy::should_implement_trait,
        reason = "the name every asynchronous stream has; the iterator's would block"
    )]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<T>>> + Send + use<'_, T> {
        std::future::poll_fn(|cx| self.advance(cx))
    }

    fn advance(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if self.ended || self.watched.shared.is_closed() {
                self.ended = true;
                return Poll::Ready(None);
            }
            if let Some(frame) = scope::innermost(self.database.core().root.id) {
                let (waiting, holding) = (self.site.into(), frame.site.clone());
                return Poll::Ready(Some(Err(Error::Deadlock { waiting, holding })));
            }
            if let Some(failure) = self.unbound.take() {
                self.member.retire();
                return Poll::Ready(Some(Err(self.explain(failure))));
            }
            self.poll_pause(cx);
            let step = self.watched.shared.ask(&mut self.member, cx.waker());
            if !matches!(step, Step::Wait) {
                self.too_late = None;
            }
            let item = match step {
                Step::Ended => {
                    self.ended = true;
                    None
                }
                Step::Rest(None) => return Poll::Pending,
                Step::Rest(pause) => {
                    self.start_pause(pause);
                    None
                }
                Step::Wait => return self.wait(cx).map(|late| Some(Err(late))),
                Step::Query { run, lend } => {
                    self.query(run, lend);
                    None
                }
                Step::Look { epoch, result } => self.look(epoch, result),
                Step::Fail { error, rest } => self.fail(error, rest),
            };
            if item.is_some() {
                return Poll::Ready(item);
            }
        }
    }

    fn start_pause(&mut self, pause: Option<Duration>) {
        if let Some(pause) = pause {
            self.pause = Some(Box::pin(tokio::time::sleep(pause)));
        }
    }

    fn poll_pause(&mut self, cx: &mut Context<'_>) {
        if let Some(pause) = &mut self.pause
            && pause.as_mut().poll(cx).is_ready()
        {
            self.pause = None;
            self.member.pacer.fired();
        }
    }

    /// Waits for the query's turn; too long a wait is an error, after which the query keeps its place.
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        let core = self.database.core();
        let ticket = *lock(&self.watched.ticket);
        let in_line = ticket.filter(|(_, ticket)| core.root.is_waiting(*ticket));
        let (Some(patience), Some(_)) = (core.policy().queue_wait, in_line) else {
            return Poll::Pending;
        };
        let timer = self
            .too_late
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        if timer.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.too_late = None;
        let refused = core.refused(&core.root.too_late(), &core.root, self.site.into());
        Poll::Ready(self.explain((0, refused)))
    }

    /// Queries on a reader, or at once if that is allowed and the queue is free; else lines the query up.
    fn query(&self, run: Run, lend: bool) {
        let core = self.database.core();
        let attempt = Attempt {
            watched: Arc::clone(&self.watched),
            run,
        };
        // Nobody could keep the result fresh outside of the queue, nor here.
        let attempt = if lend {
            attempt
        } else if let Some(attempt) = attempt.beside(core) {
            attempt
        } else {
            return;
        };
        if !lend
            && attempt.watched.queries.runs_inline(core)
            && let Ok(permit) = Arc::clone(&core.root).try_enter(self.site.into(), None)
        {
            let found = attempt.run(core, &permit, core.inline_patience());
            let busy = matches!(found, Some(Err((_, Error::Busy { .. }))));
            if !(core.may_use_thread() && busy) {
                let calls = found.map(|found| attempt.end(found, None));
                core.release(permit, false);
                wake(calls.unwrap_or_default());
                return;
            }
            attempt.watched.shared.put_off(run);
        }
        self.line_up(attempt, lend);
    }

    /// The query goes to the thread when its turn comes, whether or not anybody polls then.
    fn line_up(&self, attempt: Attempt, lend: bool) {
        let core = Arc::clone(self.database.core());
        let (root, run) = (Arc::clone(&core.root), attempt.run);
        let then = move |permit: Permit| {
            let job = Arc::clone(&core);
            // Without a thread the attempt is dropped, which ends the watches.
            let _ = core.submit(Box::new(move || {
                let still = job.keeps_others_waiting(lend);
                let Some(found) = attempt.run(&job, &permit, Patience::Full) else {
                    return;
                };
                let (lease, over) = mpsc::channel();
                let calls = attempt.end(found, still.is_some().then_some(lease));
                let awaited = over.try_recv() == Err(mpsc::TryRecvError::Empty);
                if awaited {
                    wake(calls);
                    // Held by this thread, the permit comes back whether or not any executor runs.
                    let _ = over.recv_timeout(LEASE);
                    drop((still, permit));
                } else {
                    drop((still, permit));
                    wake(calls);
                }
            }));
        };
        let ticket = root.hand_off(self.site.into(), Box::new(then));
        let lined_up = ticket.map(|ticket| (run, ticket));
        let mut latest = lock(&self.watched.ticket);
        // By now this run may have ended, and the next one stand in the queue.
        *latest = lined_up.max(*latest);
    }

    /// Delivers the result unless it is outdated or nothing new.
    fn look(&mut self, epoch: u64, found: Arc<Found>) -> Option<Result<T>> {
        let before = self.delivered.as_ref().filter(|_| !self.duplicates);
        let news = !before.is_some_and(|before| before.same(&found));
        let item = news.then(|| (self.convert)(&found, &self.database));
        // A result that is kept fresh is so up to here.
        match self.watched.shared.take(&mut self.member, epoch) {
            Taken::Stale => None,
            Taken::Told(pause) => {
                self.start_pause(pause);
                self.delivered = Some(found);
                item.map(|item| item.map_err(|failure| self.explain(failure)))
            }
        }
    }

    fn fail(&mut self, failure: Failure, pause: Option<Duration>) -> Option<Result<T>> {
        if failure.1.is_closed() {
            self.ended = true;
            return None;
        }
        if failure.1.is_remote() && self.database.core().is_between_owners() {
            // The next one changes everything, so that this is queried again.
            self.start_pause(pause);
            return None;
        }
        self.start_pause(pause);
        self.delivered = None;
        self.ended = failure.1.is_remote() && self.database.core().has_lost_its_owner();
        Some(Err(self.explain(failure)))
    }

    fn explain(&self, (part, error): Failure) -> Error {
        let core = self.database.core();
        error.at(|| self.watched.queries.origin(core, part, self.site))
    }
}

/// A run of the query on its way.
pub(super) struct Attempt {
    pub(super) watched: Arc<Watched>,
    pub(super) run: Run,
}

impl Attempt {
    /// Queries under the permit, unless the query was called off.
    fn run(
        &self,
        core: &Core,
        permit: &Permit,
        patience: Patience,
    ) -> Option<Result<Found, Failure>> {
        let watched = &self.watched;
        watched
            .shared
            .begin(self.run)
            .then(|| watched.queries.run(core, permit, patience))
    }

    /// Says whom to wake.
    pub(super) fn end(&self, found: Result<Found, Failure>, lease: Option<Lease>) -> Vec<Waker> {
        let shows = found.as_ref().ok().map(|found| found.commit);
        self.watched
            .shared
            .end(self.run, found.map(Arc::new), shows, lease)
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        // Dropped before its end: the queue lets go of it, since the database is closing. Else nobody waits for it.
        wake(self.end(Err((0, Error::Closed { source: None })), None));
    }
}

impl<T> Stream for Watch<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().advance(cx)
    }
}

impl<T> Drop for Watch<T> {
    fn drop(&mut self) {
        let core = self.database.core();
        if let Some(run) = self.watched.shared.leave(&self.member) {
            // Another watch may have lined up its own run by now.
            let ticket = lock(&self.watched.ticket).take_if(|(of, _)| *of == run);
            if let Some((_, ticket)) = ticket {
                core.root.withdraw(ticket);
            }
        }
        core.watches.leave(core, &self.watched.queries);
    }
}
