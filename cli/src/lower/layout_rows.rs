//! Breaks the code of nested rows into lines the way rustfmt does; see `layout`.

use unicode_width::UnicodeWidthStr;

use super::layout::{LIST_WIDTH, MAX_WIDTH, Place, STRUCT_WIDTH, one_a_line};

/// rustfmt's `chain_width`.
const CHAIN_WIDTH: usize = 60;

/// Whether rustfmt leaves this chain of fields and calls on one line.
#[must_use]
pub fn is_chain_line(chain: &str) -> bool {
    chain.width() <= CHAIN_WIDTH
}

/// Prints the field `name: Self::reader(row)?` of a struct that is made.
#[must_use]
pub fn field_read(name: &str, reader: &str, place: Place) -> String {
    let head = format!("{name}: Self::{reader}(");
    if place.column() + head.width() + "row)?,".len() <= MAX_WIDTH {
        format!("{head}row)?")
    } else if place.column() + head.width() < MAX_WIDTH {
        format!("{head}{})?", one_a_line(&["row".to_owned()], place))
    } else {
        let deeper = place.deeper();
        let line = format!("Self::{reader}(row)?");
        if deeper.column() + line.width() < MAX_WIDTH {
            return format!("{name}:{}{line}", deeper.line());
        }
        let row = one_a_line(&["row".to_owned()], deeper);
        format!("{name}:{}Self::{reader}({row})?", deeper.line())
    }
}

/// Prints `let variable = Name { fields };`.
#[must_use]
pub fn let_struct(variable: &str, name: &str, of: &[String], place: Place) -> String {
    let inner = of.join(", ");
    let head = format!("let {variable} =");
    if inner.width() > STRUCT_WIDTH {
        return format!("{head} {name} {{{}}};", one_a_line(of, place));
    }
    let value = format!("{name} {{ {inner} }};");
    if place.column() + head.width() + 1 + value.width() <= MAX_WIDTH {
        format!("{head} {value}")
    } else if place.deeper().column() + value.width() <= MAX_WIDTH {
        format!("{head}{}{value}", place.deeper().line())
    } else {
        format!("{head} {name} {{{}}};", one_a_line(of, place))
    }
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
