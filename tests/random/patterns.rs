//! Operators, aggregates and window functions, with holes for expressions.
//!
//! `#i` is a hole for an Integer, `#r` for a Real, `#t` a Text, `#b` a Boolean, `#x` a Blob, `#a` anything.

use super::Class;

/// Operators and functions that give a class.
pub(super) fn operators(class: Class) -> &'static [&'static str] {
    match class {
        Class::Integer => &INTEGER_OPERATORS,
        Class::Real => &REAL_OPERATORS,
        Class::Text => &TEXT_OPERATORS,
        Class::Boolean => &BOOLEAN_OPERATORS,
        Class::Blob => &BLOB_OPERATORS,
        Class::Any => &ANY_OPERATORS,
    }
}

/// Aggregates that give a class.
pub(super) fn aggregates(class: Class) -> &'static [&'static str] {
    match class {
        Class::Integer => &INTEGER_AGGREGATES,
        Class::Real => &REAL_AGGREGATES,
        Class::Text => &TEXT_AGGREGATES,
        Class::Boolean => &BOOLEAN_AGGREGATES,
        Class::Blob => &BLOB_AGGREGATES,
        Class::Any => &ANY_AGGREGATES,
    }
}

/// Window functions that give a class.
pub(super) fn windows(class: Class) -> &'static [&'static str] {
    match class {
        Class::Integer => &INTEGER_WINDOWS,
        Class::Real => &REAL_WINDOWS,
        Class::Text => &TEXT_WINDOWS,
        Class::Boolean => &BOOLEAN_WINDOWS,
        Class::Blob => &BLOB_WINDOWS,
        Class::Any => &ANY_WINDOWS,
    }
}

const INTEGER_OPERATORS: [&str; 23] = [
    "#i + #i",
    "#i - #i",
    "#i * 2",
    "#i / #i",
    "#i % #i",
    "-#i",
    "~#i",
    "#i & #i",
    "#i << 1",
    "length(#t)",
    "CAST(#t AS INTEGER)",
    "CAST(#r AS INTEGER)",
    "abs(#i)",
    "instr(#t, #t)",
    "unicode(#t)",
    "sign(#r)",
    "min(#i, #i)",
    "max(#i, #i, #i)",
    "octet_length(#a)",
    "unixepoch(#t)",
    "json_array_length('[1,2]', #t)",
    "json_array_length('[1]')",
    "+#i",
];

const REAL_OPERATORS: [&str; 16] = [
    "#r + #r",
    "#r - #r",
    "#r * #i",
    "#r / #r",
    "#r + #i",
    "-#r",
    "(#r + 9e999) - 9e999",
    "9e999 - 9e999",
    "CAST(#t AS REAL)",
    "CAST(#i AS REAL)",
    "round(#r, 1)",
    "round(#i)",
    "abs(#r)",
    "julianday(#t)",
    "max(#r, #r)",
    "#r % #r",
];

const TEXT_OPERATORS: [&str; 33] = [
    "#t || #t",
    "#i || #t",
    "#r || 'x'",
    "lower(#t)",
    "upper(#t)",
    "trim(#t)",
    "substr(#t, 1, 2)",
    "substr(#t, #i)",
    "replace(#t, 'a', #t)",
    "hex(#a)",
    "typeof(#a)",
    "quote(#a)",
    "date(#t)",
    "date('now')",
    "datetime('now', #t)",
    "strftime('%Y', 'now', '-1 day')",
    "strftime('%Y', #t)",
    "printf('%s', #a)",
    "format(#t, #i)",
    "CAST(#a AS TEXT)",
    "CAST(#i AS DATE)",
    "json_array(#i, #t)",
    "json_object('k', #i)",
    "'{\"k\":1}' -> #t",
    "concat(#t, #a)",
    "concat_ws(#t, #t, #i)",
    "json_type('[1]', #t)",
    "min(#t, #t)",
    "soundex(#t)",
    "char(#i)",
    "#t COLLATE NOCASE",
    "json_quote(#i)",
    "json_set('{}', '$.a', #i)",
];

