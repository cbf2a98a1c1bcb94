//! SQLite's own texts for dates and times, <https://www.sqlite.org/lang_datefunc.html#time_values>.
//!
//! `2024-02-29 12:30:00.5+02:00` ↔ a [`Moment`]. Written is the form that SQLite's functions give: a blank between date
//! and time, seconds always, a fraction only when there is one, no offset for UTC – so that texts of one kind sort as
//! the moments do. Read are all forms that SQLite reads as a date. Invariant: nothing is rounded.

use crate::value::{Cell, Misfit};

/// A calendar day, not checked against the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CivilDay {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// A time of day, not checked against the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    pub(super) nanos: u32,
}

/// A day, a time and – where it is told – the offset from UTC in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) day: CivilDay,
    pub(super) clock: Clock,
    pub(super) offset: Option<i32>,
}

impl CivilDay {
    /// The day, if SQLite has a text for its year: 0 to 9999.
    pub(super) fn new(year: impl TryInto<u16>, month: u8, day: u8) -> Option<Self> {
        let year = year.try_into().ok().filter(|year| *year <= 9999)?;
        Some(Self { year, month, day })
    }

    pub(super) fn text(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Clock {
    pub(super) fn text(self) -> String {
        let mut text = format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second);
        if self.nanos != 0 {
            let fraction = format!(".{:09}", self.nanos);
            text.push_str(fraction.trim_end_matches('0'));
        }
        text
    }
}

impl Moment {
    /// The text; none when the offset is none that SQLite reads: whole minutes, at most 14 hours.
    pub(super) fn text(self) -> Option<String> {
        let mut text = format!("{} {}", self.day.text(), self.clock.text());
        match self.offset {
            None | Some(0) => {}
            Some(seconds) if seconds % 60 == 0 && seconds.abs() <= 14 * 3600 => {
                let minutes = seconds.abs() / 60;
                let sign = if seconds < 0 { '-' } else { '+' };
                text = format!("{text}{sign}{:02}:{:02}", minutes / 60, minutes % 60);
            }
            Some(_) => return None,
        }
        Some(text)
    }
}

/// What is left to read of a text.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    fn take(&mut self, byte: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == byte).then(|| self.0 = rest)
    }

    /// A number of exactly `count` digits.
    fn number(&mut self, count: usize) -> Option<u16> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.iter().try_fold(0_u16, |number, byte| {
            let digit = byte.is_ascii_digit().then(|| u16::from(byte - b'0'))?;
            number.checked_mul(10)?.checked_add(digit)
        })
    }

    fn two(&mut self) -> Option<u8> {
        self.number(2)?.try_into().ok()
    }

    fn day(&mut self) -> Option<CivilDay> {
        let year = self.number(4)?;
        self.take(b'-')?;
        let month = self.two()?;
        self.take(b'-')?;
        let day = self.two()?;
        Some(CivilDay { year, month, day })
    }

    fn clock(&mut self) -> Option<Clock> {
        let hour = self.two()?;
        self.take(b':')?;
        let minute = self.two()?;
        let mut clock = Clock {
            hour,
            minute,
            ..Clock::default()
        };
        if self.take(b':').is_some() {
            clock.second = self.two()?;
            if self.take(b'.').is_some() {
                clock.nanos = self.fraction()?;
            }
        }
        Some(clock)
    }

    /// The digits behind the point as nanoseconds; none when there are finer ones.
    fn fraction(&mut self) -> Option<u32> {
        let count = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        let finer = digits.get(9..).unwrap_or_default();
        if digits.is_empty() || finer.iter().any(|digit| *digit != b'0') {
            return None;
        }
        let digits = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
        Some(digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
    }

    /// The seconds of `Z` or `+02:00`.
    fn offset(&mut self) -> Option<i32> {
        let (sign, rest) = self.0.split_first()?;
        self.0 = rest;
        let sign = match sign {
            b'Z' | b'z' => return Some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.two().filter(|hours| *hours <= 14)?;
        self.take(b':')?;
        let minutes = self.two().filter(|minutes| *minutes < 60)?;
        Some(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60))
    }
}

/// Reads `2024-02-29`.
pub(super) fn parse_day(text: &str) -> Option<CivilDay> {
    let mut rest = Rest(text.as_bytes());
    let day = rest.day()?;
    rest.0.is_empty().then_some(day)
}

