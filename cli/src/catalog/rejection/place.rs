//! Finds the tokens that a message of SQLite is about.

use crate::source::{SourceMap, Span};
use crate::syntax::{Statement, TokenKind};

/// The token at `byte`; with `p.nam` the whole qualified name, since SQLite points at its first part.
pub(super) fn token_at(sources: &SourceMap, statement: &Statement, byte: usize) -> Option<Span> {
    let text = &sources.file(statement.file()).text;
    let mut tokens = statement
        .significant()
        .skip_while(|token| token.range.end <= byte);
    let first = tokens.next()?;
    let mut end = first.range.end;
    if first.kind == TokenKind::Word || first.kind == TokenKind::QuotedIdentifier {
        while tokens
            .next()
            .is_some_and(|token| token.is_symbol(text, "."))
        {
            let Some(part) = tokens.next().filter(|token| token.name(text).is_some()) else {
                break;
            };
            end = part.range.end;
        }
    }
    Some(Span::new(statement.file(), first.range.start..end))
}

pub(super) fn token_named(sources: &SourceMap, statement: &Statement, name: &str) -> Option<Span> {
    let text = &sources.file(statement.file()).text;
    let find = |part: &str| {
        statement.significant().find(|token| {
            let found = token.name(text);
            token.text(text) == name || found.is_some_and(|found| found.eq_ignore_ascii_case(part))
        })
    };
    // Of `task.title` the column, or the table where the column is not written.
    let token = name.rsplit('.').find_map(find)?;
    Some(statement.span_of(token))
}
