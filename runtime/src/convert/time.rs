//! Types of the crate `time`, feature `time`.
//!
//! `Date` ↔ `'2024-02-29'`, `Time` ↔ `'12:30:00'`, `PrimitiveDateTime` ↔ `'2024-02-29 12:30:00'`, `OffsetDateTime` the same
//! with its offset. A text without offset is UTC, as it is for SQLite, and UTC is written without.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use super::moment::{self, CivilDay, Clock, Moment};
use crate::error::Result;
use crate::value::{Cell, FromCell, Misfit, Slot, ToCell};

const BEYOND: &str = "a year from 0 to 9999 and an offset of whole minutes";

fn day_of(date: Date) -> Option<CivilDay> {
    CivilDay::new(date.year(), date.month().into(), date.day())
}

fn clock_of(time: Time) -> Clock {
    let (hour, minute, second, nanos) = time.as_hms_nano();
    Clock {
        hour,
        minute,
        second,
        nanos,
    }
}

fn date(day: CivilDay) -> Option<Date> {
    let month = Month::try_from(day.month).ok()?;
    Date::from_calendar_date(day.year.into(), month, day.day).ok()
}

fn time(clock: Clock) -> Option<Time> {
    Time::from_hms_nano(clock.hour, clock.minute, clock.second, clock.nanos).ok()
}

fn put(slot: Slot<'_>, text: Option<String>, found: &'static str) -> Result<()> {
    match text {
        Some(text) => slot.bind(Cell::Text(&text)),
        None => Err(slot.refuse(BEYOND, found)),
    }
}

impl ToCell for Date {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        put(slot, day_of(*self).map(CivilDay::text), "another date")
    }
}

impl FromCell for Date {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(cell, "a date, YYYY-MM-DD", |text| {
            date(moment::parse_day(text)?)
        })
    }
}

impl ToCell for Time {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        slot.bind(Cell::Text(&clock_of(*self).text()))
    }
}

impl FromCell for Time {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(cell, "a time, HH:MM:SS", |text| {
            time(moment::parse_clock(text)?)
        })
    }
}

impl ToCell for PrimitiveDateTime {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        let moment = day_of(self.date()).map(|day| Moment {
            day,
            clock: clock_of(self.time()),
            offset: None,
        });
        put(slot, moment.and_then(Moment::text), "another date and time")
    }
}

impl FromCell for PrimitiveDateTime {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(
            cell,
            "a date and time without offset, YYYY-MM-DD HH:MM:SS",
            |text| {
                let moment = moment::parse_moment(text).filter(|moment| moment.offset.is_none())?;
                Some(Self::new(date(moment.day)?, time(moment.clock)?))
            },
        )
    }
}

impl ToCell for OffsetDateTime {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        let moment = day_of(self.date()).map(|day| Moment {
            day,
            clock: clock_of(self.time()),
            offset: Some(self.offset().whole_seconds()),
        });
        put(slot, moment.and_then(Moment::text), "another date and time")
    }
}

impl FromCell for OffsetDateTime {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(cell, "a date and time, YYYY-MM-DD HH:MM:SS", |text| {
            let moment = moment::parse_moment(text)?;
            let offset = UtcOffset::from_whole_seconds(moment.offset.unwrap_or(0)).ok()?;
            Some(Self::new_in_offset(
                date(moment.day)?,
                time(moment.clock)?,
                offset,
            ))
        })
    }
}
