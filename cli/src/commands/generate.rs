//! `sqlitenow generate`: writes what changed, and says so in one line for each database.

use std::path::Path;
use std::process::ExitCode;

use crate::emit::write_modules;

use super::report::{compile_and_report, shown};
use super::terminal::tell;

/// Generates the modules of the configuration at `config`.
pub fn run(config: &Path) -> anyhow::Result<ExitCode> {
    let Some(modules) = compile_and_report(config)? else {
        return Ok(ExitCode::from(1));
    };
    let (modules, counts): (Vec<_>, Vec<_>) = modules.into_iter().unzip();
    let written = write_modules(&modules)?;
    for ((module, counts), written) in modules.iter().zip(counts).zip(written) {
        let change = if written { "written" } else { "unchanged" };
        let path = shown(&module.path);
        tell(format_args!(
            "{}: {counts} → {path} ({change})",
            module.database
        ));
    }
    Ok(ExitCode::SUCCESS)
}
