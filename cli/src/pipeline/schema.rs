//! The schema's statements with their annotations, the seeds, and the scripts that a fresh database runs.

use crate::annotation::{Place, refuse_orphans, resolve_statement};
use crate::catalog::{Catalog, SchemaStatement};
use crate::check::CheckedScript;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Folder, SourceMap};
use crate::syntax::{Statement, comments_behind, split};

use super::below;

/// Cuts a file into statements, and refuses annotations behind the last of them.
pub fn parse_file(
    file: FileId,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<Statement> {
    let text = &sources.file(file).text;
    let statements = split(file, text);
    let behind = comments_behind(file, text, &statements);
    refuse_orphans(&behind, sources, diagnostics);
    statements
}

/// Cuts the files of `schema/` into annotated statements.
pub fn parse_schema(
    folder: &Folder,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<SchemaStatement> {
    let mut schema = Vec::new();
    for &file in &folder.schema {
        for statement in parse_file(file, sources, diagnostics) {
            let place = Place::of(&statement, sources);
            let annotations = resolve_statement(&statement, sources, place, diagnostics);
            schema.push(SchemaStatement {
                statement,
                annotations,
            });
        }
    }
    folder.check_schema(schema.len(), diagnostics);
    schema
}

/// Cuts the files of `init/` into statements.
pub fn parse_seeds(folder: &Folder, sources: &SourceMap) -> Vec<Statement> {
    let files = folder.init.iter();
    files
        .flat_map(|&file| split(file, &sources.file(file).text))
        .collect()
}

/// The statements in an order in which they run, each a script of its own.
pub fn schema_scripts(
    schema: &[SchemaStatement],
    catalog: &Catalog,
    sources: &SourceMap,
    shown: &str,
) -> Vec<CheckedScript> {
    let script = |&index: &usize| {
        let statement = &schema[index].statement;
        CheckedScript {
            file: below(&sources.file(statement.file()).path, shown),
            sql: statement.text(sources).to_owned(),
            version: 0,
        }
    };
    catalog.order().iter().map(script).collect()
}
