//! Behaviour of the runtime, driven through a generated module.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod cancellation;
mod closures;
mod faulty;
mod harness;
mod invalidation;
mod lifecycle;
mod migrations;
mod queue;
mod shape;
mod suspensions;
mod transactions;
mod values;
mod watch;
