//! Reads the traits that rows and params derive beside `Debug`, `Clone` and `PartialEq`:
//!
//! ```toml
//! [databases.App]
//! derives = ["serde::Serialize", "Default"]
//! ```
//!
//! Goes in: the value of this key. Comes out: the paths in written order, and a diagnostic at all that is none. Whether a
//! type can derive a trait is for rustc to say.

use toml::Spanned;
use toml::de::DeValue;

use crate::diagnostic::{Code, Diagnostic};

use super::config::Reader;
use super::keywords::RESERVED;
use super::value::is_rust_path;

/// What every row and params type derives anyway.
const ALWAYS: [&str; 3] = ["Debug", "Clone", "PartialEq"];

impl Reader<'_> {
    /// The paths in the list `value`.
    pub(super) fn derives(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let Some(list) = value.get_ref().as_array() else {
            let expected = "a list of traits, such as `[\"serde::Serialize\"]`";
            self.refuse_value(value, "derives", expected);
            return Vec::new();
        };
        let mut derives: Vec<String> = Vec::new();
        for item in list {
            let Some(path) = item.get_ref().as_str() else {
                self.refuse_value(item, "derives", "the path of a trait as a string");
                continue;
            };
            let name = path.rsplit("::").next().unwrap_or(path);
            let (message, help) = if !is_rust_path(path) || RESERVED.contains(&name) {
                let message = format!("found `{path}` for `derives`, expected the path of a trait");
                (message, "write it like `serde::Serialize` or `Default`")
            } else if ALWAYS.contains(&name) {
                let message = format!("every row and params type derives `{name}` anyway");
                (message, "remove it from the list")
            } else if derives.iter().any(|other| other == path) {
                let message = format!("`{path}` stands twice in the list");
                (message, "remove one of them")
            } else {
                derives.push(path.to_owned());
                continue;
            };
            let diagnostic = Diagnostic::error(Code::ConfigValue, message)
                .at(self.span(item), "")
                .help(help);
            self.diagnostics.push(diagnostic);
        }
        derives
    }
}
