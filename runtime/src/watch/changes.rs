//! All changes of all commits, as a stream.
//!
//! In: commits. Out: what each of them has changed, table by table. Invariant: numbers of commits rise.

use std::collections::VecDeque;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::database::Database;
use crate::error::{Error, Result};
use crate::invalidation::{ChangeFilter, Feed, Next, TableChange};
use crate::queue::scope;

/// A stream of all that commits change, from the moment at which it was made.
///
/// Each item is one change of one table; the numbers of their commits rise. It is for whoever keeps something beside the
/// database: a cache, an index, another process. To show the result of a query, watch the query.
///
/// Up to 256 commits wait for a consumer that is slow. The last of them then takes up those that come, with the number of the
/// latest: single commits cannot be told apart any more, but nothing is lost.
///
/// It ends with `None` when the database is closed and all has been taken. It keeps its database open. Inside a transaction
/// of its own database, where nothing could be committed until the block ends, an item is [`Error::Deadlock`] when nothing
/// waits.
#[must_use = "nobody hears of changes unless it is polled"]
pub struct TableChanges {
    feed: Arc<Feed>,
    filter: ChangeFilter,
    /// What is left of the last commit.
    rest: VecDeque<TableChange>,
    site: &'static Location<'static>,
    database: Database,
}

impl TableChanges {
    pub(crate) fn new(
        database: &Database,
        filter: &ChangeFilter,
        site: &'static Location<'static>,
    ) -> Self {
        let core = database.core();
        Self {
            feed: core.hub.feed(filter.numbers(&core.tables)),
            filter: filter.clone(),
            rest: VecDeque::new(),
            site,
            database: database.clone(),
        }
    }

    /// Waits for the next change; `None` means the database was closed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing.
    #[expect(
        clippy::should_implement_trait,
        reason = "the name every asynchronous stream has; the iterator's would block"
    )]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<TableChange>>> + Send + use<'_> {
        std::future::poll_fn(|cx| self.advance(cx))
    }

    fn advance(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<TableChange>>> {
        let core = self.database.core();
        loop {
            if let Some(change) = self.rest.pop_front() {
                return Poll::Ready(Some(Ok(change)));
            }
            match self.feed.next(cx.waker()) {
                Next::Commit(commit, set) => {
                    self.rest = self.filter.changes(commit, &set, &core.tables).into();
                }
                Next::Ended => return Poll::Ready(None),
                Next::Nothing => {
                    let Some(frame) = scope::innermost(core.root.id) else {
                        return Poll::Pending;
                    };
                    let (waiting, holding) = (self.site.into(), frame.site.clone());
                    return Poll::Ready(Some(Err(Error::Deadlock { waiting, holding })));
                }
            }
        }
    }
}

impl Stream for TableChanges {
    type Item = Result<TableChange>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().advance(cx)
    }
}

impl Drop for TableChanges {
    fn drop(&mut self) {
        self.database.core().hub.end_feed(&self.feed);
    }
}