const BOOLEAN_OPERATORS: [&str; 30] = [
    "#i = #i",
    "#t < #t",
    "#r >= #r",
    "#a <> #a",
    "#b AND #b",
    "#b OR #b",
    "NOT #b",
    "#a IS NULL",
    "#a IS NOT NULL",
    "#a IS #a",
    "#a IS NOT #a",
    "#i IN (#i, #i)",
    "#t NOT IN (#t)",
    "#i IN ()",
    "#i BETWEEN #i AND #i",
    "#t NOT BETWEEN #t AND #t",
    "#t LIKE #t",
    "#t NOT LIKE 'a%'",
    "#t GLOB '*'",
    "(#i, #t) = (#i, #t)",
    "(#i, #t) < (#i, #t)",
    "(#i, #t) IN ((#i, #t))",
    "EXISTS (SELECT #a)",
    "#i IN (SELECT #i)",
    "#i NOT IN (SELECT #i WHERE #b)",
    "#b IS TRUE",
    "#b IS NOT FALSE",
    "json_valid(#t)",
    "#a IS NULL OR #b",
    "#i > 0 AND #b",
];

const BLOB_OPERATORS: [&str; 5] = [
    "CAST(#t AS BLOB)",
    "substr(#x, 1, 1)",
    "zeroblob(2)",
    "unhex(#t)",
    "unhex('00')",
];

const ANY_OPERATORS: [&str; 5] = [
    "#a",
    "'{\"k\":1}' ->> #t",
    "json_extract('{\"k\":1.5}', '$.k')",
    "COALESCE(#a, #a)",
    "CAST(#a AS NUMERIC)",
];

const INTEGER_AGGREGATES: [&str; 7] = [
    "count(*)",
    "count(#a)",
    "sum(#i)",
    "min(#i)",
    "max(#i)",
    "count(*) + 1",
    "sum(#i) FILTER (WHERE #b)",
];

const REAL_AGGREGATES: [&str; 5] = ["avg(#i)", "total(#r)", "sum(#r)", "max(#r)", "avg(#r)"];

const TEXT_AGGREGATES: [&str; 6] = [
    "min(#t)",
    "max(#t)",
    "group_concat(#t)",
    "group_concat(#t, '-')",
    "json_group_array(#i)",
    "max(#t) FILTER (WHERE #b)",
];

const BOOLEAN_AGGREGATES: [&str; 3] = ["count(*) > 1", "max(#b)", "min(#b) IS NULL"];

const BLOB_AGGREGATES: [&str; 2] = ["max(#x)", "min(#x)"];

const ANY_AGGREGATES: [&str; 3] = ["max(#a)", "sum(#a)", "min(#a)"];

const INTEGER_WINDOWS: [&str; 13] = [
    "row_number() OVER w",
    "rank() OVER (ORDER BY #a)",
    "ntile(2) OVER w",
    "count(#a) OVER w",
    "sum(#i) OVER w",
    "sum(#i) OVER (ORDER BY #a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
    "sum(#i) OVER (ORDER BY #a ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
    "lag(#i) OVER w",
    "lead(#i, 1, 5) OVER w",
    "lag(#i, #i, 5) OVER w",
    "max(#i) OVER (PARTITION BY #a)",
    "nth_value(#i, 2) OVER w",
    "sum(#i) OVER (ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW)",
];

const REAL_WINDOWS: [&str; 4] = [
    "percent_rank() OVER w",
    "cume_dist() OVER w",
    "avg(#i) OVER w",
    "sum(#r) OVER w",
];

const TEXT_WINDOWS: [&str; 6] = [
    "first_value(#t) OVER w",
    "last_value(#t) OVER w",
    "min(#t) OVER w",
    "group_concat(#t) OVER w",
    "first_value(#t) OVER (ORDER BY #a ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING)",
    "CASE WHEN #t IS NOT NULL THEN lag(#t, 1, 'x') OVER w ELSE 'y' END",
];

const BOOLEAN_WINDOWS: [&str; 2] = ["count(*) OVER w > 1", "max(#b) OVER w"];

const BLOB_WINDOWS: [&str; 2] = ["first_value(#x) OVER w", "max(#x) OVER w"];

const ANY_WINDOWS: [&str; 3] = ["first_value(#a) OVER w", "max(#a) OVER w", "lag(#a) OVER w"];
