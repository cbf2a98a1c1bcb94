//! `sqlitenow explain`: what a diagnostic means, or how SQLite runs a query; without a word, the list of all codes.

mod code;
mod query;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::ConfigArguments;

/// What `sqlitenow explain` is asked for.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A code such as `SN0401`, a query such as `tasks.by_id`, or its file; all codes are listed by default.
    #[arg(value_name = "CODE|QUERY")]
    subject: Option<String>,
    #[command(flatten)]
    config: ConfigArguments,
    /// For a query: plan it for this SQLite file, by its indexes and statistics; the file is only read.
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,
}

/// Prints the explanation.
pub fn run(arguments: &ExplainArguments) -> anyhow::Result<ExitCode> {
    match &arguments.subject {
        None => code::list(),
        Some(subject) if code::is_code(subject) => code::explain(subject)?,
        Some(query) => {
            let config = &arguments.config.config;
            return query::explain(query, config, arguments.database.as_deref());
        }
    }
    Ok(ExitCode::SUCCESS)
}
