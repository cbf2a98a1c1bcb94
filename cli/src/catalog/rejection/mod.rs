//! Turns SQLite's error into words and a place: `no such column: titel` at offset 7 becomes ``no such column `titel` ``,
//! underlined at `titel`, with "did you mean `title`".
//!
//! SQLite knows the offset of most errors. Where it does not, the name in its message is looked for among the
//! statement's tokens, and if that fails the whole statement is marked.

mod advice;
mod place;
mod words;

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::source::{SourceMap, Span};
use crate::syntax::Statement;

use self::advice::advise_keyword;
pub use self::advice::advise_lookalike;
use self::place::{token_at, token_named};
use self::words::{Subject, Words};
use super::Relation;
use super::patience::{MOST_STEPS, has_run_out};
use super::undeclared::Names;

/// Why SQLite refused a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// What is wrong, in the wording of diagnostics.
    pub message: String,
    /// The very word, or the statement.
    pub span: Span,
    /// Advice.
    pub help: Vec<String>,
    /// The table that SQLite could not find, if that is what is wrong.
    pub missing_table: Option<String>,
}

impl Rejection {
    /// The diagnostic for it.
    #[must_use]
    pub fn into_diagnostic(self, code: Code) -> Diagnostic {
        let diagnostic = Diagnostic::error(code, self.message).at(self.span, "");
        self.help.into_iter().fold(diagnostic, Diagnostic::help)
    }
}

/// Explains the error which SQLite gave for `statement`.
///
/// `place` gives the byte of the file for an offset in the text that SQLite saw; none when it saw another text, such as
/// a probe. `relations` and `names` are what names can be near to.
pub(super) fn explain(
    error: &rusqlite::Error,
    place: impl Fn(usize) -> Option<usize>,
    sources: &SourceMap,
    statement: &Statement,
    relations: &[Relation],
    names: &Names,
) -> Rejection {
    if has_run_out(error) {
        return endless(sources, statement);
    }
    let (raw, offset) = raw_message(error);
    let words = Words::of(&raw);
    let span = offset
        .and_then(|offset| token_at(sources, statement, place(offset)?))
        .or_else(|| {
            words
                .name
                .and_then(|name| token_named(sources, statement, name))
        })
        .unwrap_or_else(|| {
            let last = raw
                .starts_with("incomplete input")
                .then(|| statement.tokens.last())
                .flatten();
            last.map_or(statement.span, |token| statement.span_of(token))
        });
    let mut help = match (words.subject, words.name) {
        (Subject::Function, Some(name)) => names.advise_function(name, sources, statement, span),
        (Subject::Arguments, Some(name)) => names.advise_arguments(name),
        (Subject::Collation, Some(name)) => names.advise_collation(name),
        _ => near_name(&words, sources, statement, relations)
            .into_iter()
            .collect(),
    };
    if raw.ends_with(": syntax error") {
        help.extend(advise_keyword(statement, sources, span));
    }
    help.extend(advise_lookalike(statement, sources));
    Rejection {
        help,
        missing_table: words.missing_table(),
        message: words.message,
        span,
    }
}

fn endless(sources: &SourceMap, statement: &Statement) -> Rejection {
    let text = &sources.file(statement.file()).text;
    let mut tokens = statement.significant();
    let with = tokens.find(|token| token.is_word(text, "WITH"));
    Rejection {
        message: format!(
            "this statement comes to no end: SQLite was stopped after {} million steps",
            MOST_STEPS / 1_000_000,
        ),
        span: with.map_or(statement.span, |token| statement.span_of(token)),
        help: vec![
            "give a recursive query an end, such as `WHERE n < 1000` in its second half".to_owned(),
            "let the application fill in what takes that long".to_owned(),
        ],
        missing_table: None,
    }
}

fn raw_message(error: &rusqlite::Error) -> (String, Option<usize>) {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            (msg.clone(), usize::try_from(*offset).ok())
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => (message.clone(), None),
        rusqlite::Error::InvalidParameterCount(..) => {
            ("parameters are not allowed here".to_owned(), None)
        }
        other => (other.to_string(), None),
    }
}

fn near_name(
    words: &Words<'_>,
    sources: &SourceMap,
    statement: &Statement,
    relations: &[Relation],
) -> Option<String> {
    let name = words.name?;
    let found = match words.subject {
        Subject::Table => suggest(
            name,
            relations.iter().map(|relation| relation.name.as_str()),
        ),
        Subject::Column => {
            let text = &sources.file(statement.file()).text;
            let used = relations.iter().filter(|relation| {
                statement.significant().any(|token| {
                    let found = token.name(text);
                    found.is_some_and(|found| found.eq_ignore_ascii_case(&relation.name))
                })
            });
            let last = name.rsplit('.').next().unwrap_or(name);
            let columns = used.flat_map(|relation| &relation.columns);
            let names: Vec<&str> = columns.map(|column| column.name.as_str()).collect();
            // If there is such a column, what is in front of the dot is wrong.
            let exists = names.iter().any(|found| found.eq_ignore_ascii_case(last));
            suggest(last, names.into_iter().filter(|_| !exists))
        }
        _ => None,
    }?;
    Some(format!("did you mean `{found}`?"))
}
