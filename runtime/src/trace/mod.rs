//! What listeners to `tracing` hear.
//!
//! In: calls, blocks and migrations, and how long they waited and ran. Out: a span each, and a warning for a poll that was
//! blocked for long; without the feature `tracing` nothing, at no cost. Invariants: no bound value is told; nobody looks at
//! a clock for the sake of a span that nobody hears.

#[cfg(not(feature = "tracing"))]
mod silent;
#[cfg(feature = "tracing")]
mod spans;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::silent::{Clock, Span};
#[cfg(all(not(feature = "tracing"), feature = "sharing"))]
pub(crate) use self::silent::{broken, stranger};
#[cfg(feature = "tracing")]
pub(crate) use self::spans::{Clock, Span};
#[cfg(all(feature = "tracing", feature = "sharing"))]
pub(crate) use self::spans::{broken, stranger};
