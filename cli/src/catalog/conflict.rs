//! Finds what a CREATE TABLE says about its keys and no PRAGMA tells: ON CONFLICT REPLACE and AUTOINCREMENT.
//!
//! `k TEXT UNIQUE ON CONFLICT REPLACE` → the key `(k)` replaces; `NOT NULL ON CONFLICT REPLACE` deletes nothing, for it
//! stores the default instead (<https://sqlite.org/lang_conflict.html>).

use crate::source::SourceMap;
use crate::syntax::{Statement, Token};

/// The keys of a CREATE TABLE whose constraint says `ON CONFLICT REPLACE`, column names as written.
pub(super) fn replacing_keys(sources: &SourceMap, statement: &Statement) -> Vec<Vec<String>> {
    let text = &sources.file(statement.file()).text;
    let mut keys = Vec::new();
    for definition in definitions(text, statement) {
        let owner = definition.first().and_then(|token| token.name(text));
        // What belongs to a constraint stands between its word and the word of the next one.
        let mut key: Option<Vec<String>> = None;
        for at in 0..definition.len() {
            let word = |ahead: usize, word: &str| {
                let token = definition.get(at + ahead);
                token.is_some_and(|token| token.is_word(text, word))
            };
            if word(0, "UNIQUE") || (word(0, "PRIMARY") && word(1, "KEY")) {
                let listed = listed_names(text, &definition[at..]);
                let own = || owner.iter().map(|name| name.clone().into_owned()).collect();
                key = Some(listed.unwrap_or_else(own));
            } else if word(0, "NOT") || word(0, "CHECK") || word(0, "CONSTRAINT") {
                key = None;
            } else if word(0, "CONFLICT") && word(1, "REPLACE") {
                keys.extend(key.take());
            }
        }
    }
    keys
}

/// The names in the first brackets behind the words of a constraint; none when its column stands before it.
fn listed_names(text: &str, constraint: &[&Token]) -> Option<Vec<String>> {
    let words = constraint
        .iter()
        .take_while(|token| token.is_word(text, "UNIQUE") || token.is_word(text, "PRIMARY"));
    let key = usize::from(constraint.get(1)?.is_word(text, "KEY"));
    let behind = constraint.get(words.count() + key..)?;
    if !behind.first()?.is_symbol(text, "(") {
        return None;
    }
    let inside = behind
        .iter()
        .take_while(|token| !token.is_symbol(text, ")"));
    let mut names = Vec::new();
    let mut expected = false;
    for token in inside {
        if expected {
            names.extend(token.name(text).map(std::borrow::Cow::into_owned));
        }
        expected = token.is_symbol(text, "(") || token.is_symbol(text, ",");
    }
    Some(names)
}

/// Whether a CREATE TABLE says AUTOINCREMENT.
pub(super) fn is_autoincrement(sources: &SourceMap, statement: &Statement) -> bool {
    let text = &sources.file(statement.file()).text;
    statement
        .significant()
        .any(|token| token.is_word(text, "AUTOINCREMENT"))
}

/// The parts between the outermost commas of a CREATE TABLE.
pub(super) fn definitions<'a>(text: &str, statement: &'a Statement) -> Vec<Vec<&'a Token>> {
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
