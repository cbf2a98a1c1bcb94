//! Reads `sqlitenow.toml`:
//!
//! ```toml
//! [databases.AppDatabase]
//! input = "sql/AppDatabase"       # the default
//! output = "src/db"
//! runtime-path = "crate::runtime"
//! ```
//!
//! What it declares of the application, its functions and collations, is read in `declarations.rs`; `types` and `derives`
//! are read in the files of these names, and single values in `value.rs`.
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
use super::types::TypeChoice;
use super::value::shown;

/// The keys of a database that do something.
const KEYS: [&str; 9] = [
    "input",
    "output",
    "split",
    "schema-database",
    "runtime-path",
    "derives",
    "types",
    "collations",
    "functions",
];

/// Where the terminal writes modules when the configuration does not say; a build script has a folder of its own.
pub const DEFAULT_OUTPUT: &str = "src/db";

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
    /// Whether each namespace has a file of its own.
    pub split: bool,
    /// The file in which the checking database is kept, if it is.
    pub schema_database: Option<PathBuf>,
    /// The path of the runtime crate in generated code, if it is not the usual one.
    pub runtime_path: Option<String>,
    /// The traits that rows and params derive beside the usual ones, as paths.
    pub derives: Vec<String>,
    /// Rust types by declared SQL type.
    pub types: Vec<TypeChoice>,
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
            split: false,
            schema_database: None,
            runtime_path: None,
            derives: Vec::new(),
            types: Vec::new(),
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
                "split" => database.split = self.flag(value, "split"),
                "schema-database" => {
                    let path = self.path(value, "schema-database");
                    database.schema_database = path.map(|path| self.root.join(path));
                }
                "runtime-path" => database.runtime_path = self.rust_path(value),
                "derives" => database.derives = self.derives(value),
                "types" => database.types = self.types(value),
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
        let message = format!("unknown key `{key}`");
        self.diagnostics.push(
            Diagnostic::error(Code::UnknownConfigKey, message)
                .at(span, "")
                .did_you_mean(suggest(key, known.iter().copied())),
        );
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
