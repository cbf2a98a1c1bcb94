//! Results that are read as they are wanted.
//!
//! `rows` is what applications get; `queued` brings a query to them; `feed` runs a query on a connection of its own and hands its rows over in chunks;
//! `feeds` are all of a database;
//! `now` is the synchronous form for the connections of closures. Invariant: a row is converted when it is asked for, not
//! before.

mod feed;
mod feeds;
mod now;
mod queued;
mod rows;

pub(crate) use self::feed::{Feed, Turn, on_feeding_thread};
pub(crate) use self::feeds::Feeds;
pub use self::now::RowsNow;
pub use self::rows::Rows;
