//! Reads the folder of one database:
//!
//! ```text
//! sql/App/schema/tasks.sql              →  schema
//!         queries/shop/orders/due.sql   →  query, namespace ["shop", "orders"], stem "due"
//!         init/seed.sql                 →  init
//!         migration/0002_add_due.sql    →  migration, version 2
//! ```
//!
//! Only `*.sql` files are read, in any letter case. Whatever would be ignored although it looks meant is a diagnostic.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};

use super::listing::{Item, Obstacle, Trail, holds_sql};
use super::map::{FileId, SourceMap, Span};
use super::migration::{MigrationFile, add_migration};
use super::text::read_text;

/// The folders a database is read from.
const FOLDERS: [&str; 4] = ["schema", "queries", "init", "migration"];

/// Names people give these folders elsewhere, too far from ours for an edit distance.
const OTHER_NAMES: [(&str, &str); 8] = [
    ("query", "queries"),
    ("schemas", "schema"),
    ("tables", "schema"),
    ("seed", "init"),
    ("seeds", "init"),
    ("migrate", "migration"),
    ("migrations", "migration"),
    ("inits", "init"),
];

/// In `migration/`: what `sqlitenow migrate snapshot` keeps, read by nobody else.
const SNAPSHOTS: &str = "snapshots";

/// Which folder to read, and how to speak of it.
#[derive(Debug, Clone, Copy)]
pub struct FolderPlace<'a> {
    /// The folder.
    pub path: &'a Path,
    /// The folder as it is shown, with `/` between its parts.
    pub shown: &'a str,
    /// The database's key in the configuration, for diagnostics that concern a folder.
    pub key: Option<Span>,
}

/// A query file and the namespace it lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryFile {
    /// The folders between `queries/` and the file; none for the root namespace.
    pub namespace: Vec<String>,
    /// The file's name without `.sql`.
    pub stem: String,
    /// Its text.
    pub file: FileId,
}

/// Everything that was read for one database; all lists by name.
#[derive(Debug)]
pub struct Folder {
    /// The files of `schema/`.
    pub schema: Vec<FileId>,
    /// The files of `queries/`; those of a folder in front of the folders inside.
    pub queries: Vec<QueryFile>,
    /// The files of `init/`.
    pub init: Vec<FileId>,
    /// The files of `migration/` by version.
    pub migrations: Vec<MigrationFile>,
    /// All folders and files that were read, for `cargo::rerun-if-changed`.
    pub watched: Vec<PathBuf>,
    shown: String,
    key: Option<Span>,
    /// Whether anything in `schema/` was refused, so that nothing can be said about its statements.
    schema_is_explained: bool,
}

impl Folder {
    /// Reports a `schema/` that holds no statement, given how many statements its files turned out to have.
    ///
    /// An empty or missing folder was reported when it was read.
    pub fn check_schema(&self, statements: usize, diagnostics: &mut Diagnostics) {
        if statements == 0 && !self.schema.is_empty() && !self.schema_is_explained {
            let message = format!("folder `{}/schema` holds no statement", self.shown);
            diagnostics.push(schema_missing(message, self.key));
        }
    }
}

/// Reads the folder of one database; what cannot be read is a diagnostic beside the others.
pub fn read_folder(
    place: FolderPlace<'_>,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Folder {
    let mut reader = Reader {
        place,
        sources,
        diagnostics,
        trail: Trail::default(),
        folder: Folder {
            schema: Vec::new(),
            queries: Vec::new(),
            init: Vec::new(),
            migrations: Vec::new(),
            watched: vec![place.path.to_owned()],
            shown: place.shown.to_owned(),
            key: place.key,
            schema_is_explained: false,
        },
    };
    reader.read_database();
    reader
        .folder
        .migrations
        .sort_by_key(|migration| migration.version);
    reader.folder
}

fn schema_missing(message: String, key: Option<Span>) -> Diagnostic {
    Diagnostic::error(Code::SchemaMissing, message)
        .at_some(key, "")
        .help("put at least one CREATE TABLE statement into a `.sql` file there")
}

struct Reader<'a> {
    place: FolderPlace<'a>,
    sources: &'a mut SourceMap,
    diagnostics: &'a mut Diagnostics,
    trail: Trail,
    folder: Folder,
}

