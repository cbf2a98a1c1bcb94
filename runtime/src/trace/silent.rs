//! The same without listeners: nothing is kept, nothing is done.

use std::future::Future;
use std::time::Duration;

#[derive(Clone)]
pub(crate) struct Span;

#[derive(Clone, Copy)]
pub(crate) struct Clock;

#[expect(clippy::unused_self, reason = "the other one needs it")]
impl Clock {
    pub(crate) fn of_poll() -> Self {
        Self
    }

    pub(crate) fn warn_beyond(self, _: Duration, _: &str) {}
}

#[expect(clippy::unused_self, reason = "the other one needs it")]
impl Span {
    pub(crate) fn statement(_: &'static str) -> Self {
        Self
    }

    pub(crate) fn transaction(_: &'static str) -> Self {
        Self
    }

    pub(crate) fn migration(_: u32) -> Self {
        Self
    }

    pub(crate) fn clock(&self) -> Clock {
        Clock
    }

    pub(crate) fn waited(&self, _: Clock) {}

    pub(crate) fn ran(&self, _: Clock) {}

    pub(crate) fn counted(&self, _: impl FnOnce() -> Option<u64>) {}

    pub(crate) fn ended(&self, _: bool) {}

    pub(crate) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }
}

#[cfg(feature = "sharing")]
pub(crate) fn broken(_: Option<u64>, _: &dyn std::fmt::Display) {}

#[cfg(feature = "sharing")]
pub(crate) fn stranger(_: &str) {}
