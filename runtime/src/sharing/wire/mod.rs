//! What an owner and its clients say to each other, as values and as bytes.
//!
//! In: messages and bytes. Out: bytes and messages. `to_owner` and `to_client` are the messages, `cells`, `define`, `commit`,
//! `fault` and `site` what they are made of. Invariants: only texts and scalars cross; whatever bytes come, taking them apart
//! neither panics nor needs more memory than they do themselves, but for a fixed sum.

mod backlog;
mod broken;
mod cells;
mod codec;
mod commit;
mod define;
mod fault;
mod frame;
mod incoming;
mod numbers;
mod outbox;
mod preamble;
mod schema;
mod site;
mod status;
mod to_client;
mod to_owner;

#[cfg(test)]
mod tests;

pub(crate) use self::broken::{Broken, Violation};
pub(crate) use self::cells::{Cells, Rows};
pub(crate) use self::commit::WireCommit;
pub(crate) use self::define::Define;
pub(crate) use self::fault::Faults;
#[cfg(test)]
pub(crate) use self::frame::encode;
pub(crate) use self::incoming::Incoming;
pub(crate) use self::numbers::Pairs;
pub(crate) use self::outbox::Outbox;
pub(crate) use self::preamble::{VERSION, greet};
pub(crate) use self::schema::Schema;
pub(crate) use self::site::WireSite;
pub(crate) use self::status::WireStatus;
#[cfg(test)]
pub(crate) use self::to_client::Counts;
pub(crate) use self::to_client::{Outcome, ToClient, Welcome};
pub(crate) use self::to_owner::{Ask, BlockKind, Call, Hello, ToOwner};
