//! SQLite's built-in functions as data: what they take, what they give, and when that is NULL.
//!
//! `substr` → two or three arguments, a text and one or two integers; text, or a blob of a blob; NULL when an argument
//! is. One file per page of sqlite.org. The tables hold what SQLite does for values in columns; what literal arguments
//! add to it is in `call.rs`. Invariant: the rules hold for every value of every storage class (`tests/functions.rs`).

mod core;
mod dates;
mod json;
mod math;
mod model;
mod search;
mod sets;

#[cfg(test)]
pub(super) use model::MANY;
pub(super) use model::{Function, Gives, Kind, Nulls, Page, Takes};

/// Every built-in function, by the page that documents it.
pub(super) const PAGES: [&Page; 8] = [
    &core::PAGE,
    &dates::PAGE,
    &math::PAGE,
    &json::PAGE,
    &sets::AGGREGATES,
    &sets::WINDOWS,
    &search::FULL_TEXT,
    &search::R_TREE,
];

/// The function `name`, given in lower case, that takes so many arguments.
pub(super) fn find(name: &str, arguments: usize) -> Option<(Kind, &'static Function)> {
    PAGES.iter().find_map(|page| {
        let function = page
            .functions
            .iter()
            .find(|function| function.name == name && function.accepts(arguments))?;
        Some((page.kind, function))
    })
}
