//! Tables, properties and comparisons with SQLite for this room.

use crate::source::{FileId, SourceMap};

use super::{Statement, split};

mod differential;
mod lists;
mod properties;
mod statements;
mod tables;

/// `text` as the only file of a source map, cut.
fn cut(text: &str) -> (SourceMap, FileId, Vec<Statement>) {
    let mut sources = SourceMap::default();
    let file = sources.add("test.sql", text);
    (sources, file, split(file, text))
}

/// The texts of the statements of `text`.
fn texts(text: &str) -> Vec<String> {
    let (sources, _, statements) = cut(text);
    statements
        .iter()
        .map(|s| s.text(&sources).to_owned())
        .collect()
}
