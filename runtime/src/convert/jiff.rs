//! Types of the crate `jiff`, feature `jiff`.
//!
//! `civil::Date` ↔ `'2024-02-29'`, `civil::Time` ↔ `'12:30:00'`, `civil::DateTime` and – in UTC – `Timestamp` ↔
//! `'2024-02-29 12:30:00'`. A text without offset is UTC, as it is for SQLite.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::moment::{self, CivilDay, Clock, Moment};
use crate::error::Result;
use crate::value::{Cell, FromCell, Misfit, Slot, ToCell};

const BEYOND: &str = "a year from 0 to 9999";

fn day_of(date: Date) -> Option<CivilDay> {
    CivilDay::new(
        date.year(),
        date.month().try_into().ok()?,
        date.day().try_into().ok()?,
    )
}

fn clock_of(time: Time) -> Option<Clock> {
    Some(Clock {
        hour: time.hour().try_into().ok()?,
        minute: time.minute().try_into().ok()?,
        second: time.second().try_into().ok()?,
        nanos: time.subsec_nanosecond().try_into().ok()?,
    })
}

fn moment_of(local: DateTime) -> Option<String> {
    let moment = Moment {
        day: day_of(local.date())?,
        clock: clock_of(local.time())?,
        offset: None,
    };
    moment.text()
}

fn date(day: CivilDay) -> Option<Date> {
    Date::new(
        day.year.try_into().ok()?,
        day.month.try_into().ok()?,
        day.day.try_into().ok()?,
    )
    .ok()
}

fn time(clock: Clock) -> Option<Time> {
    let small = |number: u8| i8::try_from(number).ok();
    let nanos = clock.nanos.try_into().ok()?;
    Time::new(
        small(clock.hour)?,
        small(clock.minute)?,
        small(clock.second)?,
        nanos,
    )
    .ok()
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
        put(slot, clock_of(*self).map(Clock::text), "another time")
    }
}

impl FromCell for Time {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(cell, "a time, HH:MM:SS", |text| {
            time(moment::parse_clock(text)?)
        })
    }
}

impl ToCell for DateTime {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        put(slot, moment_of(*self), "another date and time")
    }
}

impl FromCell for DateTime {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(
            cell,
            "a date and time without offset, YYYY-MM-DD HH:MM:SS",
            |text| {
                let moment = moment::parse_moment(text).filter(|moment| moment.offset.is_none())?;
                Some(date(moment.day)?.to_datetime(time(moment.clock)?))
            },
        )
    }
}

impl ToCell for Timestamp {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        let local = TimeZone::UTC.to_datetime(*self);
        put(slot, moment_of(local), "another date and time")
    }
}

impl FromCell for Timestamp {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        moment::read(cell, "a date and time, YYYY-MM-DD HH:MM:SS", |text| {
            let moment = moment::parse_moment(text)?;
            let local = date(moment.day)?.to_datetime(time(moment.clock)?);
            let offset = Offset::from_seconds(moment.offset.unwrap_or(0)).ok()?;
            offset.to_timestamp(local).ok()
        })
    }
}
