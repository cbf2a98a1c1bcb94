//! A query on its way to its rows.
//!
//! In: a statement with its values, and where it was called. Out: where its rows come from: a connection of its own, an owner
//! in another process, or all cells at once. Invariant: the rows are those of one turn in the queue.

use std::panic::Location;
use std::sync::Arc;
use std::time::Instant;

use crate::database::Core;
use crate::driver::{Ask, Patience, Reader};
use crate::error::{Error, Result};
use crate::queue::{Frame, Permit};
use crate::statement::Statement;
use crate::trace::Span;
use crate::value::Value;

use super::feed::{Feed, Turn};
use super::rows::Source;

/// A query on its way to its rows.
pub(super) struct Queued<'a> {
    pub(super) core: &'a Arc<Core>,
    pub(super) statement: &'static Statement,
    pub(super) values: Arc<Vec<Value>>,
    pub(super) site: &'static Location<'static>,
    pub(super) span: Span,
}

impl Queued<'_> {
    pub(super) async fn open(self, own: Option<&Arc<Frame>>) -> Result<Source> {
        let core = self.core;
        let frame = core.place(own);
        #[cfg(feature = "sharing")]
        if let Some(parts) = self.parts(&frame).await? {
            return Ok(Source::Parts(parts, Vec::new().into_iter()));
        }
        if frame.is_root() {
            core.open_now(&frame, self.site.into()).await?;
            if let Some(reader) = core.reader()
                && !core.distrusts_sets()
            {
                return self.feed(reader, frame).await;
            }
        }
        let permit = self.turn(frame).await?;
        self.all(permit).await
    }

    /// Begins a stream at the owner, if there is one.
    #[cfg(feature = "sharing")]
    async fn parts(&self, frame: &Arc<Frame>) -> Result<Option<crate::sharing::Parts>> {
        let core = self.core;
        let permit = match core.remote() {
            Some(remote) if remote.readers() > 0 && frame.is_root() => None,
            _ if core.policy().embedded || core.policy().foreign => return Ok(None),
            _ => Some(
                core.ensure_open(self.turn(Arc::clone(frame)).await?)
                    .await?,
            ),
        };
        tokio::task::consume_budget().await;
        let Some(remote) = core.remote() else {
            return Ok(None);
        };
        let place = match permit {
            Some(permit) => crate::call::at_owner(remote, &permit).await?,
            None => remote.root().await?,
        };
        // What follows stands behind it at the owner.
        let calling = place.stream(&self.site.into(), self.statement, &self.values)?;
        Ok(Some(crate::sharing::Parts::new(calling)))
    }

    /// Waits for the turn in the queue.
    async fn turn(&self, frame: Arc<Frame>) -> Result<Permit> {
        let asked = self.span.clock();
        let permit = self.core.acquire(frame, self.site.into(), None).await?;
        self.span.waited(asked);
        tokio::task::consume_budget().await;
        Ok(permit)
    }

    /// Runs on a connection of its own.
    async fn feed(self, reader: &Arc<Reader>, frame: Arc<Frame>) -> Result<Source> {
        let core = self.core;
        let policy = core.policy();
        let place = core.feeds.place(policy.streams, policy.queue_wait).await;
        let place = place.map_err(|refusal| core.refused(&refusal, &frame, self.site.into()))?;
        let mut own = None;
        let turn = async {
            // Where other reads leave the queue, so does this one.
            if core.readers(&frame).is_some() {
                tokio::task::consume_budget().await;
                return Ok(Some(Turn(None)));
            }
            let permit = self.turn(frame).await?;
            // What only the writing connection knows may have come meanwhile.
            if core.distrusts_sets() {
                own = Some(permit);
                return Ok(None);
            }
            Ok(Some(Turn(Some(permit))))
        };
        let feed = Feed::at_turn(reader, turn, || {
            let (reader, values) = (Arc::clone(reader), Arc::clone(&self.values));
            let (sql, names) = (self.statement.sql, self.statement.columns);
            Feed::start(&core.feeds, place, reader, sql, names, values)
        });
        match (feed.await?, own) {
            (None, Some(permit)) => self.all(permit).await,
            (None, None) => Err(core.closed()),
            (Some(feed), _) => Ok(Source::Feed(feed, Vec::new().into_iter())),
        }
    }

    /// Reads all cells, here or on the thread.
    async fn all(self, permit: Permit) -> Result<Source> {
        let (core, statement) = (self.core, self.statement);
        let record = core.record(statement);
        if core.runs_inline(statement, &record, false) {
            let patience = core.inline_patience();
            match read_all(core, &permit, statement, &self.values, patience) {
                Err(Error::Busy { .. }) if core.may_use_thread() => {}
                rows => return rows,
            }
        }
        let values = self.values;
        core.on_thread(move |core| read_all(core, &permit, statement, &values, Patience::Full))
            .await
    }
}

fn read_all(
    core: &Core,
    permit: &Permit,
    statement: &'static Statement,
    values: &[Value],
    patience: Patience,
) -> Result<Source> {
    let record = core.record(statement);
    let (answer, _) = core.metered(
        permit,
        &record,
        false,
        Instant::now(),
        |_| None,
        |engine| {
            engine.set_patience(patience);
            engine.ask(statement, values, Ask::ALL_ROWS, &core.adapters)
        },
    );
    answer.map(|answer| Source::Read(answer.rows.into_iter()))
}
