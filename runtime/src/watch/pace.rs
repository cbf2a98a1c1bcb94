//! When a watch may look at its query: at once, after a pause, or so often at most.
//!
//! In: what the watch was told last, what there is to be told, a timer that fired. Out: whether it may look now, and how
//! long the timer has to run. Pure: no clocks. Invariant: the first result is never held back, and whoever waits has a
//! timer running.

use std::time::Duration;

/// How often a watch wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    AtOnce,
    /// When no change has come for so long.
    Debounce(Duration),
    /// Once in so long: at its beginning, and at its end if something came meanwhile.
    Throttle(Duration),
}

/// Whether a watch may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum May {
    Now,
    /// When the timer fires, which starts anew if a time is given.
    Later(Option<Duration>),
}

#[derive(Debug)]
pub(crate) struct Pacer {
    pace: Pace,
    /// The last change for which the timer was started.
    noticed: u64,
    /// Whether the timer has fired.
    fired: bool,
}

impl Pacer {
    pub(crate) fn new(pace: Pace) -> Self {
        let fired = true;
        Self {
            pace,
            noticed: 0,
            fired,
        }
    }

    /// Asks for a look at the change `epoch`, of a watch that was told the change `told` last.
    pub(super) fn may(&mut self, told: u64, epoch: u64) -> May {
        match self.pace {
            _ if told == 0 => May::Now,
            Pace::Debounce(pause) if self.noticed != epoch => {
                self.noticed = epoch;
                self.fired = false;
                May::Later(Some(pause))
            }
            Pace::Debounce(_) | Pace::Throttle(_) if !self.fired => May::Later(None),
            Pace::AtOnce | Pace::Debounce(_) | Pace::Throttle(_) => May::Now,
        }
    }

    /// Whether it ever keeps a watch from looking.
    pub(super) fn holds_back(&self) -> bool {
        self.pace != Pace::AtOnce
    }

    pub(crate) fn fired(&mut self) {
        self.fired = true;
    }

    /// The watch was told; says for how long a timer has to run now.
    pub(super) fn told(&mut self) -> Option<Duration> {
        match self.pace {
            Pace::Throttle(rest) => {
                self.fired = false;
                Some(rest)
            }
            Pace::AtOnce | Pace::Debounce(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const D: Duration = Duration::from_secs(1);

    #[test]
    fn r98_a_debounced_watch_waits_for_a_pause_after_the_last_change() {
        let mut pacer = Pacer::new(Pace::Debounce(D));
        assert_eq!(
            pacer.may(0, 1),
            May::Now,
            "the first result is not held back"
        );
        assert_eq!(pacer.told(), None);
        assert_eq!(pacer.may(1, 2), May::Later(Some(D)));
        assert_eq!(
            pacer.may(1, 2),
            May::Later(None),
            "one timer for one change"
        );
        assert_eq!(pacer.may(1, 3), May::Later(Some(D)));
        pacer.fired();
        assert_eq!(pacer.may(1, 3), May::Now);
        assert_eq!(
            pacer.may(1, 4),
            May::Later(Some(D)),
            "another one while it looked"
        );
    }

    #[test]
    fn r98_a_throttled_watch_rests_after_what_it_was_told() {
        let mut pacer = Pacer::new(Pace::Throttle(D));
        assert_eq!(pacer.may(0, 1), May::Now);
        assert_eq!(pacer.told(), Some(D));
        assert_eq!(pacer.may(1, 2), May::Later(None));
        pacer.fired();
        assert_eq!(pacer.may(1, 3), May::Now);
        assert_eq!(pacer.told(), Some(D));
        pacer.fired();
        assert_eq!(
            pacer.may(3, 4),
            May::Now,
            "after a rest a change is told at once"
        );
    }

    #[test]
    fn without_a_pace_every_change_is_told_at_once() {
        let mut pacer = Pacer::new(Pace::AtOnce);
        assert_eq!(pacer.may(1, 2), May::Now);
        assert_eq!(pacer.told(), None);
    }
}
