//! Finds double-quoted words which SQLite takes for texts because no column has their name.
//!
//! `SELECT "titel" FROM task` is no mistake for SQLite: it gives the text 'titel' in every row
//! (<https://sqlite.org/quirks.html#dblquote>). SQLite is asked once more with that leniency switched off.

use crate::source::{SourceMap, Span};
use crate::syntax::{ListForm, Statement};

use super::Catalog;
use super::rejection::{self, Rejection};

/// Whether what `span` covers stands in double quotes.
///
/// SQLite tells no place for a word in a view or trigger that the statement uses: that one has its own warning.
pub(super) fn is_quoted(span: Span, sources: &SourceMap) -> bool {
    sources.text(span).starts_with('"')
}

impl Catalog {
    /// The double-quoted words of `statement`, which SQLite accepts, that are no columns.
    #[must_use]
    pub fn quoted_texts(&self, sources: &SourceMap, statement: &Statement) -> Vec<Rejection> {
        let mut found = Vec::new();
        let source = statement.text(sources);
        if !source.contains('"') {
            return found;
        }
        let mut text = statement
            .run_text(sources, |_| ListForm::Mixed)
            .into_owned();
        let place = |offset| Some(statement.source_byte(offset, |_| ListForm::Mixed));
        let checker = &self.checker;
        while let Err(error) = checker.strictly(|| checker.tries(&text)) {
            let relations = self.relations();
            let rejection =
                rejection::explain(&error, place, sources, statement, relations, checker);
            if rejection.quoted.is_none() || !is_quoted(rejection.span, sources) {
                break;
            }
            found.push(rejection);
            match with_a_text(&text, &error) {
                Some(next) => text = next,
                None => break,
            }
        }
        found
    }
}

/// `text` with a text in the place of the word at which `error` points; everything else stays where it is.
fn with_a_text(text: &str, error: &rusqlite::Error) -> Option<String> {
    let rusqlite::Error::SqlInputError { offset, .. } = error else {
        return None;
    };
    let start = usize::try_from(*offset).ok()?;
    let inner = text.get(start..)?.strip_prefix('"')?;
    let mut rest = inner;
    // Two quotes are one of the word.
    while let Some((_, behind)) = rest.split_once('"')
        && behind.starts_with('"')
    {
        rest = &behind[1..];
    }
    let behind = rest.split_once('"')?.1;
    let length = inner.len() - behind.len() - 1;
    Some([&text[..start], "'", &"x".repeat(length), "'", behind].concat())
}
