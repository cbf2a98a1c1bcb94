//! JSON, as text and as JSONB. What is no JSON is an error, not NULL; a path that leads nowhere is NULL.

use super::model::{A, ANY, BLOB, BOOL, I, INT, Kind, MANY, Nulls, Page, T, TEXT, f};
use Nulls::{Maybe, Never, OfArguments, OfFirst};

/// JSON, then pairs of a path and a value.
const PAIRS: &[super::Takes] = &[T, T, A, T, A, T, A];

pub(super) const PAGE: Page = Page {
    url: "https://sqlite.org/json1.html",
    kind: Kind::Scalar,
    functions: &[
        f("json", (1, 1), &[T], TEXT, OfArguments),
        f("json_array", (0, MANY), &[A], TEXT, Never),
        f("json_array_insert", (1, MANY), PAIRS, TEXT, OfFirst),
        f("json_array_length", (1, 1), &[T], INT, OfArguments),
        f("json_array_length", (2, 2), &[T], INT, Maybe),
        f("json_error_position", (1, 1), &[T], INT, OfArguments),
        f("json_extract", (1, 2), &[T], ANY, Maybe),
        f("json_extract", (3, MANY), &[T], TEXT, OfArguments),
        f("json_insert", (1, MANY), PAIRS, TEXT, OfFirst),
        f("json_object", (0, MANY), &[T, A, T, A, T, A], TEXT, Never),
        f("json_patch", (2, 2), &[T], TEXT, OfArguments),
        f("json_pretty", (1, 2), &[T], TEXT, OfFirst),
        f("json_quote", (1, 1), &[A], TEXT, Never),
        f("json_remove", (1, 1), &[T], TEXT, OfArguments),
        f("json_remove", (2, MANY), &[T], TEXT, Maybe),
        f("json_replace", (1, MANY), PAIRS, TEXT, OfFirst),
        f("json_set", (1, MANY), PAIRS, TEXT, OfFirst),
        f("json_type", (1, 1), &[T], TEXT, OfArguments),
        f("json_type", (2, 2), &[T], TEXT, Maybe),
        f("json_valid", (1, 2), &[T, I], BOOL, OfArguments),
        f("jsonb", (1, 1), &[T], BLOB, OfArguments),
        f("jsonb_array", (0, MANY), &[A], BLOB, Never),
        f("jsonb_array_insert", (1, MANY), PAIRS, BLOB, OfFirst),
        f("jsonb_extract", (1, 2), &[T], ANY, Maybe),
        f("jsonb_extract", (3, MANY), &[T], BLOB, OfArguments),
        f("jsonb_insert", (1, MANY), PAIRS, BLOB, OfFirst),
        f("jsonb_object", (0, MANY), &[T, A, T, A, T, A], BLOB, Never),
        f("jsonb_patch", (2, 2), &[T], BLOB, OfArguments),
        f("jsonb_remove", (1, 1), &[T], BLOB, OfArguments),
        f("jsonb_remove", (2, MANY), &[T], BLOB, Maybe),
        f("jsonb_replace", (1, MANY), PAIRS, BLOB, OfFirst),
        f("jsonb_set", (1, MANY), PAIRS, BLOB, OfFirst),
    ],
};
