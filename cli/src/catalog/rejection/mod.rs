//! Turns SQLite's error into words and a place: `no such column: titel` at offset 7 becomes ``no such column `titel` ``,
//! underlined at `titel`, with "did you mean `title`".
//!
//! SQLite knows the offset of most errors. Where it does not, the name in its message is looked for among the
//! statement's tokens, and if that fails the whole statement is marked.

mod advice;
mod lists;
mod place;
mod repair;
mod rules;
#[cfg(test)]
mod tests;
mod words;

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::source::{SourceMap, Span};
use crate::syntax::Statement;

pub use self::advice::advise_lookalike;
use self::place::{Place, Scope, token_at};
use self::repair::Stumble;
use self::words::{Subject, Words};
use super::Relation;
use super::patience::{MOST_STEPS, has_run_out};
use super::prepare::Checker;

/// How SQLite ends what it says of a double-quoted word that is no column.
const HINT_OF_QUOTES: &str = " - should this be a string literal in single-quotes?";

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
    /// The double-quoted word that is no column, if that is what is wrong; SQLite can be told to take it for a text.
    pub quoted: Option<String>,
}

impl Rejection {
    /// The diagnostic for it.
    #[must_use]
    pub fn into_diagnostic(self, code: Code) -> Diagnostic {
        let diagnostic = Diagnostic::error(code, self.message).at(self.span, "");
        self.help.into_iter().fold(diagnostic, Diagnostic::help)
    }
}

impl Rejection {
    /// The warning of a word that is no column, and that SQLite takes for a text.
    #[must_use]
    pub fn into_warning(self) -> Option<Diagnostic> {
        let word = self.quoted?;
        let message = format!("`\"{word}\"` is no column, so SQLite takes it for a text");
        let diagnostic = Diagnostic::warning(Code::QuotedText, message).at(self.span, "");
        let (said, right) = (
            format!("'{word}'"),
            format!("'{}'", word.replace('\'', "''")),
        );
        let help = self
            .help
            .into_iter()
            .map(|help| help.replace(&said, &right));
        Some(help.fold(diagnostic, Diagnostic::help))
    }
}

/// Explains the error which SQLite gave for `statement`.
///
/// `place` gives the byte of the file for an offset in the text that SQLite saw; none when it saw another text, such as
/// a probe. `relations` and what `checker` knows are what names can be near to.
pub(super) fn explain(
    error: &rusqlite::Error,
    place: impl Fn(usize) -> Option<usize>,
    sources: &SourceMap,
    statement: &Statement,
    relations: &[Relation],
    checker: &Checker,
) -> Rejection {
    if has_run_out(error) {
        return endless(sources, statement);
    }
    let (raw, offset) = raw_message(error);
    let scope = Scope::of(sources, statement);
    if raw == "incomplete input" {
        return incomplete(&scope);
    }
    let words = Words::of(&raw);
    let at = offset.and_then(&place);
    let span = at
        .and_then(|at| token_at(sources, statement, at))
        .or_else(|| scope.find(words.place, &words.parts))
        .unwrap_or(statement.span);
    let names = checker.names();
    let mut help = match (words.subject, words.name) {
        (Subject::Function, Some(name)) => names.advise_function(name, sources, statement, span),
        (Subject::Arguments, Some(name)) => names.advise_arguments(name),
        (Subject::Collation, Some(name)) => names.advise_collation(name),
        _ => near_name(&words, sources, statement, relations)
            .into_iter()
            .collect(),
    };
    help.extend(advise_lookalike(statement, sources));
    let is_quoted = raw.ends_with(HINT_OF_QUOTES);
    if matches!(words.place, Place::Conflict(_)) {
        help.extend(unique_keys(&scope, relations));
    }
    let mut rejection = Rejection {
        missing_table: words.missing_table(),
        quoted: words.name.filter(|_| is_quoted).map(str::to_owned),
        message: words.message,
        span,
        help,
    };
    rejection.help.extend(words.help);
    if let (Some(start), Some(at), Subject::Syntax) = (place(0), at, words.subject) {
        let stumble = Stumble {
            checker,
            scope: &scope,
            start,
            at,
        };
        if let Some(repair) = stumble.repair() {
            rejection.message = repair.message.unwrap_or(rejection.message);
            rejection.span = repair.span.unwrap_or(rejection.span);
            rejection.help.extend(repair.help);
        }
    }
    rejection
}

/// The statement ends too early: at the bracket that is never closed, or behind its last token.
fn incomplete(scope: &Scope<'_>) -> Rejection {
    let mut open = Vec::new();
    for at in 0..scope.tokens.len() {
        if scope.is(at, "(") {
            open.push(at);
        } else if scope.is(at, ")") {
            open.pop();
        }
    }
    let (message, span) = if let Some(at) = open.pop() {
        ("`(` is never closed".to_owned(), scope.span(at, at))
    } else {
        let last = scope.tokens.last();
        let word = last.map_or("", |token| token.text(scope.text));
        let span = last.map_or(scope.statement.span, |token| scope.statement.span_of(token));
        (
            format!("the statement ends too early, behind `{word}`"),
            span,
        )
    };
    Rejection {
        message,
        span,
        help: Vec::new(),
        missing_table: None,
        quoted: None,
    }
}

/// Which unique keys there are that an upsert could name.
fn unique_keys(scope: &Scope<'_>, relations: &[Relation]) -> Option<String> {
    let into = (0..scope.tokens.len()).find(|&at| scope.is(at, "INTO"))?;
    let name = scope.tokens.get(into + 1)?.name(scope.text)?;
    let table = relations
        .iter()
        .find(|relation| relation.name.eq_ignore_ascii_case(&name))?;
    let rowid = table.rowid_alias().map(|column| column.name.clone());
    let whole = table
        .indexes
        .iter()
        .filter(|index| index.unique && !index.partial);
    let indexes = whole.filter_map(|index| {
        let columns: Option<Vec<&str>> = index.columns.iter().map(Option::as_deref).collect();
        Some(columns?.join(", "))
    });
    let keys: Vec<String> = rowid
        .into_iter()
        .chain(indexes)
        .map(|key| format!("`({key})`"))
        .collect();
    Some(if keys.is_empty() {
        format!("`{}` has no unique key: make one with UNIQUE", table.name)
    } else {
        format!(
            "the unique keys of `{}` are {}",
            table.name,
            keys.join(", ")
        )
    })
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
        quoted: None,
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
        Subject::Relation => suggest(
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
