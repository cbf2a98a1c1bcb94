//! Lowers values inside of rows: the functions that read them, and how the rows of a join become rows with collections.
//!
//! Every row type of a statement is read by a function of its own, by the indexes of its columns. Rows with collections
//! are groups that a key tells apart: the rows are group 0, and each collection is a group whose elements know the place
//! of the row that they belong to.

mod groups;
mod readers;

use std::collections::BTreeSet;

use sqlitenow_templates::ir;

use crate::check::{CheckedNested, CheckedQuery, CheckedRow, holds_collection, snake_name};

use super::layout::{self, Expr, Output, Place};

/// What a statement's `impl` blocks say about its rows.
#[derive(Debug)]
pub struct Reading {
    /// The functions that read rows, each whole.
    pub readers: Vec<ir::Reader>,
    /// The expression that reads a row of a statement without collections.
    pub read_layout: String,
    /// How the rows of the join become its rows, when they hold collections.
    pub nested: Option<ir::Nested>,
}

/// How the rows of `query` are read; its `impl` blocks stand `base` columns deep.
///
/// `adapters` is the path of the type of the database's adapters.
pub fn reading(query: &CheckedQuery, adapters: &str, base: usize) -> Reading {
    let mut reading = Reading {
        readers: Vec::new(),
        read_layout: String::new(),
        nested: None,
    };
    let Some(row) = &query.row else {
        return reading;
    };
    let mut lowering = Lowering {
        row,
        adapters_path: adapters,
        base,
        taken: BTreeSet::new(),
        readers: Vec::new(),
    };
    if holds_collection(&row.members) {
        reading.nested = Some(lowering.nested());
    } else {
        let place = Place { base, indent: 8 };
        let got = lowering.adapters(&row.members, place);
        let made = lowering.made(&row.type_name, &row.members, "", place);
        let lines: Vec<_> = got.into_iter().chain([made]).collect();
        reading.read_layout = lines.join(&line(8));
    }
    reading.readers = lowering.readers;
    if query.map_to.is_some() {
        map(row, &mut reading, base);
    }
    reading
}

/// Lets a function of its own read the generated row, which then becomes a type of the application.
fn map(row: &CheckedRow, reading: &mut Reading, base: usize) {
    let parameters = ["row: &rt::v1::Row<'_>".to_owned()];
    let output = Output {
        path: "rt::v1::Result".to_owned(),
        arguments: vec![row.type_name.clone()],
    };
    let place = Place { base, indent: 4 };
    let is_taken = |name: &str| {
        let mut readers = reading.readers.iter();
        readers.any(|reader| reader.signature_layout.starts_with(&format!("fn {name}(")))
    };
    let name = if is_taken("mapped") {
        "mapped_"
    } else {
        "mapped"
    };
    let read = format!("rt::v1::map_row(Self::{name}(row)?)");
    reading.readers.push(ir::Reader {
        allows: Vec::new(),
        signature_layout: layout::signature(&format!("fn {name}"), &parameters, &output, place),
        body_layout: std::mem::replace(&mut reading.read_layout, read),
    });
}

struct Lowering<'a> {
    row: &'a CheckedRow,
    /// The path of the type of the database's adapters.
    adapters_path: &'a str,
    base: usize,
    /// The names of readers.
    taken: BTreeSet<String>,
    readers: Vec<ir::Reader>,
}

fn result(inner: &str) -> Output {
    Output {
        path: "rt::v1::Result".to_owned(),
        arguments: vec![inner.to_owned()],
    }
}

/// The name of a value as a part of a function's.
fn stem(nested: &CheckedNested) -> String {
    let name = snake_name(&nested.label).unwrap_or_default();
    name.trim_start_matches("r#").trim_matches('_').to_owned()
}

fn line(indent: usize) -> String {
    format!("\n{}", " ".repeat(indent))
}

fn declare(name: &str, value: &Expr, place: Place) -> String {
    let head = format!("let {name} = ");
    let used = place.base + place.indent + head.len();
    format!("{head}{};", layout::expression(value, place, used, 1))
}

/// How columns are named in a test, and what has to be declared first.
struct Columns {
    declared: Vec<String>,
    name: String,
}

fn columns(columns: &[usize], place: Place) -> Columns {
    let (first, last) = (columns.first().copied(), columns.last().copied());
    let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
    if last - first + 1 == columns.len() {
        return Columns {
            declared: Vec::new(),
            name: format!("{first}..{}", last + 1),
        };
    }
    let items = columns.iter().map(|index| Expr::Atom(index.to_string()));
    Columns {
        declared: vec![declare("columns", &Expr::List(items.collect()), place)],
        name: "columns".to_owned(),
    }
}
