//! Spans of the target `sqlitenow`: statements, transactions and closures at the level DEBUG, migrations at INFO, and
//! warnings.

use std::future::Future;
use std::time::{Duration, Instant};

#[cfg(feature = "sharing")]
use tracing::error;
use tracing::field::Empty;
use tracing::instrument::{Instrument as _, Instrumented};
use tracing::{Level, debug_span, info_span, warn};

#[derive(Clone)]
pub(crate) struct Span(tracing::Span);

/// When something began, if somebody wants to know.
#[derive(Clone, Copy)]
pub(crate) struct Clock(Option<Instant>);

impl Clock {
    /// For a poll that may be blocked.
    #[inline]
    pub(crate) fn of_poll() -> Self {
        Self(tracing::enabled!(target: "sqlitenow", Level::WARN).then(Instant::now))
    }

    /// Warns of a poll that was blocked for longer than the limit.
    #[inline]
    pub(crate) fn warn_beyond(self, limit: Duration, statement: &str) {
        if let Some(took) = self.0.map(|began| began.elapsed())
            && took >= limit
        {
            let blocked_us = micros(took);
            warn!(target: "sqlitenow", statement, blocked_us, "a statement blocked its caller's poll");
        }
    }

    fn micros(self) -> Option<u64> {
        self.0.map(|began| micros(began.elapsed()))
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl Span {
    #[inline]
    pub(crate) fn statement(name: &'static str) -> Self {
        Self(debug_span!(
            target: "sqlitenow",
            "statement",
            statement = name,
            rows = Empty,
            queue_wait_us = Empty,
            run_us = Empty,
        ))
    }

    /// `kind` is how the block begins.
    pub(crate) fn transaction(kind: &'static str) -> Self {
        Self(debug_span!(
            target: "sqlitenow",
            "transaction",
            kind,
            queue_wait_us = Empty,
            run_us = Empty,
            outcome = Empty,
        ))
    }

    pub(crate) fn migration(version: u32) -> Self {
        Self(info_span!(
            target: "sqlitenow",
            "migration",
            version,
            run_us = Empty,
            outcome = Empty,
        ))
    }

    /// Takes the time, if the span is heard.
    #[inline]
    pub(crate) fn clock(&self) -> Clock {
        Clock((!self.0.is_disabled()).then(Instant::now))
    }

    #[inline]
    pub(crate) fn waited(&self, clock: Clock) {
        if let Some(micros) = clock.micros() {
            self.0.record("queue_wait_us", micros);
        }
    }

    #[inline]
    pub(crate) fn ran(&self, clock: Clock) {
        if let Some(micros) = clock.micros() {
            self.0.record("run_us", micros);
        }
    }

    /// How many rows a statement gave or changed.
    #[inline]
    pub(crate) fn counted(&self, rows: impl FnOnce() -> Option<u64>) {
        if !self.0.is_disabled()
            && let Some(rows) = rows()
        {
            self.0.record("rows", rows);
        }
    }

    pub(crate) fn ended(&self, well: bool) {
        let outcome = if well { "committed" } else { "undone" };
        self.0.record("outcome", outcome);
    }

    /// Polls the future within the span.
    pub(crate) fn around<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.0.clone())
    }

    /// Runs work within the span.
    pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.in_scope(work)
    }
}

/// A client's connection ended out of order.
#[cfg(feature = "sharing")]
pub(crate) fn broken(client: Option<u64>, reason: &dyn std::fmt::Display) {
    error!(target: "sqlitenow", client, %reason, "the connection of a client was cut");
}

/// Somebody knocked at an owner's socket who is not let in.
#[cfg(feature = "sharing")]
pub(crate) fn stranger(reason: &str) {
    warn!(target: "sqlitenow", reason, "a client was refused");
}
