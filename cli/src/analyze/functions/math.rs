//! Mathematics. What has no real outcome, such as the root of -1, is NULL.

use super::model::{Gives, Kind, Nulls, Page, R, REAL, f};
use Nulls::{Maybe, OfTyped};

pub(super) const PAGE: Page = Page {
    url: "https://sqlite.org/lang_mathfunc.html",
    kind: Kind::Scalar,
    functions: &[
        f("acos", (1, 1), &[R], REAL, Maybe),
        f("acosh", (1, 1), &[R], REAL, Maybe),
        f("asin", (1, 1), &[R], REAL, Maybe),
        f("asinh", (1, 1), &[R], REAL, OfTyped),
        f("atan", (1, 1), &[R], REAL, OfTyped),
        f("atan2", (2, 2), &[R], REAL, OfTyped),
        f("atanh", (1, 1), &[R], REAL, Maybe),
        f("ceil", (1, 1), &[R], Gives::Number, OfTyped),
        f("ceiling", (1, 1), &[R], Gives::Number, OfTyped),
        f("cos", (1, 1), &[R], REAL, Maybe),
        f("cosh", (1, 1), &[R], REAL, OfTyped),
        f("degrees", (1, 1), &[R], REAL, OfTyped),
        f("exp", (1, 1), &[R], REAL, OfTyped),
        f("floor", (1, 1), &[R], Gives::Number, OfTyped),
        f("ln", (1, 1), &[R], REAL, Maybe),
        f("log", (1, 2), &[R], REAL, Maybe),
        f("log10", (1, 1), &[R], REAL, Maybe),
        f("log2", (1, 1), &[R], REAL, Maybe),
        f("mod", (2, 2), &[R], REAL, Maybe),
        f("pi", (0, 0), &[], REAL, Nulls::Never),
        f("pow", (2, 2), &[R], REAL, Maybe),
        f("power", (2, 2), &[R], REAL, Maybe),
        f("radians", (1, 1), &[R], REAL, OfTyped),
        f("sin", (1, 1), &[R], REAL, Maybe),
        f("sinh", (1, 1), &[R], REAL, OfTyped),
        f("sqrt", (1, 1), &[R], REAL, Maybe),
        f("tan", (1, 1), &[R], REAL, Maybe),
        f("tanh", (1, 1), &[R], REAL, OfTyped),
        f("trunc", (1, 1), &[R], Gives::Number, OfTyped),
    ],
};
