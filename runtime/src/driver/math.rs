//! The functions of <https://sqlite.org/lang_mathfunc.html> for a SQLite that was built without them.
//!
//! In: a new connection. Out: the same, with `sqrt` and its kin. Invariant: they mean what SQLite's own mean: NULL for
//! what is no number and where there is no real outcome; INTEGER stays INTEGER in `ceil`, `floor` and `trunc`.

use std::f64::consts::PI;

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};

use crate::error::{Result, from_rusqlite};

const HAS_THEM: &str = "SELECT sqlite_compileoption_used('ENABLE_MATH_FUNCTIONS')";

/// Makes the functions on `connection`, if SQLite lacks them.
pub(super) fn register(connection: &Connection) -> Result<()> {
    // Trying one out would leave an error behind, which SQLite would then look at after every statement.
    let asked = connection.query_row(HAS_THEM, (), |row| row.get::<_, bool>(0));
    if asked.is_ok_and(|has_them| has_them) {
        return Ok(());
    }
    make_all(connection).map_err(from_rusqlite)
}

type Unary = fn(f64) -> f64;
type Binary = fn(f64, f64) -> f64;

/// Functions of one number.
const ONE: [(&str, Unary); 21] = [
    ("acos", f64::acos),
    ("acosh", f64::acosh),
    ("asin", f64::asin),
    ("asinh", f64::asinh),
    ("atan", f64::atan),
    ("atanh", f64::atanh),
    ("cos", f64::cos),
    ("cosh", f64::cosh),
    ("degrees", |angle| angle * (180.0 / PI)),
    ("exp", f64::exp),
    ("ln", |number| of_positive(number).ln()),
    ("log", |number| of_positive(number).log10()),
    ("log10", |number| of_positive(number).log10()),
    ("log2", |number| of_positive(number).log2()),
    ("radians", |angle| angle * (PI / 180.0)),
    ("sin", f64::sin),
    ("sinh", f64::sinh),
    ("sqrt", f64::sqrt),
    ("tan", f64::tan),
    ("tanh", f64::tanh),
    ("pi", |_| PI),
];

/// Functions of two numbers.
const TWO: [(&str, Binary); 5] = [
    ("atan2", f64::atan2),
    ("log", log_of_base),
    ("mod", |left, right| left % right),
    ("pow", f64::powf),
    ("power", f64::powf),
];

/// Functions that leave an INTEGER as it is.
const ROUNDING: [(&str, Unary); 4] = [
    ("ceil", f64::ceil),
    ("ceiling", f64::ceil),
    ("floor", f64::floor),
    ("trunc", f64::trunc),
];

fn make_all(connection: &Connection) -> rusqlite::Result<()> {
    // Without the last one, `PRAGMA trusted_schema = OFF` would bar them from indexes, generated columns and views.
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    for (name, function) in ONE {
        let arguments = i32::from(name != "pi");
        connection.create_scalar_function(name, arguments, flags, move |call| {
            let number = if call.is_empty() {
                Some(0.0)
            } else {
                real(call, 0)
            };
            Ok(number.map(function))
        })?;
    }
    for (name, function) in TWO {
        connection.create_scalar_function(name, 2, flags, move |call| {
            let numbers = real(call, 0).zip(real(call, 1));
            Ok(numbers.map(|(left, right)| function(left, right)))
        })?;
    }
    for (name, function) in ROUNDING {
        connection.create_scalar_function(name, 1, flags, move |call| {
            Ok(match number(call.get_raw(0)) {
                Some(Number::Integer(integer)) => Value::Integer(integer),
                Some(Number::Real(real)) => Value::Real(function(real)),
                None => Value::Null,
            })
        })?;
    }
    Ok(())
}

/// What is not positive has no logarithm; SQLite gives NULL for NaN.
fn of_positive(number: f64) -> f64 {
    if number > 0.0 { number } else { f64::NAN }
}

fn log_of_base(base: f64, number: f64) -> f64 {
    let divisor = of_positive(base).ln();
    // SQLite takes no base of 1 or less.
    of_positive(number).ln() / of_positive(divisor)
}

enum Number {
    Integer(i64),
    Real(f64),
}

#[expect(
    clippy::cast_precision_loss,
    reason = "SQLite's functions take doubles, too"
)]
fn real(call: &Context<'_>, index: usize) -> Option<f64> {
    number(call.get_raw(index)).map(|number| match number {
        Number::Integer(integer) => integer as f64,
        Number::Real(real) => real,
    })
}

/// A number, or a text that numeric affinity makes one of (<https://sqlite.org/datatype3.html#type_affinity>).
fn number(value: ValueRef<'_>) -> Option<Number> {
    match value {
        ValueRef::Integer(integer) => Some(Number::Integer(integer)),
        ValueRef::Real(real) => Some(Number::Real(real)),
        ValueRef::Text(text) => {
            let blank = |c: char| c == ' ' || ('\t'..='\r').contains(&c);
            let text = std::str::from_utf8(text).ok()?.trim_matches(blank);
            // Rust would read "inf" and "nan" as numbers.
            let plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
            if !text.bytes().all(plain) {
                return None;
            }
            let integer = text.parse().map(Number::Integer).ok();
            integer.or_else(|| text.parse().map(Number::Real).ok())
        }
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}
