//! Behaviour of the runtime, driven through a generated module.

mod cancellation;
mod faulty;
mod harness;
mod invalidation;
mod lifecycle;
mod migrations;
mod queue;
mod shape;
mod transactions;
mod values;
mod watch;
