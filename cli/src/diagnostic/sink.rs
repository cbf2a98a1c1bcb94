//! Collects the diagnostics of all passes and gives them back in an order that never depends on chance.

use std::collections::HashSet;

use crate::source::SourceMap;

use super::model::{Diagnostic, Severity};

/// The sink of all passes.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether any problem is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All problems as they came.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many different problems of `severity` there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = self.list.iter().filter(|d| d.severity == severity);
        of_it.map(identity).collect::<HashSet<_>>().len()
    }

    /// All problems once: those without a place first, then by path, position, severity, code and message.
    #[must_use]
    pub fn sorted(&self, sources: &SourceMap) -> Vec<&Diagnostic> {
        let mut seen = HashSet::new();
        let mut sorted: Vec<&Diagnostic> = self
            .list
            .iter()
            .filter(|d| seen.insert(identity(d)))
            .collect();
        sorted.sort_by_cached_key(|d| {
            let place = d.primary.as_ref().map(|label| {
                let path = sources.file(label.span.file).path.as_str();
                (path, label.span)
            });
            (place, d.severity, d.code, d.message.as_str())
        });
        sorted
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, problems: T) {
        self.list.extend(problems);
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What two diagnostics share when a user would take them for one.
fn identity(diagnostic: &Diagnostic) -> (Option<crate::source::Span>, Severity, super::Code, &str) {
    let span = diagnostic.primary.as_ref().map(|label| label.span);
    (
        span,
        diagnostic.severity,
        diagnostic.code,
        &diagnostic.message,
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, Severity};
    use crate::source::{SourceMap, Span};

    use super::Diagnostics;

    #[test]
    fn the_order_is_place_less_then_path_then_position_and_each_is_shown_once() {
        let mut sources = SourceMap::default();
        let b = sources.add("b.sql", "SELECT 1");
        let a = sources.add("a.sql", "SELECT 1");
        let mut diagnostics = Diagnostics::default();
        let error = |text: &str| Diagnostic::error(Code::QueryRejected, text);
        diagnostics.push(error("4").at(Span::new(b, 0..1), ""));
        diagnostics.push(error("3").at(Span::new(a, 7..8), ""));
        diagnostics.push(Diagnostic::warning(Code::UntypedColumn, "2").at(Span::new(a, 0..1), ""));
        diagnostics.push(error("1").at(Span::new(a, 0..1), ""));
        diagnostics.push(error("0"));
        diagnostics.push(error("0"));
        diagnostics.push(error("3").at(Span::new(a, 7..8), ""));
        let order: Vec<&str> = diagnostics
            .sorted(&sources)
            .iter()
            .map(|d| d.message.as_str())
            .collect();
        assert_eq!(order, ["0", "1", "2", "3", "4"]);
        assert!(diagnostics.has_errors());
        assert_eq!(diagnostics.count(Severity::Error), 4);
        assert_eq!(diagnostics.count(Severity::Warning), 1);
        assert_eq!(diagnostics.iter().len(), 7);
    }
}
