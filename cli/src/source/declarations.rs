//! Reads what the application registers on its connections, so that SQLite can check statements which use it:
//!
//! ```toml
//! [databases.App]
//! collations = ["german"]
//!
//! [databases.App.functions]
//! slug = { arguments = 1, returns = "TEXT", nullable = false }
//! ```
//!
//! Goes in: the values of these two keys. Comes out: [`Declarations`], and a diagnostic at all that cannot be meant. What
//! is wrong inside a function leaves the function declared, so that the queries which call it are not blamed as well.

use toml::Spanned;
use toml::de::{DeInteger, DeValue};

use crate::diagnostic::{Code, Diagnostic};

use super::config::{Reader, in_written_order};
use super::map::Span;

/// What a function may say about itself.
const FUNCTION_KEYS: [&str; 3] = ["arguments", "returns", "nullable"];

/// SQLite calls functions with no more (<https://sqlite.org/limits.html#max_function_arg>).
const MOST_ARGUMENTS: u8 = 127;

/// SQLite takes no longer name of a function (<https://sqlite.org/c3ref/create_function.html>).
const LONGEST_NAME: usize = 255;

/// Rust types by which people mean SQL types.
const OF_RUST: [(&str, &str); 9] = [
    ("String", "TEXT"),
    ("str", "TEXT"),
    ("&str", "TEXT"),
    ("i64", "INTEGER"),
    ("i32", "INTEGER"),
    ("f64", "REAL"),
    ("f32", "REAL"),
    ("Vec<u8>", "BLOB"),
    ("&[u8]", "BLOB"),
];

/// What the application registers on every connection before a statement runs on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declarations {
    /// The database which they belong to.
    pub database: String,
    /// Its functions, in written order; no two have one name.
    pub functions: Vec<DeclaredFunction>,
    /// Its collations, in written order; no two have one name.
    pub collations: Vec<DeclaredCollation>,
}

impl Declarations {
    /// The function `name`, letter case not counted.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&DeclaredFunction> {
        let mut functions = self.functions.iter();
        functions.find(|function| function.name.eq_ignore_ascii_case(name))
    }

    /// The function that a call of `name` with so many arguments means; with others SQLite looks among its own.
    #[must_use]
    pub fn called(&self, name: &str, arguments: usize) -> Option<&DeclaredFunction> {
        self.function(name).filter(|function| {
            let declared = function.arguments.map(usize::from);
            declared.is_none_or(|declared| declared == arguments)
        })
    }
}

/// A scalar function of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredFunction {
    /// Its name.
    pub name: String,
    /// Where the name is written.
    pub key: Span,
    /// How many arguments it takes; none means any number.
    pub arguments: Option<u8>,
    /// The declared type of what it gives, as that of a column; none means any value.
    pub returns: Option<String>,
    /// Whether it may give NULL.
    pub nullable: bool,
}

/// A collation of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredCollation {
    /// Its name.
    pub name: String,
    /// Where the name is written.
    pub span: Span,
}