/// Reads `12:30`, `12:30:00` and `12:30:00.5`.
pub(super) fn parse_clock(text: &str) -> Option<Clock> {
    let mut rest = Rest(text.as_bytes());
    let clock = rest.clock()?;
    rest.0.is_empty().then_some(clock)
}

/// Reads a day with or without a time, and an offset behind the time; a day alone begins at midnight.
pub(super) fn parse_moment(text: &str) -> Option<Moment> {
    let mut rest = Rest(text.as_bytes());
    let mut moment = Moment {
        day: rest.day()?,
        clock: Clock::default(),
        offset: None,
    };
    if !rest.0.is_empty() {
        rest.take(b' ').or_else(|| rest.take(b'T'))?;
        moment.clock = rest.clock()?;
        while rest.take(b' ').is_some() {}
        if !rest.0.is_empty() {
            moment.offset = Some(rest.offset()?);
        }
    }
    rest.0.is_empty().then_some(moment)
}

/// Reads a TEXT by `parse`; what does not fit is refused as not being `expected`.
pub(super) fn read<T>(
    cell: Cell<'_>,
    expected: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Misfit> {
    match cell {
        Cell::Text(text) => parse(text).ok_or_else(|| Misfit {
            expected: expected.into(),
            found: "TEXT that is none".to_owned(),
        }),
        other => Err(Misfit::new(expected, &other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_of_sqlite_are_read() {
        let noon = |nanos, offset| Moment {
            day: CivilDay {
                year: 2024,
                month: 2,
                day: 29,
            },
            clock: Clock {
                hour: 12,
                minute: 30,
                second: 0,
                nanos,
            },
            offset,
        };
        for (text, moment) in [
            ("2024-02-29 12:30", noon(0, None)),
            ("2024-02-29T12:30", noon(0, None)),
            ("2024-02-29 12:30:00", noon(0, None)),
            ("2024-02-29 12:30:00.5", noon(500_000_000, None)),
            ("2024-02-29T12:30:00.000000001Z", noon(1, Some(0))),
            ("2024-02-29 12:30:00+02:00", noon(0, Some(7200))),
            ("2024-02-29 12:30:00 -00:30", noon(0, Some(-1800))),
            ("2024-02-29 12:30:00.1000000000", noon(100_000_000, None)),
        ] {
            assert_eq!(parse_moment(text), Some(moment), "{text}");
        }
        assert_eq!(parse_day("2024-02-29"), Some(noon(0, None).day));
        assert_eq!(parse_clock("12:30"), Some(noon(0, None).clock));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "2024",
            "24-02-29",
            "2024-2-29",
            "2024-02-29 ",
            "2024-02-29X12:30",
            "2024-02-29 12",
            "2024-02-29 12:30:",
            "2024-02-29 12:30:00.",
            "2024-02-29 12:30:00.0000000001",
            "2024-02-29 12:30:00+2:00",
            "2024-02-29 12:30:00+15:00",
            "2024-02-29 12:30:00+02:60",
            "2024-02-29 12:30:00Zulu",
            "-2024-02-29",
            "２０２４-02-29",
            "now",
        ] {
            assert_eq!(parse_moment(text), None, "{text}");
        }
        assert_eq!(parse_day("2024-02-29 12:30"), None);
        assert_eq!(parse_clock("12:30Z"), None);
    }

    #[test]
    fn what_is_written_reads_back_and_sqlite_agrees() {
        let sqlite = rusqlite::Connection::open_in_memory().unwrap();
        for offset in [None, Some(3600), Some(-14 * 3600), Some(5 * 3600 + 45 * 60)] {
            for nanos in [0, 1, 123_000_000, 999_999_999] {
                let moment = Moment {
                    day: CivilDay {
                        year: 1,
                        month: 1,
                        day: 1,
                    },
                    clock: Clock {
                        hour: 23,
                        minute: 59,
                        second: 58,
                        nanos,
                    },
                    offset,
                };
                let text = moment.text().unwrap();
                assert_eq!(parse_moment(&text), Some(moment), "{text}");
                let day: Option<String> = sqlite
                    .query_row("SELECT date(?1)", [&text], |row| row.get(0))
                    .unwrap();
                assert!(day.is_some(), "{text}");
            }
        }
        assert_eq!(
            Moment {
                offset: Some(61),
                ..parse_moment("2024-01-01").unwrap()
            }
            .text(),
            None
        );
        assert_eq!(CivilDay::new(10_000, 1, 1), None);
        assert_eq!(CivilDay::new(-1, 1, 1), None);
    }
}
