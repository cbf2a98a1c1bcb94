//! Shows diagnostics in the look of rustc:
//!
//! ```text
//! error[SN0401]: no such column: `titel`
//!  --> sql/App/queries/tasks/all.sql:3:8
//!   |
//! 3 | SELECT titel
//!   |        ^^^^^
//!   |
//!   = help: did you mean `title`?
//! ```

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{FileId, SourceMap, Span};

use super::location::{BYTE_ORDER_MARK, boundary};
use super::model::{Diagnostic, Severity};
use super::sink::Diagnostics;

impl Diagnostics {
    /// All problems in order, an empty line between two, a line end behind the last; with ANSI colours if `colour`.
    #[must_use]
    pub fn render(&self, sources: &SourceMap, colour: bool) -> String {
        let mut text = String::new();
        for diagnostic in self.sorted(sources) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&diagnostic.render(sources, colour));
        }
        text
    }
}

impl Diagnostic {
    /// It alone, a line end behind it; with ANSI colours if `colour`.
    #[must_use]
    pub fn render(&self, sources: &SourceMap, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level
            .primary_title(self.message.as_str())
            .id(self.code.number());
        let excerpts: Vec<Excerpt<'_>> = self.excerpts(sources);
        let snippets = excerpts.iter().map(Excerpt::snippet);
        let help = self
            .help
            .iter()
            .map(|text| Level::HELP.message(text.as_str()));
        let group = Group::with_title(title).elements(snippets).elements(help);
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut text = renderer.render(&[group]);
        text.push('\n');
        text
    }

    /// What is shown of each file: the file of the primary label first, then in order of mention.
    fn excerpts<'a>(&'a self, sources: &'a SourceMap) -> Vec<Excerpt<'a>> {
        let primary = self
            .primary
            .iter()
            .map(|label| (AnnotationKind::Primary, label));
        let secondary = self
            .secondary
            .iter()
            .map(|label| (AnnotationKind::Context, label));
        let mut by_file: Vec<(FileId, Vec<Mark<'a>>)> = Vec::new();
        for (kind, label) in primary.chain(secondary) {
            let mark = Mark {
                kind,
                span: label.span,
                text: &label.text,
            };
            match by_file
                .iter_mut()
                .find(|(file, _)| *file == label.span.file)
            {
                Some((_, marks)) => marks.push(mark),
                None => by_file.push((label.span.file, vec![mark])),
            }
        }
        let excerpts = by_file.into_iter();
        excerpts
            .map(|(file, marks)| Excerpt::cut(file, marks, sources))
            .collect()
    }
}

struct Mark<'a> {
    kind: AnnotationKind,
    span: Span,
    text: &'a str,
}

/// The lines of one file that hold labels, so that a large file is not measured for one diagnostic.
struct Excerpt<'a> {
    path: &'a str,
    first_line: usize,
    text: &'a str,
    marks: Vec<(AnnotationKind, Range<usize>, &'a str)>,
}

impl<'a> Excerpt<'a> {
    fn cut(file: FileId, marks: Vec<Mark<'a>>, sources: &'a SourceMap) -> Self {
        let source = sources.file(file);
        let whole = source.text.as_str();
        let low = marks.iter().map(|mark| mark.span.start).min().unwrap_or(0);
        let high = marks.iter().map(|mark| mark.span.end).max().unwrap_or(0);
        let (low, high) = (boundary(whole, low), boundary(whole, high.max(low)));
        let mut start = whole[..low].rfind('\n').map_or(0, |at| at + 1);
        let end = whole[high..]
            .find('\n')
            .map_or(whole.len(), |at| high + at + 1);
        let first_line = whole[..start].bytes().filter(|&b| b == b'\n').count() + 1;
        if whole[start..end].starts_with(BYTE_ORDER_MARK) {
            start += BYTE_ORDER_MARK.len_utf8();
        }
        let text = &whole[start..end];
        let marks = marks.into_iter().map(|mark| {
            let from = boundary(text, mark.span.start.saturating_sub(start));
            let to = boundary(text, mark.span.end.saturating_sub(start)).max(from);
            (mark.kind, from..to, mark.text)
        });
        Self {
            path: &source.path,
            first_line,
            marks: marks.collect(),
            text,
        }
    }

    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let annotations = self.marks.iter().map(|(kind, range, text)| {
            let annotation = kind.span(range.clone());
            if text.is_empty() {
                annotation
            } else {
                annotation.label(*text)
            }
        });
        Snippet::source(self.text)
            .path(self.path)
            .line_start(self.first_line)
            .annotations(annotations)
    }
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