impl Reader<'_> {
    /// The functions in the section `value` of `database`.
    pub(super) fn functions(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        database: &str,
    ) -> Vec<DeclaredFunction> {
        let expected = format!("a section, such as `[databases.{database}.functions]`");
        let Some(table) = self.table(value, "functions", &expected) else {
            return Vec::new();
        };
        let mut functions: Vec<DeclaredFunction> = Vec::new();
        for (key, value) in in_written_order(table) {
            let function = self.function(key.get_ref(), self.span(key), value);
            let others: Vec<_> = functions.iter().map(|f| (f.name.as_str(), f.key)).collect();
            if self.check_declared("function", &function.name, function.key, &others) {
                functions.push(function);
            }
        }
        functions
    }

    fn function(
        &mut self,
        name: &str,
        key: Span,
        value: &Spanned<DeValue<'_>>,
    ) -> DeclaredFunction {
        let mut function = DeclaredFunction {
            name: name.to_owned(),
            key,
            arguments: None,
            returns: None,
            nullable: true,
        };
        let expected = "a table, such as `{ arguments = 1, returns = \"TEXT\" }`";
        let Some(table) = self.table(value, name, expected) else {
            return function;
        };
        for (key, value) in in_written_order(table) {
            match key.get_ref().as_ref() {
                "arguments" => function.arguments = self.argument_count(value),
                "returns" => function.returns = self.sql_type(value),
                "nullable" => match value.get_ref().as_bool() {
                    Some(nullable) => function.nullable = nullable,
                    None => self.refuse_value(value, "nullable", "`true` or `false`"),
                },
                other => self.refuse_key(other, self.span(key), &FUNCTION_KEYS),
            }
        }
        function
    }

    fn argument_count(&mut self, value: &Spanned<DeValue<'_>>) -> Option<u8> {
        let expected = format!("a number from 0 to {MOST_ARGUMENTS}");
        let Some(number) = value.get_ref().as_integer() else {
            self.refuse_value(value, "arguments", &expected);
            return None;
        };
        let count = small(number).filter(|count| *count <= MOST_ARGUMENTS);
        if count.is_none() {
            let found = number.as_str();
            self.refuse_text(
                value,
                format!("found {found} for `arguments`, expected {expected}"),
                "leave the key out if it takes any number of arguments",
            );
        }
        count
    }

    fn sql_type(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let Some(written) = value.get_ref().as_str() else {
            self.refuse_value(value, "returns", "an SQL type as a string");
            return None;
        };
        let (name, expected) = (
            written.trim(),
            "expected a declared type as that of a column",
        );
        if let Some((_, sql)) = OF_RUST.iter().find(|(rust, _)| *rust == name) {
            let message = format!("found `{name}` for `returns`, {expected}");
            self.refuse_text(value, message, &format!("write it `{sql}`"));
            return None;
        }
        let says_null = name
            .split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case("NOT") || word.eq_ignore_ascii_case("NULL"));
        let is_type = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "_ (),+-.".contains(c));
        let help = match () {
            () if name.is_empty() => "leave the key out if it gives any value",
            () if says_null => "say that with the key `nullable`, and the type alone here",
            () if !is_type => "write it like `TEXT` or `INTEGER`",
            () => return Some(name.to_owned()),
        };
        let found = if name.is_empty() {
            "an empty string".to_owned()
        } else {
            format!("`{}`", without_control(name))
        };
        let message = format!("found {found} for `returns`, {expected}");
        self.refuse_text(value, message, help);
        None
    }

    /// The collations in the list `value`.
    pub(super) fn collations(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<DeclaredCollation> {
        let Some(list) = value.get_ref().as_array() else {
            self.refuse_value(
                value,
                "collations",
                "a list of names, such as `[\"german\"]`",
            );
            return Vec::new();
        };
        let mut collations: Vec<DeclaredCollation> = Vec::new();
        for item in list {
            let Some(name) = item.get_ref().as_str() else {
                self.refuse_value(item, "collations", "a name as a string");
                continue;
            };
            let span = self.span(item);
            let others: Vec<_> = collations
                .iter()
                .map(|c| (c.name.as_str(), c.span))
                .collect();
            if self.check_declared("collation", name, span, &others) {
                let name = name.to_owned();
                collations.push(DeclaredCollation { name, span });
            }
        }
        collations
    }

    /// Whether `name` can be registered and none of `others` has it.
    fn check_declared(
        &mut self,
        what: &str,
        name: &str,
        span: Span,
        others: &[(&str, Span)],
    ) -> bool {
        let refused = |message: String| Diagnostic::error(Code::DeclaredName, message);
        let first = others
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name));
        let diagnostic = if name.trim().is_empty() {
            refused(format!("found an empty name of a {what}")).at(span, "")
        } else if let Some(at) = name.find(is_foreign) {
            let shown = without_control(name);
            let mended = name[..at].trim();
            let diagnostic =
                refused(format!("found {what} `{shown}`, expected its name alone")).at(span, "");
            match mended {
                "" => diagnostic,
                _ => diagnostic.help(format!("write it `{mended}`")),
            }
        } else if what == "function" && name.len() > LONGEST_NAME {
            let message = format!(
                "found a name of {} bytes, expected at most {LONGEST_NAME} for a function",
                name.len()
            );
            refused(message).at(span, "")
        } else if let Some((other, place)) = first {
            let message = format!("{what} `{name}` is declared before as `{other}`");
            refused(message)
                .at(span, "the second one")
                .and_at(*place, "the first one")
                .help("remove one of them: letter case makes no other name")
        } else {
            return true;
        };
        self.diagnostics.push(diagnostic);
        false
    }

    fn refuse_text(&mut self, value: &Spanned<DeValue<'_>>, message: String, help: &str) {
        let diagnostic = Diagnostic::error(Code::ConfigValue, message)
            .at(self.span(value), "")
            .help(help);
        self.diagnostics.push(diagnostic);
    }
}

/// Characters that belong to a call or to a quoted name, and those that nobody can see.
fn is_foreign(c: char) -> bool {
    c.is_control() || "()[]{}'\"`,;".contains(c)
}

fn without_control(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect()
}

fn small(number: &DeInteger<'_>) -> Option<u8> {
    u8::from_str_radix(number.as_str(), number.radix()).ok()
}