impl Reader<'_> {
    /// Whether the folder is there; if not, a diagnostic says so.
    fn is_there(&mut self) -> bool {
        let FolderPlace { path, shown, .. } = self.place;
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return true,
            Ok(_) => {
                let message = format!("`{shown}` is a file, expected a folder");
                self.report(Code::FileForFolder, message, "");
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let help =
                    "create it with a folder `schema/` inside, or set `input` to the right folder";
                let message = format!("there is no folder `{shown}`");
                self.report(Code::InputMissing, message, help);
            }
            Err(error) => self.refuse(&error.into(), shown),
        }
        false
    }

    /// What is in a folder, unless a diagnostic says why it cannot be listed; [`Trail::leave`] goes with it.
    fn enter(&mut self, path: &Path, shown: &str) -> Option<Vec<Item>> {
        let listed = self.trail.enter(path);
        let mut items = listed
            .map_err(|obstacle| self.refuse(&obstacle, shown))
            .ok()?;
        items.retain(|item| {
            let Some(obstacle) = &item.obstacle else {
                return true;
            };
            self.folder.watched.push(item.path.clone());
            self.refuse(obstacle, &format!("{shown}/{}", item.name));
            false
        });
        Some(items)
    }

    fn read_database(&mut self) {
        let FolderPlace { path, shown, .. } = self.place;
        if !self.is_there() {
            return;
        }
        let Some(items) = self.enter(path, shown) else {
            return;
        };
        for item in items {
            let known = FOLDERS.contains(&item.name.as_str());
            let before = self.diagnostics.iter().len();
            if known && item.is_folder {
                self.read_known(&item);
            } else if known {
                let message = format!("`{shown}/{}` is a file, expected a folder", item.name);
                self.report(
                    Code::FileForFolder,
                    message,
                    "make it a folder with `.sql` files inside",
                );
            } else if item.is_folder {
                self.folder.schema_is_explained |= self.refuse_folder(&item) == Some("schema");
            } else if item.is_sql() {
                let message = format!(
                    "file `{shown}/{}` lies outside of the folders that are read",
                    item.name
                );
                let help = "move it into `schema/`, `queries/`, `init/` or `migration/`";
                self.report(Code::LooseFile, message, help);
            }
            self.folder.schema_is_explained |=
                item.name == "schema" && self.diagnostics.iter().len() > before;
        }
        self.trail.leave();
        if self.folder.schema.is_empty() && !self.folder.schema_is_explained {
            let message = format!("folder `{shown}/schema` is missing or has no `.sql` file");
            self.diagnostics
                .push(schema_missing(message, self.place.key));
        }
    }

    fn read_known(&mut self, item: &Item) {
        let shown = format!("{}/{}", self.place.shown, item.name);
        if item.name == "queries" {
            return self.read_queries(&item.path, &shown, &mut Vec::new());
        }
        self.folder.watched.push(item.path.clone());
        let Some(items) = self.enter(&item.path, &shown) else {
            return;
        };
        for inner in items {
            let shown = format!("{shown}/{}", inner.name);
            if inner.is_folder {
                let known = item.name == "migration" && inner.name == SNAPSHOTS;
                if !known && (inner.stem().is_some() || holds_sql(&inner.path, &mut self.trail)) {
                    let message = format!("`{shown}` is a folder, expected a file");
                    let help = format!("move its files into `{}/{}`", self.place.shown, item.name);
                    self.report(Code::FolderForFile, message, &help);
                }
                continue;
            }
            let (Some(stem), Some(file)) = (inner.stem(), self.read_file(&inner, &shown)) else {
                continue;
            };
            match item.name.as_str() {
                "schema" => self.folder.schema.push(file),
                "init" => self.folder.init.push(file),
                _ => {
                    let migrations = &mut self.folder.migrations;
                    add_migration(migrations, file, (&inner.name, stem), self.diagnostics);
                }
            }
        }
        self.trail.leave();
    }

    fn read_queries(&mut self, path: &Path, shown: &str, namespace: &mut Vec<String>) {
        self.folder.watched.push(path.to_owned());
        let Some(items) = self.enter(path, shown) else {
            return;
        };
        let (folders, files): (Vec<Item>, Vec<Item>) =
            items.into_iter().partition(|item| item.is_folder);
        for item in files {
            let shown = format!("{shown}/{}", item.name);
            if let (Some(stem), Some(file)) = (item.stem(), self.read_file(&item, &shown)) {
                self.folder.queries.push(QueryFile {
                    namespace: namespace.clone(),
                    stem: stem.to_owned(),
                    file,
                });
            }
        }
        for item in folders {
            let shown = format!("{shown}/{}", item.name);
            if item.stem().is_some() {
                let message = format!("`{shown}` is a folder, expected a file");
                self.report(
                    Code::FolderForFile,
                    message,
                    "name the folder without `.sql`",
                );
                continue;
            }
            namespace.push(item.name);
            self.read_queries(&item.path, &shown, namespace);
            namespace.pop();
        }
        self.trail.leave();
    }

    /// The text of `item` if it is a `.sql` file and a text.
    fn read_file(&mut self, item: &Item, shown: &str) -> Option<FileId> {
        if !item.is_sql() {
            return None;
        }
        self.folder.watched.push(item.path.clone());
        match read_text(&item.path, shown, self.sources, self.diagnostics) {
            Ok(read) => read.is_text.then_some(read.file),
            Err(error) => {
                self.refuse(&error.into(), shown);
                None
            }
        }
    }

    /// Reports an unknown folder if there is SQL in it; gives the name that was probably meant.
    fn refuse_folder(&mut self, item: &Item) -> Option<&'static str> {
        if !holds_sql(&item.path, &mut self.trail) {
            return None;
        }
        let lower = item.name.to_lowercase();
        let alias = OTHER_NAMES.into_iter().find(|(other, _)| *other == lower);
        let meant = alias
            .map(|(_, name)| name)
            .or_else(|| suggest(&item.name, FOLDERS));
        let message = format!("folder `{}/{}` is never read", self.place.shown, item.name);
        let help = match meant {
            Some(name) => format!("did you mean `{name}/`?"),
            None => "move its files into `schema/`, `queries/`, `init/` or `migration/`".to_owned(),
        };
        self.report(Code::UnknownFolder, message, &help);
        meant
    }

    /// Reports what cannot be read.
    fn refuse(&mut self, obstacle: &Obstacle, shown: &str) {
        let help = "make it readable, or remove it";
        self.report(Code::Unreadable, format!("`{shown}` {obstacle}"), help);
    }

    fn report(&mut self, code: Code, message: String, help: &str) {
        let mut diagnostic = Diagnostic::error(code, message).at_some(self.place.key, "");
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.diagnostics.push(diagnostic);
    }
}
