//! Numbers bind parameters as SQLite does (<https://sqlite.org/lang_expr.html#varparam>).
//!
//! `?` is one more than the highest number so far, `?3` is 3, and a name takes the number of its first place; the prefix
//! belongs to the name, so `:a` and `@a` are two. `SELECT :a, ?, ?1, :a` has the numbers 1, 2, 1, 1.

use std::collections::HashMap;

use crate::source::{FileId, Span};

use super::list;
use super::statement::Parameter;
use super::token::{Token, TokenKind};

/// The highest number SQLite gives (`SQLITE_MAX_VARIABLE_NUMBER` by default).
///
/// A statement that asks for more, or for `?0`, is rejected by SQLite; here its numbers are cut to what is possible, so
/// that nothing behind has to fear a number without bound.
const HIGHEST: usize = 32_766;

/// Numbers the parameters among `tokens`, which are those of one statement of `file`.
pub(super) fn number(file: FileId, text: &str, tokens: &[Token]) -> Vec<Parameter> {
    let mut highest = 0;
    let mut by_name = HashMap::new();
    let mut parameters = Vec::new();
    let significant: Vec<&Token> = tokens
        .iter()
        .filter(|token| token.is_significant())
        .collect();
    for (at, token) in significant.iter().enumerate() {
        if token.kind != TokenKind::Parameter {
            continue;
        }
        let written = token.text(text);
        let (number, name) = match written.strip_prefix('?') {
            Some("") => (next(highest), None),
            Some(digits) => (digits.parse().unwrap_or(HIGHEST).clamp(1, HIGHEST), None),
            None => {
                let number = *by_name.entry(written).or_insert_with(|| next(highest));
                // All three prefixes are one byte long.
                (number, written.get(1..).map(str::to_owned))
            }
        };
        highest = highest.max(number);
        parameters.push(Parameter {
            number,
            name,
            span: Span::new(file, token.range.clone()),
            role: list::role(text, &significant, at),
        });
    }
    parameters
}

fn next(highest: usize) -> usize {
    (highest + 1).min(HIGHEST)
}
