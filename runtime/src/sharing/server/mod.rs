//! Serves a database to clients, each at the other end of a stream of bytes.
//!
//! In: a database or an open block of one, and connections. Out: answers, and commits as they happen. Invariants: requests of a
//! client line up in the database's queue in the order in which they came; a commit is told before the answer of whatever ran
//! after it; when a connection ends nothing of it is left behind; whatever comes over it harms nobody else.
//!
//! ```text
//! connection  reads requests, begins each at once, ends what a client leaves behind
//!   ├ request     what becomes of one
//!   │  ├ run, beside, many   statements, at their turn in the queue or on a reader
//!   │  │  └ claims               what a client says of its statements, and whether that is believed
//!   │  ├ stream              rows in parts
//!   │  └ blocks              open transactions
//!   └ answers     what goes out, in order
//! ```

mod beside;
mod blocks;
mod claims;
mod many;
mod run;
