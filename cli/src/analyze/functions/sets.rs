//! Aggregates and window functions.

use super::model::{A, BLOB, Gives, I, INT, Kind, Nulls, Page, R, REAL, T, TEXT, f};
use Nulls::{Maybe, Never, OfFrame, OfRow, OfSet};

pub(super) const AGGREGATES: Page = Page {
    url: "https://sqlite.org/lang_aggfunc.html",
    kind: Kind::Aggregate,
    functions: &[
        f("avg", (1, 1), &[A], REAL, OfSet),
        f("count", (0, 1), &[A], INT, Never),
        f("group_concat", (1, 2), &[A, T], TEXT, OfSet),
        f("json_group_array", (1, 1), &[A], TEXT, Never),
        f("json_group_object", (2, 2), &[T, A], TEXT, Never),
        f("jsonb_group_array", (1, 1), &[A], BLOB, Never),
        f("jsonb_group_object", (2, 2), &[T, A], BLOB, Never),
        f("max", (1, 1), &[A], Gives::First, OfSet),
        f("median", (1, 1), &[R], REAL, Maybe),
        f("min", (1, 1), &[A], Gives::First, OfSet),
        f("percentile", (2, 2), &[R], REAL, Maybe),
        f("percentile_cont", (2, 2), &[R], REAL, Maybe),
        f("percentile_disc", (2, 2), &[R], REAL, Maybe),
        f("string_agg", (2, 2), &[A, T], TEXT, OfSet),
        f("sum", (1, 1), &[A], Gives::Sum, OfSet),
        f("total", (1, 1), &[A], REAL, Never),
    ],
};

pub(super) const WINDOWS: Page = Page {
    url: "https://sqlite.org/windowfunctions.html#built_in_window_functions",
    kind: Kind::Window,
    functions: &[
        f("cume_dist", (0, 0), &[], REAL, Never),
        f("dense_rank", (0, 0), &[], INT, Never),
        f("first_value", (1, 1), &[A], Gives::First, OfFrame),
        f("lag", (1, 3), &[A, I, A], Gives::FirstOrThird, OfRow),
        f("last_value", (1, 1), &[A], Gives::First, OfFrame),
        f("lead", (1, 3), &[A, I, A], Gives::FirstOrThird, OfRow),
        f("nth_value", (2, 2), &[A, I], Gives::First, OfRow),
        f("ntile", (1, 1), &[I], INT, Never),
        f("percent_rank", (0, 0), &[], REAL, Never),
        f("rank", (0, 0), &[], INT, Never),
        f("row_number", (0, 0), &[], INT, Never),
    ],
};
