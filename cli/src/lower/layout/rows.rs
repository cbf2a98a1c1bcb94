//! Breaks the code that groups nested rows into lines.

use unicode_width::UnicodeWidthStr;

use super::{LIST_WIDTH, MAX_WIDTH, Place, one_a_line};

/// rustfmt's `chain_width`.
const CHAIN_WIDTH: usize = 60;

/// Whether rustfmt leaves this chain of fields and calls on one line.
#[must_use]
pub fn is_chain_line(chain: &str) -> bool {
    chain.width() <= CHAIN_WIDTH
}

/// Prints `head(types)`, a tuple, up to its semicolon.
#[must_use]
pub fn tuple_type(head: &str, types: &[String], place: Place) -> String {
    let inner = types.join(", ");
    let line = format!("{head}({inner});");
    if inner.width() <= LIST_WIDTH && place.column() + line.width() <= MAX_WIDTH {
        line
    } else {
        format!("{head}({});", one_a_line(types, place))
    }
}

/// Prints `row.field.push(element);`.
#[must_use]
pub fn push(field: &str, element: &str, place: Place) -> String {
    let chain = format!("row.{field}.push({element})");
    if is_chain_line(&chain) {
        format!("{chain};")
    } else {
        format!("row.{field}{}.push({element});", place.deeper().line())
    }
}

/// Prints `if let Some(row) = value {`.
#[must_use]
pub fn if_let_some(value: &str, place: Place) -> String {
    let line = format!("if let Some(row) = {value}");
    if place.column() + line.width() + " {".len() <= MAX_WIDTH {
        format!("{line} {{")
    } else if place.column() + line.width() <= MAX_WIDTH {
        format!("{line}{}{{", place.line())
    } else {
        let value = format!("{}{value}", place.deeper().line());
        format!("if let Some(row) ={value}{}{{", place.line())
    }
}

/// Prints `let variable = value;`, a value that does not break.
#[must_use]
pub fn let_whole(variable: &str, value: &str, place: Place) -> String {
    let line = format!("let {variable} = {value};");
    if place.column() + line.width() <= MAX_WIDTH {
        line
    } else {
        format!("let {variable} ={}{value};", place.deeper().line())
    }
}
