//! Diagnostics for tools: a JSON object in each line, in the order in which people see them.
//!
//! `docs/diagnostics-json.md` describes the fields; they are an interface.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Location};
use crate::source::SourceMap;

/// A diagnostic.
#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    severity: String,
    message: &'a str,
    #[serde(flatten)]
    place: Place,
    help: &'a [String],
    labels: Vec<LabelEntry<'a>>,
}

/// From the first character to the one behind the last; `null`s for what has no place.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// A word on a place.
#[derive(Serialize)]
struct LabelEntry<'a> {
    primary: bool,
    text: &'a str,
    #[serde(flatten)]
    place: Place,
}

/// One line for each of `diagnostics`.
pub fn render(diagnostics: &Diagnostics, sources: &SourceMap) -> serde_json::Result<String> {
    let mut lines = String::new();
    for diagnostic in diagnostics.sorted(sources) {
        lines.push_str(&serde_json::to_string(&Entry::new(diagnostic, sources))?);
        lines.push('\n');
    }
    Ok(lines)
}

impl<'a> Entry<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &SourceMap) -> Self {
        let primary = diagnostic.primary.iter();
        let labels = primary.chain(&diagnostic.secondary).enumerate();
        let is_placed = diagnostic.primary.is_some();
        Self {
            code: diagnostic.code.number(),
            severity: diagnostic.severity.to_string(),
            message: &diagnostic.message,
            place: diagnostic
                .primary
                .as_ref()
                .map_or_else(Place::default, |label| Place::of(label, sources)),
            help: &diagnostic.help,
            labels: labels
                .map(|(number, label)| LabelEntry {
                    primary: is_placed && number == 0,
                    text: &label.text,
                    place: Place::of(label, sources),
                })
                .collect(),
        }
    }
}

impl Place {
    fn of(label: &Label, sources: &SourceMap) -> Self {
        let start = Location::of(label.span, sources);
        let end = Location::of_end(label.span, sources);
        Self {
            file: Some(start.path),
            line: Some(start.line),
            column: Some(start.column),
            end_line: Some(end.line),
            end_column: Some(end.column),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, Diagnostics};
    use crate::source::SourceMap;

    use super::render;

    #[test]
    fn what_has_no_place_has_all_fields_too() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::note(Code::NoDatabase, "a \"note\"").help("read\nit"));
        let expected = r#"{"code":"SN0006","severity":"note","message":"a \"note\"","file":null,"line":null,"column":null,"endLine":null,"endColumn":null,"help":["read\nit"],"labels":[]}"#;
        let lines = render(&diagnostics, &SourceMap::default());
        assert_eq!(lines.ok(), Some(format!("{expected}\n")));
    }
}
