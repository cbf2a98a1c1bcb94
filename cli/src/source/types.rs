//! Reads which Rust type the columns of a declared SQL type have:
//!
//! ```toml
//! [databases.App.types]
//! DATETIME = "chrono::DateTime<chrono::Utc>"
//! ```
//!
//! Goes in: the value of this key. Comes out: a [`TypeChoice`] for each entry. Sizes and letter case are left out of the
//! comparison, as SQLite does for affinity: `varchar(20)` is `VARCHAR`. What the spellings mean is for a later pass.

use toml::Spanned;
use toml::de::DeValue;

use crate::diagnostic::{Code, Diagnostic};

use super::config::{Reader, in_written_order};
use super::map::Span;

/// The Rust type of all columns that are declared with one SQL type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeChoice {
    /// The SQL type, as [`declared_type`] gives it.
    pub declared: String,
    /// Where it is written.
    pub key: Span,
    /// What is spelled for it.
    pub spelled: String,
    /// Where that is written.
    pub span: Span,
}

/// A declared type without its size, in capitals: `varchar (20)` gives `VARCHAR`.
#[must_use]
pub fn declared_type(written: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0_usize;
    for c in written.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c.to_ascii_uppercase()),
            _ => {}
        }
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Reader<'_> {
    /// The entries of the table `value`.
    pub(super) fn types(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<TypeChoice> {
        let expected = "a section of types, such as `DATE = \"crate::Day\"`";
        let Some(table) = self.table(value, "types", expected) else {
            return Vec::new();
        };
        let mut choices: Vec<TypeChoice> = Vec::new();
        for (key, value) in in_written_order(table) {
            let (written, place) = (key.get_ref(), self.span(key));
            let Some(spelled) = value.get_ref().as_str() else {
                self.refuse_value(value, written, "a Rust type as a string");
                continue;
            };
            let declared = declared_type(written);
            let first = choices.iter().find(|choice| choice.declared == declared);
            let diagnostic = if declared.is_empty() {
                let message = "found an empty name of an SQL type";
                Diagnostic::error(Code::ConfigValue, message).at(place, "")
            } else if let Some(first) = first {
                let message = format!("the SQL type `{declared}` has two Rust types");
                Diagnostic::error(Code::ConfigValue, message)
                    .at(place, "the second one")
                    .and_at(first.key, "the first one")
                    .help("remove one of them: neither sizes nor letter case make another type")
            } else {
                choices.push(TypeChoice {
                    declared,
                    key: place,
                    spelled: spelled.to_owned(),
                    span: self.span(value),
                });
                continue;
            };
            self.diagnostics.push(diagnostic);
        }
        choices
    }
}

#[cfg(test)]
mod tests {
    use super::declared_type;

    #[test]
    fn sizes_and_letter_case_make_no_other_type() {
        for (written, bare) in [
            ("varchar (20)", "VARCHAR"),
            ("DECIMAL(10, 2)", "DECIMAL"),
            ("double   precision", "DOUBLE PRECISION"),
            ("(1", ""),
        ] {
            assert_eq!(declared_type(written), bare);
        }
    }
}
