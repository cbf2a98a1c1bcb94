//! Tells what a statement does by its leading keywords: `WITH a AS (…) DELETE …` is a [`StatementKind::Delete`].
//!
//! A look at the words is enough, because SQLite checks the rest; a wrong statement gets some kind and is rejected later.

use super::statement::StatementKind;
use super::token::{Token, TokenKind};

/// The kind of the statement made of `tokens`, comments left out.
pub(super) fn classify(text: &str, tokens: &[&Token]) -> StatementKind {
    let word = |at: usize| {
        tokens
            .get(at)
            .map_or(String::new(), |token| keyword(text, token))
    };
    match word(0).as_str() {
        "WITH" => kind_behind_with(text, tokens),
        "CREATE" => match (word(1).as_str(), word(2).as_str()) {
            ("TABLE", _) | ("TEMP" | "TEMPORARY", "TABLE") => StatementKind::CreateTable,
            ("VIEW", _) | ("TEMP" | "TEMPORARY", "VIEW") => StatementKind::CreateView,
            ("TRIGGER", _) | ("TEMP" | "TEMPORARY", "TRIGGER") => StatementKind::CreateTrigger,
            ("INDEX", _) | ("UNIQUE", "INDEX") => StatementKind::CreateIndex,
            ("VIRTUAL", "TABLE") => StatementKind::CreateVirtualTable,
            _ => StatementKind::Other,
        },
        verb => query_kind(verb).unwrap_or(StatementKind::Other),
    }
}

/// Whether the statement that starts with `tokens` has a trigger's body, whose semicolons do not end it.
///
/// Enough tokens are the first five: `EXPLAIN QUERY PLAN CREATE TEMP TRIGGER` is the longest start there is.
pub(super) fn starts_trigger(text: &str, tokens: &[&Token]) -> bool {
    let words: Vec<String> = tokens
        .iter()
        .take(6)
        .map(|token| keyword(text, token))
        .collect();
    let mut rest = words.iter().map(String::as_str).peekable();
    if rest.next_if_eq(&"EXPLAIN").is_some() && rest.next_if_eq(&"QUERY").is_some() {
        rest.next_if_eq(&"PLAN");
    }
    rest.next() == Some("CREATE")
        && match rest.next() {
            Some("TEMP" | "TEMPORARY") => rest.next() == Some("TRIGGER"),
            second => second == Some("TRIGGER"),
        }
}

fn keyword(text: &str, token: &Token) -> String {
    if token.kind == TokenKind::Word {
        token.text(text).to_ascii_uppercase()
    } else {
        String::new()
    }
}

fn query_kind(verb: &str) -> Option<StatementKind> {
    match verb {
        "SELECT" | "VALUES" => Some(StatementKind::Select),
        "INSERT" | "REPLACE" => Some(StatementKind::Insert),
        "UPDATE" => Some(StatementKind::Update),
        "DELETE" => Some(StatementKind::Delete),
        _ => None,
    }
}

/// The main verb follows the closing parenthesis of the last common table expression.
///
/// `REPLACE` may also be a name (`WITH replace AS (…) SELECT`), but never directly behind such a parenthesis.
fn kind_behind_with(text: &str, tokens: &[&Token]) -> StatementKind {
    let mut depth = 0_usize;
    let mut closed = false;
    for token in tokens {
        if depth == 0
            && closed
            && let Some(kind) = query_kind(&keyword(text, token))
        {
            return kind;
        }
        closed = false;
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth = depth.saturating_sub(1);
            closed = depth == 0;
        }
    }
    // Without a verb it is wrong, and SQLite says where.
    StatementKind::Select
}
