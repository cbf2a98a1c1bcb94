//! Watched queries.
//!
//! `course` is the state of one query and of the watches that share it, `pace` says when a watch may look: both are pure.
//! `shared` gives the course a lock and wakers; `watched` finds the query that a new watch can share; `query` runs it, or
//! several as a `group`, of which one may be a `single` row. `changes` is the feed of all that
//! commits change.
//!
//! In: queries and the commits that concern them. Out: a stream of results, the latest only. Invariants: a result is
//! delivered only while no relevant commit has come after its query began; a watch that nobody polls runs no query and holds
//! nothing but, after two results that came and went, a short lease.

mod beside;
mod changes;
mod course;
mod group;
mod pace;
mod query;
mod shared;
mod single;
mod stream;
mod watched;

pub use self::changes::TableChanges;
pub(crate) use self::group::sealed::Member;
pub(crate) use self::group::watch_group;
pub use self::group::{Group, Grouped};
pub(crate) use self::query::{Part, Prepared};
pub(crate) use self::single::Single;
pub use self::stream::Watch;
pub(crate) use self::watched::{Registry, Watched};
