//! `docs/types.md` shows the tables of built-in functions as they are; `BLESS=1` writes them there.

use std::fmt::Write as _;
use std::path::Path;

use crate::analyze::SqlType;
use crate::analyze::functions::{Function, Gives, Kind, MANY, Nulls, PAGES, Takes};

const BEGIN: &str =
    "<!-- The tables below are printed by the tests; `just bless` writes them. -->\n";

fn word(ty: SqlType) -> &'static str {
    match ty {
        SqlType::Boolean => "Boolean",
        SqlType::Integer => "Integer",
        SqlType::Real => "Real",
        SqlType::Text => "Text",
        SqlType::Blob => "Blob",
        SqlType::Any => "any",
    }
}

fn takes(function: &Function) -> String {
    let word = |takes: &Takes| match takes {
        Takes::Any => "any",
        Takes::Type(ty) => word(*ty),
    };
    let mut words: Vec<_> = function.takes.iter().map(word).collect();
    if function.most == MANY {
        words.push("…");
    } else {
        let last = words.last().copied().unwrap_or_default();
        words.resize(usize::from(function.most), last);
    }
    let (needed, free) = words.split_at(usize::from(function.least).min(words.len()));
    match (needed, free) {
        (needed, []) => needed.join(", "),
        ([], free) => format!("[{}]", free.join(", ")),
        (needed, free) => format!("{} [, {}]", needed.join(", "), free.join(", ")),
    }
}

fn gives(gives: Gives) -> &'static str {
    match gives {
        Gives::Type(ty) => word(ty),
        Gives::Number => "Integer for an Integer, else Real",
        Gives::TextOrBlob => "Blob for a Blob, else Text",
        Gives::First => "its first argument",
        Gives::AnyOf => "one of its arguments",
        Gives::Arms => "one of its arms",
        Gives::FirstOrThird => "its first or third argument",
        Gives::Sum => "Integer for Integers, Real for Reals",
    }
}

fn nulls(nulls: Nulls) -> &'static str {
    match nulls {
        Nulls::Never => "never",
        Nulls::OfArguments => "an argument is NULL",
        Nulls::OfFirst => "its first argument is NULL",
        Nulls::OfAll => "all arguments are NULL",
        Nulls::OfEqual => "both are equal, or the first is NULL",
        Nulls::OfChosen => "the chosen arm is NULL or missing",
        Nulls::OfTyped => "an argument is NULL, or no number or text where one is wanted",
        Nulls::OfDates => "a time value or modifier is not surely understood",
        Nulls::OfSet => "there is no value that is not NULL",
        Nulls::OfFrame => "the frame may be empty, or the value is NULL",
        Nulls::OfRow => "there is no such row, or the value is NULL",
        Nulls::Maybe => "it depends on the values",
    }
}

fn tables() -> String {
    let mut text = String::new();
    for page in PAGES {
        let kind = match page.kind {
            Kind::Scalar => "Functions of",
            Kind::Aggregate => "Aggregates of",
            Kind::Window => "Window functions of",
        };
        let url = page.url;
        let name = url.rsplit('/').next().unwrap_or(url);
        write!(text, "\n### {kind} [{name}]({url})\n\n").expect("a string grows");
        text += "| function | takes | gives | NULL when |\n|---|---|---|---|\n";
        for function in page.functions {
            let (given, null) = (gives(function.gives), nulls(function.nulls));
            let name = function.name;
            writeln!(
                text,
                "| `{name}` | {} | {given} | {null} |",
                takes(function)
            )
            .expect("a string grows");
        }
    }
    text
}

#[test]
fn the_documented_tables_are_those_that_hold() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/types.md");
    let page = std::fs::read_to_string(&path).expect("the page of rules");
    let (rules, shown) = page.split_once(BEGIN).expect("the beginning of the tables");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, format!("{rules}{BEGIN}{}", tables())).expect("a file of ours");
    } else {
        assert_eq!(shown, tables(), "run `just bless` and read the diff");
    }
}
