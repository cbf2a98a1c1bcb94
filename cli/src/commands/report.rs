//! Prints diagnostics and failures on standard error, in colour only on a terminal; for tools, diagnostics on standard
//! output as JSON.

use std::fmt::Display;
use std::io::{IsTerminal as _, stderr};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::diagnostic::Severity;
use crate::emit::ModuleFiles;
use crate::pipeline::{Compilation, compile};
use crate::source::DEFAULT_OUTPUT;

use super::json;
use super::terminal::{print, tell, warn};

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For tools: one JSON object in each line of standard output; `docs/diagnostics-json.md` describes it.
    Json,
}

impl Format {
    /// Prints a line about the run: a result, which makes way for JSON.
    pub fn tell(self, line: impl Display) {
        match self {
            Self::Text => tell(line),
            Self::Json => warn(line),
        }
    }
}

/// A module where the terminal writes it, and what is said of it.
pub struct Placed {
    /// Its files.
    pub files: ModuleFiles,
    /// `AppDatabase: 1 table, 3 statements → src/db/app_database.rs`
    pub line: String,
}

/// Compiles the configuration at `path` and prints what was found; none when there is an error.
pub fn compile_and_report(path: &Path, format: Format) -> anyhow::Result<Option<Compilation>> {
    let compilation = compile(path).map_err(|error| match &error {
        crate::pipeline::CompileError::Source(crate::source::SourceError::ConfigMissing {
            ..
        }) => anyhow::anyhow!(
            "{error}; run `sqlitenow init` to make a first one, or name another with `--config FILE`"
        ),
        _ => anyhow::Error::new(error),
    })?;
    match format {
        Format::Text => print_diagnostics(&compilation),
        Format::Json => print(json::render(
            &compilation.diagnostics,
            &compilation.sources,
        )?),
    }
    let errors = compilation.diagnostics.count(Severity::Error);
    if errors > 0 {
        let errors = count(errors, "error");
        warn(format_args!("{errors}; nothing was written"));
    }
    Ok((!compilation.diagnostics.has_errors()).then_some(compilation))
}

/// The modules of `compilation`, whose configuration is at `path`, where they are written.
pub fn place(compilation: &Compilation, path: &Path) -> Vec<Placed> {
    let root = path.parent().unwrap_or(Path::new(""));
    let modules = compilation.modules.iter().map(|module| {
        let folder = module.output.clone();
        let folder = folder.unwrap_or_else(|| root.join(DEFAULT_OUTPUT));
        let files = module.placed_in(&tidy(&folder));
        let others = match files.files.len() - 1 {
            0 => String::new(),
            others => format!(" and {}", count(others, "namespace")),
        };
        let line = format!(
            "{}: {}, {} → {}{others}",
            module.database.name,
            count(module.relations.len(), "table"),
            count(module.database.queries.len(), "statement"),
            shown(&files.files[0].path),
        );
        Placed { files, line }
    });
    modules.collect()
}

fn print_diagnostics(compilation: &Compilation) {
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let Compilation {
        diagnostics,
        sources,
        ..
    } = compilation;
    let text = diagnostics.render(sources, colour);
    if !text.is_empty() {
        warn(text.trim_end_matches('\n'));
    }
}

/// Prints why the program cannot go on, and what it is caused by.
pub fn failure(error: &anyhow::Error) {
    let mut causes: Vec<_> = error.chain().map(ToString::to_string).collect();
    causes.dedup();
    warn(format_args!("error: {}", causes.join(": ")));
}

/// `1 table`, `2 tables`.
pub fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// `path` without `./` in front and between.
fn tidy(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| !matches!(part, std::path::Component::CurDir))
        .collect()
}

/// `path` as it is shown.
pub fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
