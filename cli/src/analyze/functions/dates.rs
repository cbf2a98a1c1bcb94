//! Dates and times.

use super::model::{INT, Kind, MANY, Nulls, Page, REAL, T, TEXT, f};
use Nulls::OfDates;

pub(super) const PAGE: Page = Page {
    url: "https://sqlite.org/lang_datefunc.html",
    kind: Kind::Scalar,
    functions: &[
        f("current_date", (0, 0), &[], TEXT, Nulls::Never),
        f("current_time", (0, 0), &[], TEXT, Nulls::Never),
        f("current_timestamp", (0, 0), &[], TEXT, Nulls::Never),
        f("date", (0, MANY), &[T], TEXT, OfDates),
        f("datetime", (0, MANY), &[T], TEXT, OfDates),
        f("julianday", (0, MANY), &[T], REAL, OfDates),
        f("strftime", (1, MANY), &[T], TEXT, OfDates),
        f("time", (0, MANY), &[T], TEXT, OfDates),
        f("timediff", (2, 2), &[T], TEXT, OfDates),
        f("unixepoch", (0, MANY), &[T], INT, OfDates),
    ],
};
