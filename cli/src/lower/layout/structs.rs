//! Breaks structs that are made into lines: `Ok(Row { id: row.get(0)? })`.
//!
//! A field is kept in parts until its place is known, for rustfmt tries more than one.

use unicode_width::UnicodeWidthStr;

use super::{LIST_WIDTH, MAX_WIDTH, Place, chains, one_a_line};

/// rustfmt's `struct_lit_width`.
const STRUCT_WIDTH: usize = 18;

/// A field of a struct that is made.
#[derive(Debug)]
pub enum Field {
    /// `name: value`, without a place to break.
    Whole(String),
    /// `name: Self::reader(row)?`
    Read {
        /// The field's name.
        name: String,
        /// The function that reads it.
        reader: String,
    },
    /// `name: row.method(arguments)?`
    Got {
        /// The field's name.
        name: String,
        /// The method of the row.
        method: String,
        /// Its arguments.
        arguments: Vec<String>,
    },
}

impl Field {
    /// Prints the field without its comma.
    #[must_use]
    pub fn print(&self, place: Place) -> String {
        match self {
            Self::Whole(text) => text.clone(),
            Self::Read { name, reader } => read(name, reader, place),
            Self::Got {
                name,
                method,
                arguments,
            } => got(name, method, arguments, place),
        }
    }
}

/// Prints `Ok(name { fields })`.
#[must_use]
pub fn ok_struct(name: &str, fields: &[Field], place: Place) -> String {
    let is_long = name.width() + " {".len() > LIST_WIDTH;
    let deeper = place.deeper();
    let inner = print(fields, if is_long { deeper.deeper() } else { deeper });
    let on_one_line = inner.join(", ");
    let is_short = on_one_line.width() <= STRUCT_WIDTH;
    let line = format!("Ok({name} {{ {on_one_line} }})");
    let end = place.column() + line.width();
    if is_short && end < MAX_WIDTH {
        return line;
    }
    // A line that would end in the very last column is broken where rustfmt otherwise breaks only for long names.
    if is_long || is_short && end == MAX_WIDTH {
        let value = format!("{name} {{{}}}", one_a_line(&inner, deeper));
        return format!("Ok({}{value},{})", deeper.line(), place.line());
    }
    format!("Ok({name} {{{}}})", one_a_line(&inner, place))
}

/// Prints `let variable = name { fields };`.
#[must_use]
pub fn let_struct(variable: &str, name: &str, fields: &[Field], place: Place) -> String {
    let head = format!("let {variable} =");
    let deeper = place.deeper();
    let broken = |place: Place| {
        let fields = print(fields, place.deeper());
        format!("{name} {{{}}};", one_a_line(&fields, place))
    };
    let on_one_line = print(fields, deeper).join(", ");
    if on_one_line.width() <= STRUCT_WIDTH {
        let value = format!("{name} {{ {on_one_line} }};");
        if place.column() + head.width() + 1 + value.width() <= MAX_WIDTH {
            return format!("{head} {value}");
        }
        if deeper.column() + value.width() <= MAX_WIDTH {
            return format!("{head}{}{value}", deeper.line());
        }
    }
    let (here, below) = (broken(place), broken(deeper));
    let saved = here.lines().count().saturating_sub(below.lines().count());
    // rustfmt takes the struct to a line of its own if that saves two lines inside of it and makes none too long.
    let mut lines = below.lines().skip(1);
    if saved > 1 && lines.all(|line| place.base + line.width() <= MAX_WIDTH) {
        format!("{head}{}{below}", deeper.line())
    } else {
        format!("{head} {here}")
    }
}

fn print(fields: &[Field], place: Place) -> Vec<String> {
    fields.iter().map(|field| field.print(place)).collect()
}

fn read(name: &str, reader: &str, place: Place) -> String {
    let head = format!("{name}: Self::{reader}(");
    let row = || vec!["row".to_owned()];
    if place.column() + head.width() + "row)?,".len() <= MAX_WIDTH {
        return format!("{head}row)?");
    }
    if place.column() + head.width() < MAX_WIDTH {
        return format!("{head}{})?", one_a_line(&row(), place));
    }
    let deeper = place.deeper();
    let line = format!("Self::{reader}(row)?");
    if deeper.column() + line.width() <= MAX_WIDTH {
        return format!("{name}:{}{line}", deeper.line());
    }
    let row = one_a_line(&row(), deeper);
    format!("{name}:{}Self::{reader}({row})?", deeper.line())
}

fn got(name: &str, method: &str, arguments: &[String], place: Place) -> String {
    let inner = arguments.join(", ");
    let call = format!(".{method}({inner})?");
    let line = format!("{name}: row{call}");
    let deeper = place.deeper();
    // rustfmt keeps room for the comma, for the `?` a second time, and on one line for one more.
    let fits = |place: Place, code: &str, room| place.column() + code.width() + room <= MAX_WIDTH;
    if inner.width() > LIST_WIDTH || !fits(deeper, &call, 2) {
        let head = format!("{name}: row.{method}(");
        if fits(place, &head, 2) {
            return format!("{head}{})?", chains(arguments, place));
        }
        let arguments = chains(arguments, deeper);
        return format!("{name}: row{}.{method}({arguments})?", deeper.line());
    }
    if fits(place, &line, 3) {
        return line;
    }
    format!("{name}: row{}{call}", deeper.line())
}
