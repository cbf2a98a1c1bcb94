//! The terminal: arguments in, lines and an exit code out.
//!
//! Exit codes: 0 fine, 1 diagnostics or stale modules, 2 usage or environment, 101 a bug of ours.

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod check;
mod explain;
mod generate;
mod init;
mod inspect;
mod json;
mod report;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Write SQL, get a typed, reactive SQLite database.
#[derive(Debug, Parser)]
#[command(name = "sqlitenow", version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a configuration and a first folder of SQL here.
    Init(init::InitArguments),
    /// Generate the Rust modules of every database.
    Generate {
        #[command(flatten)]
        config: ConfigArguments,
        #[command(flatten)]
        report: ReportArguments,
        /// Write nothing; exit with 1 when a module is stale.
        #[arg(long)]
        check: bool,
    },
    /// Show tables, queries, their types, and what they read and write.
    Inspect(inspect::InspectArguments),
    /// Tell whether the SQL is right and the modules are fresh, and write nothing.
    Check {
        #[command(flatten)]
        config: ConfigArguments,
        #[command(flatten)]
        report: ReportArguments,
    },
    /// Explain a diagnostic, with an example of wrong and right.
    Explain(explain::ExplainArguments),
}

/// Which configuration to read.
#[derive(Debug, Args)]
struct ConfigArguments {
    /// The configuration.
    #[arg(long, value_name = "FILE", default_value = "sqlitenow.toml")]
    config: PathBuf,
}

/// How to report.
#[derive(Debug, Args)]
struct ReportArguments {
    /// How to print diagnostics.
    #[arg(long, value_enum, default_value_t)]
    format: report::Format,
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Generate {
            config,
            report,
            check: false,
        } => generate::run(&config.config, report.format),
        Command::Generate { config, report, .. } | Command::Check { config, report } => {
            check::run(&config.config, report.format)
        }
    };
    outcome.unwrap_or_else(|error| {
        report::failure(&error);
        ExitCode::from(2)
    })
}
