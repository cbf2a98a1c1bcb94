//! `sqlitenow inspect`: what the compiler knows of each database, for people as text and for tools as JSON.
//!
//! `docs/inspect.md` describes the JSON. Nothing is written.

mod document;
mod text;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::ensure;
use clap::{Args, ValueEnum};

use crate::diagnostic::suggest;

use self::document::{DatabaseEntry, Document};
use super::ConfigArguments;
use super::report::{self, compile_and_report};
use super::terminal::{print, tell};

/// What `sqlitenow inspect` is asked for.
#[derive(Debug, Args)]
pub struct InspectArguments {
    /// Show only the queries whose name contains this: `tasks.`, `by_id`.
    #[arg(value_name = "QUERY")]
    query: Option<String>,
    #[command(flatten)]
    config: ConfigArguments,
    /// Show only this database.
    #[arg(long, value_name = "NAME")]
    database: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Table,
    /// For tools; `docs/inspect.md` describes it.
    Json,
}

/// Prints what is asked for.
pub fn run(arguments: &InspectArguments) -> anyhow::Result<ExitCode> {
    let path: &PathBuf = &arguments.config.config;
    let Some(compilation) = compile_and_report(path, report::Format::Text)? else {
        return Ok(ExitCode::from(1));
    };
    let modules = &compilation.modules;
    if let Some(name) = &arguments.database {
        let names = || modules.iter().map(|module| module.database.name.as_str());
        let near = suggest(name, names())
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        ensure!(
            names().any(|known| known == name),
            "the configuration has no database `{name}`{near}"
        );
    }
    let is_asked = |name: &str| {
        arguments
            .database
            .as_deref()
            .is_none_or(|asked| asked == name)
    };
    let mut databases: Vec<DatabaseEntry<'_>> = modules
        .iter()
        .filter(|module| is_asked(&module.database.name))
        .map(|module| DatabaseEntry::new(module, &compilation.sources))
        .collect();
    if let Some(part) = &arguments.query {
        for database in &mut databases {
            database.keep_queries(part);
        }
        ensure!(
            databases
                .iter()
                .any(|database| !database.queries.is_empty()),
            "no query has `{part}` in its name; `sqlitenow inspect` shows them all"
        );
    }
    match arguments.format {
        Format::Table => print(text::render(&databases)),
        Format::Json => tell(serde_json::to_string_pretty(&Document::new(databases))?),
    }
    Ok(ExitCode::SUCCESS)
}
