//! Results that are read as they are wanted.
//!
//! `rows` is what applications get; `feed` runs a query on a connection of its own and hands its rows over in chunks;
//! `now` is the synchronous form for the connections of closures. Invariant: a row is converted when it is asked for, not
//! before.

mod feed;
mod now;
mod rows;

pub(crate) use self::feed::{Feed, Feeds, on_feeding_thread};
pub use self::now::RowsNow;
pub use self::rows::Rows;
