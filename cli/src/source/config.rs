//! Reads `sqlitenow.toml`:
//!
//! ```toml
//! [databases.AppDatabase]
//! input = "sql/AppDatabase"       # the default
//! output = "src/db"
//! runtime-path = "crate::runtime"
//! ```
//!
//! What it declares of the application, its functions and collations, is read in `declarations.rs`.
//!
//! Goes in: a path. Comes out: a [`Config`] with every database whose name can be used, and a diagnostic at every key and
//! value that cannot. Relative paths start at the folder of the file, whatever the working folder is.

use std::io;
use std::path::{Path, PathBuf};

use heck::{ToSnakeCase, ToUpperCamelCase};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};

use super::declarations::Declarations;
use super::error::SourceError;
use super::folder::FolderPlace;
use super::map::{FileId, SourceMap, Span};
use super::text::read_text;

/// The keys of a database that do something.
const KEYS: [&str; 5] = ["input", "output", "runtime-path", "collations", "functions"];

/// The keys of a database that are known and do nothing yet.
const KEYS_WITHOUT_EFFECT: [&str; 4] = ["schema-database", "derives", "types", "split"];

/// What `sqlitenow.toml` says.
#[derive(Debug)]
pub struct Config {
    /// The folder of the file; relative paths start here.
    pub root: PathBuf,
    /// The file itself.
    pub file: FileId,
    /// The databases in the order in which they are written.
    pub databases: Vec<DatabaseConfig>,
}

/// One database of a [`Config`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseConfig {
    /// The name of the generated type, in `UpperCamelCase`.
    pub name: String,
    /// Where the name is written.
    pub key: Span,
    /// The folder it is read from.
    pub input: PathBuf,
    /// That folder as it is shown.
    pub input_shown: String,
    /// Where modules are written, if that is said.
    pub output: Option<PathBuf>,
    /// The path of the runtime crate in generated code, if it is not the usual one.
    pub runtime_path: Option<String>,
    /// The functions and collations that the application registers.
    pub declarations: Declarations,
}

impl DatabaseConfig {
    /// The folder to read, for [`read_folder`](super::read_folder).
    #[must_use]
    pub fn place(&self) -> FolderPlace<'_> {
        FolderPlace {
            path: &self.input,
            shown: &self.input_shown,
            key: Some(self.key),
        }
    }
}

/// Reads the configuration at `path`. Mistakes in it are diagnostics; what is left of it is given all the same.
///
/// # Errors
///
/// [`SourceError::ConfigMissing`] when there is no such file, [`SourceError::Read`] when it cannot be read.
pub fn read_config(
    path: &Path,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Result<Config, SourceError> {
    let shown = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    let read = read_text(path, &shown, sources, diagnostics).map_err(|source| {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => SourceError::ConfigMissing { path },
            _ => SourceError::Read { path, source },
        }
    })?;
    let file = read.file;
    let root = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let databases = if read.is_text {
        parse_config(file, &sources.file(file).text, &root, diagnostics)
    } else {
        Vec::new()
    };
    Ok(Config {
        root,
        file,
        databases,
    })
}

fn parse_config(
    file: FileId,
    text: &str,
    root: &Path,
    diagnostics: &mut Diagnostics,
) -> Vec<DatabaseConfig> {
    // The parser would not count the mark in its spans on every version of TOML; so it never sees it.
    let body = text.trim_start_matches('\u{FEFF}');
    let mut reader = Reader {
        file,
        offset: text.len() - body.len(),
        root,
        diagnostics,
        databases: Vec::new(),
    };
    match DeTable::parse(body) {
        Ok(table) => reader.read_top(table.get_ref()),
        Err(error) => reader.refuse_syntax(&error),
    }
    reader.databases
}

/// What a walk over the configuration needs and collects.
pub(super) struct Reader<'a> {
    file: FileId,
    /// What stands in front of the text the parser saw.
    offset: usize,
    root: &'a Path,
    pub(super) diagnostics: &'a mut Diagnostics,
    databases: Vec<DatabaseConfig>,
}

