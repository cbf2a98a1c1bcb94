//! Dates that cannot fail: `datetime('now', '-7 days')`, `strftime('%Y')`.
//!
//! A time value or modifier that SQLite does not understand makes NULL, so that only calls whose texts are written in
//! the statement are known to give a date.

use sqlparser::ast::{Expr, Value as Literal};

/// Modifiers without a number that cannot fail behind 'now'.
const MODIFIERS: [&str; 7] = [
    "utc",
    "localtime",
    "subsec",
    "subsecond",
    "start of day",
    "start of month",
    "start of year",
];

/// Units of modifiers such as '-7 days'.
const UNITS: [&str; 6] = ["second", "minute", "hour", "day", "month", "year"];

/// More modifiers than this, with three digits each, may leave the years -4713 to 9999.
const MOST_MODIFIERS: usize = 6;

/// Whether the call is `datetime()`, `date('now')` or the like.
pub(super) fn is_always_a_date(name: &str, exprs: &[&Expr]) -> bool {
    let values = match (name, exprs) {
        ("date" | "time" | "datetime" | "julianday" | "unixepoch", values) => values,
        ("strftime", [format, values @ ..]) if text(format).is_some_and(is_format) => values,
        _ => return false,
    };
    match values {
        [] => true,
        [first, modifiers @ ..] => {
            let now = text(first).is_some_and(|text| text.eq_ignore_ascii_case("now"));
            let surely = |expr: &&Expr| text(expr).is_some_and(is_modifier);
            now && modifiers.len() <= MOST_MODIFIERS && modifiers.iter().all(surely)
        }
    }
}

/// Whether a modifier may be 'subsec', with which `unixepoch` gives a REAL.
pub(super) fn may_ask_for_subseconds(exprs: &[&Expr]) -> bool {
    let asks = |text: &str| {
        ["subsec", "subsecond"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
    };
    let (first, modifiers) = match exprs {
        [] => return false,
        [first, modifiers @ ..] => (first, modifiers),
    };
    text(first).is_some_and(asks) || modifiers.iter().any(|expr| text(expr).is_none_or(asks))
}

fn text(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Nested(inner) => text(inner),
        Expr::Value(literal) => match &literal.value {
            Literal::SingleQuotedString(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn is_modifier(text: &str) -> bool {
    let known =
        |words: &[&str], text: &str| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    let Some((number, unit)) = text.split_once(' ') else {
        return known(&MODIFIERS, text);
    };
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    let counts =
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let unit = unit.strip_suffix(['s', 'S']).unwrap_or(unit);
    (counts && known(&UNITS, unit)) || known(&MODIFIERS, text)
}

/// Whether `strftime` knows all that stands behind a `%`.
fn is_format(format: &str) -> bool {
    let mut characters = format.chars();
    let mut any = false;
    while let Some(character) = characters.next() {
        any = true;
        if character == '%'
            && !characters
                .next()
                .is_some_and(|next| "deFfgGHIjJklmMpPRsSTuUVwWY%".contains(next))
        {
            return false;
        }
    }
    any
}
