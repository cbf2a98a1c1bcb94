//! Behaviour of the runtime, driven through a generated module.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod adopting;
mod altered;
mod backup;
mod binding;
mod bounds;
mod brackets;
mod cancellation;
mod closures;
mod computing;
mod ended;
mod exclusive;
mod executor;
mod external;
mod faulty;
mod harness;
mod hooks;
mod invalidation;
mod lazy;
mod lifecycle;
mod locks;
mod log;
mod lost;
mod many;
mod math;
mod migrations;
mod owners;
mod places;
mod processes;
mod queue;
mod raced;
mod raw;
mod read_only;
mod readers;
mod readers_end;
mod readers_watch;
mod remote;
mod shape;
#[cfg(unix)]
mod sharing;
mod status;
mod stream;
mod stream_begin;
mod stream_end;
mod suspensions;
mod table_changes;
mod tracing;
mod transactions;
mod values;
mod waits;
mod watch;
mod watch_group;
mod watch_shared;
mod ways;