impl Reader<'_> {
    pub(super) fn span<T>(&self, spanned: &Spanned<T>) -> Span {
        self.span_of(spanned.span())
    }

    fn span_of(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(
            self.file,
            range.start + self.offset..range.end + self.offset,
        )
    }

    fn refuse_syntax(&mut self, error: &toml::de::Error) {
        let message = error
            .message()
            .lines()
            .next()
            .unwrap_or("malformed")
            .to_owned();
        let span = error.span().unwrap_or(0..0);
        let span = self.span_of(span);
        self.diagnostics
            .push(Diagnostic::error(Code::ConfigSyntax, message).at(span, ""));
    }

    fn read_top(&mut self, table: &DeTable<'_>) {
        for (key, _) in table.iter().filter(|(key, _)| key.get_ref() != "databases") {
            let span = self.span(key);
            self.refuse_key(key.get_ref(), span, &["databases"]);
        }
        let databases = match table.get("databases") {
            Some(databases) => {
                let expected = "a section, such as `[databases.App]`";
                let Some(databases) = self.table(databases, "databases", expected) else {
                    return;
                };
                databases
            }
            None => &DeTable::new(),
        };
        if databases.is_empty() {
            let message = "the configuration has no database";
            self.diagnostics.push(
                Diagnostic::error(Code::NoDatabase, message)
                    .at(Span::new(self.file, 0..0), "")
                    .help("add a section, such as `[databases.App]`"),
            );
        }
        for (key, value) in in_written_order(databases) {
            self.read_database(key.get_ref(), self.span(key), value);
        }
    }

    fn read_database(&mut self, name: &str, key: Span, value: &Spanned<DeValue<'_>>) {
        let is_usable = self.check_name(name, key);
        let Some(table) = self.table(value, name, "a section with keys") else {
            return;
        };
        let input = format!("sql/{name}");
        let mut database = DatabaseConfig {
            name: name.to_owned(),
            key,
            input: self.root.join(&input),
            input_shown: input,
            output: None,
            runtime_path: None,
            declarations: Declarations {
                database: name.to_owned(),
                ..Declarations::default()
            },
        };
        for (key, value) in in_written_order(table) {
            match key.get_ref().as_ref() {
                "input" => {
                    if let Some(path) = self.path(value, "input") {
                        database.input = self.root.join(path);
                        database.input_shown = shown(path);
                    }
                }
                "output" => {
                    database.output = self.path(value, "output").map(|path| self.root.join(path));
                }
                "runtime-path" => database.runtime_path = self.rust_path(value),
                "collations" => database.declarations.collations = self.collations(value),
                "functions" => database.declarations.functions = self.functions(value, name),
                other => self.refuse_key(other, self.span(key), &KEYS),
            }
        }
        if is_usable {
            self.databases.push(database);
        }
    }

    fn check_name(&mut self, name: &str, key: Span) -> bool {
        let is_type = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
            && name != "Self";
        if !is_type {
            let message =
                format!("found database `{name}`, expected a type name in UpperCamelCase");
            let mut diagnostic = Diagnostic::error(Code::DatabaseName, message).at(key, "");
            let mended = name.to_upper_camel_case();
            if mended.starts_with(|c: char| c.is_ascii_uppercase())
                && mended.is_ascii()
                && mended != "Self"
            {
                diagnostic = diagnostic.help(format!("write it `{mended}`"));
            }
            self.diagnostics.push(diagnostic);
            return false;
        }
        let module = name.to_snake_case();
        let other = self
            .databases
            .iter()
            .find(|other| other.name.to_snake_case() == module);
        if let Some(other) = other {
            let message = format!(
                "databases `{}` and `{name}` would both be module `{module}`",
                other.name
            );
            self.diagnostics.push(
                Diagnostic::error(Code::DatabaseName, message)
                    .at(key, "the second one")
                    .and_at(other.key, "the first one")
                    .help("rename one of them"),
            );
            return false;
        }
        true
    }

    pub(super) fn refuse_key(&mut self, key: &str, span: Span, known: &[&str]) {
        // Only a database has keys that will do something one day.
        let later: &[&str] = if known == KEYS {
            &KEYS_WITHOUT_EFFECT
        } else {
            &[]
        };
        let diagnostic = if later.contains(&key) {
            Diagnostic::error(
                Code::ConfigKeyWithoutEffect,
                format!("key `{key}` has no effect in this version yet"),
            )
            .help("remove the key")
        } else {
            let all = known.iter().chain(later).copied();
            Diagnostic::error(Code::UnknownConfigKey, format!("unknown key `{key}`"))
                .did_you_mean(suggest(key, all))
        };
        self.diagnostics.push(diagnostic.at(span, ""));
    }

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

    fn path<'v>(&mut self, value: &'v Spanned<DeValue<'v>>, key: &str) -> Option<&'v str> {
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

    fn rust_path(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let Some(path) = value.get_ref().as_str() else {
            self.refuse_value(value, "runtime-path", "a Rust path as a string");
            return None;
        };
        let is_path = path
            .strip_prefix("::")
            .unwrap_or(path)
            .split("::")
            .all(is_identifier);
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

/// The entries of a table; the parser sorts them by name.
pub(super) fn in_written_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn is_identifier(segment: &str) -> bool {
    let name = segment.strip_prefix("r#").unwrap_or(segment);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && name != "_"
}

/// A path as it is shown: `/` between its parts on every platform, no `./` in front and no `/` behind.
fn shown(path: &str) -> String {
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
