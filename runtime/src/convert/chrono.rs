//! Types of the crate `chrono`, feature `chrono`.
//!
//! `NaiveDate` ↔ `'2024-02-29'`, `NaiveTime` ↔ `'12:30:00'`, `NaiveDateTime` and `DateTime<Utc>` ↔ `'2024-02-29 12:30:00'`,
//! `DateTime<FixedOffset>` the same with its offset. A text without offset is UTC, as it is for SQLite.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::moment::{self, CivilDay, Clock, Moment};
use crate::error::Result;
use crate::value::{Cell, FromCell, Misfit, Slot, ToCell};

const BEYOND: &str = "a year from 0 to 9999, no leap second and an offset of whole minutes";

fn day_of(date: NaiveDate) -> Option<CivilDay> {
    CivilDay::new(
        date.year(),
        date.month().try_into().ok()?,
        date.day().try_into().ok()?,
    )
}

/// None in a leap second, which SQLite's texts do not have.
fn clock_of(time: NaiveTime) -> Option<Clock> {
    Some(Clock {
        hour: time.hour().try_into().ok()?,
        minute: time.minute().try_into().ok()?,
        second: time.second().try_into().ok()?,
        nanos: Some(time.nanosecond()).filter(|nanos| *nanos < 1_000_000_000)?,
    })
}

fn moment_of(local: NaiveDateTime, offset: Option<i32>) -> Option<String> {
    let moment = Moment {
        day: day_of(local.date())?,
        clock: clock_of(local.time())?,
        offset,
    };
    moment.text()
}

fn date(day: CivilDay) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
}

fn time(clock: Clock) -> Option<NaiveTime> {
    let Clock {
        hour,
        minute,
        second,
        nanos,
    } = clock;
    NaiveTime::from_hms_nano_opt(hour.into(), minute.into(), second.into(), nanos)
}

fn put(slot: Slot<'_>, text: Option<String>, found: &'static str) -> Result<()> {
    match text {
        Some(text) => slot.bind(Cell::Text(&text)),
        None => Err(slot.refuse(BEYOND, found)),
    }
}

impl ToCell for NaiveDate {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        put(slot, day_of(*self).map(CivilDay::text), "another date")
    }
}

impl FromCell for NaiveDate {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(cell, "a date, YYYY-MM-DD", |text| {
            date(moment::parse_day(text)?)
        })
    }
}

impl ToCell for NaiveTime {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        put(slot, clock_of(*self).map(Clock::text), "another time")
    }
}

impl FromCell for NaiveTime {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(cell, "a time, HH:MM:SS", |text| {
            time(moment::parse_clock(text)?)
        })
    }
}

impl ToCell for NaiveDateTime {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        put(slot, moment_of(*self, None), "another date and time")
    }
}

impl FromCell for NaiveDateTime {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(
            cell,
            "a date and time without offset, YYYY-MM-DD HH:MM:SS",
            |text| {
                let moment = moment::parse_moment(text).filter(|moment| moment.offset.is_none())?;
                Some(date(moment.day)?.and_time(time(moment.clock)?))
            },
        )
    }
}

impl ToCell for DateTime<Utc> {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        put(
            slot,
            moment_of(self.naive_utc(), None),
            "another date and time",
        )
    }
}

impl FromCell for DateTime<Utc> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        DateTime::<FixedOffset>::from_cell(cell).map(|moment| moment.to_utc())
    }
}

impl ToCell for DateTime<FixedOffset> {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        let offset = Some(self.offset().local_minus_utc());
        put(
            slot,
            moment_of(self.naive_local(), offset),
            "another date and time",
        )
    }
}

impl FromCell for DateTime<FixedOffset> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(cell, "a date and time, YYYY-MM-DD HH:MM:SS", |text| {
            let moment = moment::parse_moment(text)?;
            let local = date(moment.day)?.and_time(time(moment.clock)?);
            let offset = FixedOffset::east_opt(moment.offset.unwrap_or(0))?;
            local.and_local_timezone(offset).single()
        })
    }
}
