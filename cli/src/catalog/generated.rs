//! Finds what the schema says and no PRAGMA tells: what generated columns are computed from, and REPLACE clauses.
//!
//! `total AS (price * amount)` → `total` is computed from `price` and `amount`. A column counts as soon as its name
//! stands in the definition, which may be too many but never too few.

use crate::source::SourceMap;
use crate::syntax::{Statement, Token};

use super::Column;

/// Fills in [`Column::computed_from`].
pub(super) fn fill_in(sources: &SourceMap, statement: &Statement, columns: &mut [Column]) {
    if !columns.iter().any(|column| column.generated) {
        return;
    }
    let text = &sources.file(statement.file()).text;
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    for definition in definitions(text, statement) {
        let Some(name) = definition.first().and_then(|token| token.name(text)) else {
            continue;
        };
        let Some(column) = columns
            .iter_mut()
            .find(|column| column.name.eq_ignore_ascii_case(&name))
        else {
            continue;
        };
        if column.generated && column.computed_from.is_empty() {
            let used = |candidate: &&String| {
                definition[1..].iter().any(|token| {
                    let name = token.name(text);
                    name.is_some_and(|name| name.eq_ignore_ascii_case(candidate))
                })
            };
            column.computed_from = names.iter().filter(used).cloned().collect();
        }
    }
}

/// Whether a constraint says `ON CONFLICT REPLACE`.
pub(super) fn replaces(sources: &SourceMap, statement: &Statement) -> bool {
    let text = &sources.file(statement.file()).text;
    let tokens: Vec<&Token> = statement.significant().collect();
    tokens
        .windows(2)
        .any(|pair| pair[0].is_word(text, "CONFLICT") && pair[1].is_word(text, "REPLACE"))
}

/// The tables into which the body of a trigger writes with REPLACE, in lower case.
pub(super) fn replaced_by_trigger(sources: &SourceMap, statement: &Statement) -> Vec<String> {
    let text = &sources.file(statement.file()).text;
    let tokens: Vec<&Token> = statement.significant().collect();
    let named = |at: usize| Some(tokens.get(at)?.name(text)?.to_ascii_lowercase());
    let mut tables = Vec::new();
    for at in (0..tokens.len()).filter(|&at| tokens[at].is_word(text, "REPLACE")) {
        let into = tokens
            .get(at + 1)
            .is_some_and(|token| token.is_word(text, "INTO"));
        tables.extend(named(if into { at + 2 } else { at + 1 }));
    }
    tables
}

/// The parts between the outermost commas of a CREATE TABLE.
fn definitions<'a>(text: &str, statement: &'a Statement) -> Vec<Vec<&'a Token>> {
    let mut depth = 0_usize;
    let mut parts = vec![Vec::new()];
    for token in statement.significant() {
        let opens = token.is_symbol(text, "(");
        let closes = token.is_symbol(text, ")");
        depth = depth.saturating_sub(usize::from(closes));
        if depth == 1 && token.is_symbol(text, ",") {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut().filter(|_| depth >= 1) {
            part.push(token);
        }
        depth += usize::from(opens);
    }
    parts
}
