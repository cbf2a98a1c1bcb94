//! Reads single values of the configuration: tables, paths of files, paths of Rust.
//!
//! Goes in: a value and its key. Comes out: what the value means, or a diagnostic at it that says what was expected.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic};

use super::config::Reader;
use super::keywords::{RAW_KEYWORDS, RESERVED};

impl Reader<'_> {
    pub(super) fn refuse_value(&mut self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str) {
        let found = value.get_ref().type_str();
        let message = format!("found {found} for `{key}`, expected {expected}");
        let span = self.span(value);
        self.diagnostics
            .push(Diagnostic::error(Code::ConfigValue, message).at(span, ""));
    }

    pub(super) fn table<'v>(
        &mut self,
        value: &'v Spanned<DeValue<'v>>,
        key: &str,
        expected: &str,
    ) -> Option<&'v DeTable<'v>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.refuse_value(value, key, expected);
        }
        table
    }

    pub(super) fn path<'v>(
        &mut self,
        value: &'v Spanned<DeValue<'v>>,
        key: &str,
    ) -> Option<&'v str> {
        match value.get_ref().as_str() {
            Some("") => {
                let message = format!("found an empty string for `{key}`, expected a path");
                let span = self.span(value);
                self.diagnostics
                    .push(Diagnostic::error(Code::ConfigValue, message).at(span, ""));
                None
            }
            Some(path) => Some(path),
            None => {
                self.refuse_value(value, key, "a path as a string");
                None
            }
        }
    }

    pub(super) fn flag(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> bool {
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.refuse_value(value, key, "`true` or `false`");
            false
        })
    }

    pub(super) fn rust_path(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let Some(path) = value.get_ref().as_str() else {
            self.refuse_value(value, "runtime-path", "a Rust path as a string");
            return None;
        };
        let is_path = is_rust_path(path);
        if !is_path {
            let message = format!("found `{path}` for `runtime-path`, expected a Rust path");
            let diagnostic = Diagnostic::error(Code::ConfigValue, message)
                .at(self.span(value), "")
                .help("write it like `::sqlitenow_runtime` or `crate::runtime`");
            self.diagnostics.push(diagnostic);
        }
        is_path.then(|| path.to_owned())
    }
}

/// Whether `path` is written like a path of Rust, without arguments.
pub(super) fn is_rust_path(path: &str) -> bool {
    let (roots, names): (&[&str], _) = match path.strip_prefix("::") {
        Some(names) => (&[], names),
        None => (&["crate", "self", "super"], path),
    };
    names
        .split("::")
        .skip_while(|segment| roots.contains(segment))
        .all(is_identifier)
}

fn is_identifier(segment: &str) -> bool {
    let (is_raw, name) = match segment.strip_prefix("r#") {
        Some(name) => (true, name),
        None => (false, segment),
    };
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !RESERVED.contains(&name)
        && (is_raw || !RAW_KEYWORDS.contains(&name))
}

/// A path as it is shown: `/` between its parts on every platform, no `./` in front and no `/` behind.
pub(super) fn shown(path: &str) -> String {
    let path = path.replace('\\', "/");
    let trimmed = path.trim_end_matches('/');
    let mut rest = trimmed;
    while let Some(inner) = rest.strip_prefix("./") {
        rest = inner.trim_start_matches('/');
    }
    if rest.is_empty() {
        path.clone()
    } else {
        rest.to_owned()
    }
}
