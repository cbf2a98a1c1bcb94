//! Turns a place into path, line and column, as `cargo::error=file:line:col` lines and editors want them.

use std::fmt;

use crate::source::{FileId, SourceMap, Span};

use super::model::Diagnostic;

/// Where a diagnostic is; prints as `path:line:column`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The path as it is shown.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; a tab is one character, a byte-order mark none.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

impl Location {
    /// Where `span` starts.
    #[must_use]
    pub fn of(span: Span, sources: &SourceMap) -> Self {
        Self::at(span.file, span.start, sources)
    }

    /// Where `span` ends: behind its last character.
    #[must_use]
    pub fn of_end(span: Span, sources: &SourceMap) -> Self {
        Self::at(span.file, span.end.max(span.start), sources)
    }

    fn at(file: FileId, byte: usize, sources: &SourceMap) -> Self {
        let file = sources.file(file);
        let before = &file.text[..boundary(&file.text, byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let in_line = &before[line_start..];
        Self {
            path: file.path.clone(),
            line: before.bytes().filter(|&b| b == b'\n').count() + 1,
            column: in_line.trim_start_matches(BYTE_ORDER_MARK).chars().count() + 1,
        }
    }
}

impl Diagnostic {
    /// Where it is, if it has a place.
    #[must_use]
    pub fn location(&self, sources: &SourceMap) -> Option<Location> {
        let label = self.primary.as_ref()?;
        Some(Location::of(label.span, sources))
    }
}

/// No editor shows it and none counts it.
pub(super) const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The character boundary of `text` at or in front of `at`.
///
/// Spans lie on boundaries; a wrong one must still not turn a diagnostic into a panic.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::source::{SourceMap, Span};

    use super::Location;

    #[test]
    fn c10_lines_and_columns_count_characters() {
        for (text, at, line, column) in [
            ("SELECT x", 7, 1, 8),
            ("a\nb\n", 2, 2, 1),
            ("a\r\n\tb", 4, 2, 2),
            ("\u{FEFF}abc", 3, 1, 1),
            ("\u{FEFF}abc", 4, 1, 2),
            ("'äö' x", 7, 1, 6),
            ("a\n", 2, 2, 1),
            ("a", 99, 1, 2),
            ("ä", 1, 1, 1),
        ] {
            let mut sources = SourceMap::default();
            let file = sources.add("a.sql", text);
            let location = Location::of(Span::new(file, at..at), &sources);
            assert_eq!(
                (location.line, location.column),
                (line, column),
                "{text:?} at {at}"
            );
            assert_eq!(location.to_string(), format!("a.sql:{line}:{column}"));
        }
    }
}
