//! The driver: strings the passes together, database by database.
//!
//! In: the path of a configuration. Out: a [`Compilation`] with the text of every module, or with the diagnostics that
//! say why there is none. Invariant: with one error anywhere no module is given out, so that nothing can be written.

mod error;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod places;
mod queries;
mod schema;
mod shared;

use std::path::{Path, PathBuf};

use sqlitenow_templates::{RenderedFile, render_module};

use crate::bug::bug;
use crate::catalog::{Catalog, Relation, check_seeds};
use crate::check::{
    CheckedDatabase, CheckedScript, TypesByColumn, check_affinities, check_collisions,
    check_schema_annotations, check_triggers, collect_adapters, snake_name,
};
use crate::diagnostic::Diagnostics;
use crate::emit::{ModuleFile, ModuleFiles, SchemaFile};
use crate::lower::lower_database;
use crate::source::{DatabaseConfig, Declarations, FileId, SourceMap, read_config, read_folder};

use shared::check_places;

pub use error::CompileError;

/// The path of the runtime crate in generated code.
const RUNTIME_PATH: &str = "::sqlitenow_runtime";

/// The outcome of one run.
#[derive(Debug)]
pub struct Compilation {
    /// Every text that was read.
    pub sources: SourceMap,
    /// Every problem that was found.
    pub diagnostics: Diagnostics,
    /// One module for each database; empty when there is an error.
    pub modules: Vec<CompiledModule>,
    /// All folders and files that were read.
    pub watched: Vec<PathBuf>,
}

/// The module of one database.
#[derive(Debug, Clone)]
pub struct CompiledModule {
    /// The database with every name and type.
    pub database: CheckedDatabase,
    /// Its tables and views, by name.
    pub relations: Vec<Relation>,
    /// The folder that the configuration wants it in.
    pub output: Option<PathBuf>,
    /// Its files: `app_database.rs`, then those of its namespaces if they have any.
    pub files: Vec<RenderedFile>,
    /// The checking database, if the configuration wants it kept.
    pub schema_database: Option<SchemaFile>,
    /// The functions and collations that the application registers.
    pub declarations: Declarations,
}

impl CompiledModule {
    /// The module in `folder`.
    #[must_use]
    pub fn placed_in(&self, folder: &Path) -> ModuleFiles {
        let module = self.database.module.trim_start_matches("r#");
        let files = self.files.iter().map(|file| ModuleFile {
            path: folder.join(&file.path),
            text: file.text.clone(),
        });
        ModuleFiles {
            files: files.collect(),
            folder: folder.join(module),
            source: self.database.source.clone(),
            schema_database: self.schema_database.clone(),
        }
    }
}

/// Compiles every database of the configuration at `path`.
///
/// # Errors
///
/// When the operating system or SQLite itself fails; what is wrong with the SQL is in the outcome's diagnostics.
pub fn compile(path: &Path) -> Result<Compilation, CompileError> {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let config = read_config(path, &mut sources, &mut diagnostics)?;
    let mut watched = vec![path.to_owned()];
    let mut modules = Vec::new();
    for database in &config.databases {
        let mut compiler = DatabaseCompiler {
            database,
            sources: &mut sources,
            diagnostics: &mut diagnostics,
            watched: &mut watched,
        };
        modules.extend(compiler.compile()?.map(|module| (database, module)));
    }
    check_places(&modules, &config.root, &mut diagnostics);
    let mut modules: Vec<_> = modules.into_iter().map(|(_, module)| module).collect();
    if diagnostics.has_errors() {
        modules.clear();
    }
    Ok(Compilation {
        sources,
        diagnostics,
        modules,
        watched,
    })
}

struct DatabaseCompiler<'a> {
    database: &'a DatabaseConfig,
    sources: &'a mut SourceMap,
    diagnostics: &'a mut Diagnostics,
    watched: &'a mut Vec<PathBuf>,
}

