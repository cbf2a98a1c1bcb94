//! The rows of a client's query in parts, each as large as it asks for the next one.
//!
//! In: a defined query. Out: its rows as they come: on a connection of their own where the file has a write-ahead log and no
//! block is around, else all at once. Invariants: the query runs at its turn in the queue; dropping the rows ends it.

use std::future::poll_fn;
use std::sync::Arc;
use std::vec;

use crate::database::Core;
use crate::driver::Reader;
use crate::error::Result;
use crate::queue::{Frame, Permit};
use crate::stream::{Feed, Turn};
use crate::value::Value;

use super::run::{self, Job, Moment};

/// So many rows of a result that was read at once make a part.
const PART: usize = 128;

pub(super) enum Parts {
    Feed(Feed),
    Read(vec::IntoIter<Vec<Value>>),
}

impl Parts {
    /// The next part; none after the last one.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Vec<Value>>>> {
        match self {
            Self::Feed(feed) => poll_fn(|cx| feed.poll(cx)).await.transpose(),
            Self::Read(rows) => {
                let part: Vec<_> = rows.take(PART).collect();
                Ok((!part.is_empty()).then_some(part))
            }
        }
    }
}

/// Begins the query at its turn.
pub(super) async fn open(
    core: &Arc<Core>,
    frame: Arc<Frame>,
    job: Arc<Job>,
) -> Result<(Parts, Moment)> {
    if frame.is_root() && job.reads() {
        core.open_now(&frame, job.raw.site.clone()).await?;
        if let Some(reader) = core.reader()
            && !core.distrusts_sets()
        {
            return feed(core, reader, frame, job).await;
        }
    }
    let permit = turn(core, frame, &job).await?;
    all(core, permit, job).await
}

/// Waits for the turn in the queue.
async fn turn(core: &Core, frame: Arc<Frame>, job: &Job) -> Result<Permit> {
    let permit = core.acquire(frame, job.raw.site.clone(), None).await?;
    tokio::task::consume_budget().await;
    Ok(permit)
}

/// Runs on a connection of its own.
async fn feed(
    core: &Arc<Core>,
    reader: &Arc<Reader>,
    frame: Arc<Frame>,
    job: Arc<Job>,
) -> Result<(Parts, Moment)> {
    let (policy, site) = (core.policy(), job.raw.site.clone());
    let place = core.feeds.place(policy.streams, policy.queue_wait).await;
    let place = place.map_err(|refusal| core.refused(&refusal, &frame, site))?;
    let (mut own, mut moment) = (None, Moment::now(core));
    let at_turn = async {
        // Where other reads leave the queue, so does this one.
        if core.readers(&frame).is_some() {
            tokio::task::consume_budget().await;
            return Ok(Some(Turn(None)));
        }
        let permit = turn(core, frame, &job).await?;
        moment = Moment::now(core);
        // What only the writing connection knows may have come meanwhile.
        if core.distrusts_sets() {
            own = Some(permit);
            return Ok(None);
        }
        Ok(Some(Turn(Some(permit))))
    };
    let feed = Feed::at_turn(reader, at_turn, || {
        let (reader, sql) = (Arc::clone(reader), Arc::clone(&job.raw.sql));
        let values = Arc::new(job.raw.values.clone());
        Feed::start(&core.feeds, place, reader, sql, &[], values)
    });
    match (feed.await?, own) {
        (None, Some(permit)) => all(core, permit, job).await,
        (None, None) => Err(core.closed()),
        (Some(feed), _) => Ok((Parts::Feed(feed), moment)),
    }
}

/// Reads all cells, here or on the database's thread.
async fn all(core: &Arc<Core>, permit: Permit, job: Arc<Job>) -> Result<(Parts, Moment)> {
    let (ran, moment) = run::on_permit(core, permit, job).await?;
    Ok((Parts::Read(ran?.answer.rows.rows.into_iter()), moment))
}
