//! Rules for Rust files: what they open with, how long they are, what must not stand in them.

use super::tree::{expect_none, rust_files};

/// No file that people write is longer.
const MOST_LINES: usize = 400;

#[test]
fn every_file_opens_with_its_purpose() {
    let found: Vec<String> = rust_files()
        .iter()
        .filter(|file| !file.is_generated() && !file.text.starts_with("//! "))
        .map(|file| file.path.clone())
        .collect();
    expect_none("these files do not open with `//!`", &found);
}

#[test]
fn no_file_is_too_long() {
    let mut found = Vec::new();
    for file in rust_files().iter().filter(|file| !file.is_generated()) {
        let lines = file.text.lines().count();
        if lines > MOST_LINES {
            found.push(format!("{}: {lines} lines", file.path));
        }
    }
    expect_none("these files want to be cut", &found);
}

#[test]
fn nothing_unfinished_is_left() {
    // Put together here, so that this very file does not have them.
    let marks = ["todo", "unimplemented", "dbg"].map(|name| format!("{name}!"));
    let marks = marks.into_iter().chain([format!("#[{}", "ignore")]);
    let marks: Vec<String> = marks
        .chain(["TODO", "FIXME", "XXX"].map(|word| format!("// {word}")))
        .collect();
    let mut found = Vec::new();
    for file in rust_files() {
        for (line, text) in (1..).zip(file.text.lines()) {
            if let Some(mark) = marks.iter().find(|mark| text.contains(*mark)) {
                found.push(format!("{}:{line}: {mark}", file.path));
            }
        }
    }
    expect_none("these lines are not finished", &found);
}

#[test]
fn no_name_says_nothing() {
    let empty = [
        "utils", "util", "helpers", "helper", "common", "misc", "manager",
    ];
    let found: Vec<String> = rust_files()
        .iter()
        .filter(|file| {
            let mut parts = file.path.split('/');
            parts.any(|part| empty.contains(&part.trim_end_matches(".rs")))
        })
        .map(|file| file.path.clone())
        .collect();
    expect_none("these names say nothing", &found);
}