impl DatabaseCompiler<'_> {
    fn compile(&mut self) -> Result<Option<CompiledModule>, CompileError> {
        let mut folder = read_folder(self.database.place(), self.sources, self.diagnostics);
        self.watched.append(&mut folder.watched);
        let statements = schema::parse_schema(&folder, self.sources, self.diagnostics);
        let mut catalog = Catalog::build(
            self.sources,
            &self.database.declarations,
            &statements,
            self.diagnostics,
        )?;
        let is_whole = catalog.order().len() == statements.len();
        let types = TypesByColumn::new(&self.database.types, &catalog, is_whole, self.diagnostics);
        check_affinities(
            &catalog,
            &types,
            &statements,
            self.sources,
            self.diagnostics,
        );
        check_schema_annotations(&catalog, &types, &statements, self.diagnostics);
        check_triggers(&catalog, &statements, self.sources, self.diagnostics);
        let seeds = schema::parse_seeds(&folder, self.sources);
        // On half a schema every other seed would fail.
        if !seeds.is_empty() && is_whole {
            check_seeds(
                &catalog,
                self.sources,
                &statements,
                &seeds,
                self.diagnostics,
            )?;
        }
        let analyzed = queries::analyze_queries(
            &folder,
            &self.database.input_shown,
            &catalog,
            self.sources,
            self.diagnostics,
        );
        let mut queries =
            queries::resolve_queries(analyzed, &catalog, &types, self.sources, self.diagnostics);
        check_collisions(&self.database.name, &mut queries, self.diagnostics);
        let adapters = collect_adapters(&queries, self.diagnostics);
        if self.diagnostics.has_errors() {
            return Ok(None);
        }
        let checked = CheckedDatabase {
            module: module_of(&self.database.name),
            split: self.database.split,
            name: self.database.name.clone(),
            source: self.shown_source(),
            derives: self.database.derives.clone(),
            runtime_path: self
                .database
                .runtime_path
                .clone()
                .unwrap_or_else(|| RUNTIME_PATH.to_owned()),
            schema: schema::schema_scripts(
                &statements,
                &catalog,
                self.sources,
                &self.database.input_shown,
            ),
            init: folder
                .init
                .iter()
                .map(|file| self.script(*file, 0))
                .collect(),
            steps: folder
                .migrations
                .iter()
                .map(|step| self.script(step.file, step.version))
                .collect(),
            queries,
            adapters,
        };
        let files = match render_module(&lower_database(&checked)) {
            Ok(files) => files,
            Err(error) => bug(&format!("a template cannot be printed: {error}")),
        };
        let schema_database = match &self.database.schema_database {
            Some(path) => Some(SchemaFile {
                path: path.clone(),
                bytes: catalog.image()?,
            }),
            None => None,
        };
        Ok(Some(CompiledModule {
            database: checked,
            relations: catalog.relations().to_vec(),
            output: self.database.output.clone(),
            files,
            schema_database,
            declarations: self.database.declarations.clone(),
        }))
    }

    /// The database's folder as it may stand in generated code: the same on every machine.
    fn shown_source(&self) -> String {
        let shown = &self.database.input_shown;
        if Path::new(shown).is_absolute() {
            let name = Path::new(shown).file_name().unwrap_or_default();
            return name.to_string_lossy().into_owned();
        }
        shown.clone()
    }

    /// The whole file as a script.
    fn script(&self, file: FileId, version: u32) -> CheckedScript {
        let source = self.sources.file(file);
        CheckedScript {
            file: below(&source.path, &self.database.input_shown),
            sql: source.text.trim_start_matches('\u{feff}').to_owned(),
            version,
        }
    }
}

/// The module of the database `name`.
fn module_of(name: &str) -> String {
    snake_name(name).unwrap_or_else(|| bug("the configuration let a database without a name pass"))
}

/// `path` below the folder `shown`.
fn below(path: &str, shown: &str) -> String {
    let rest = path.strip_prefix(shown).unwrap_or(path);
    rest.trim_start_matches('/').to_owned()
}
