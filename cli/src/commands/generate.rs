//! `sqlitenow generate`: writes what changed, and says so in one line for each database.

use std::path::Path;
use std::process::ExitCode;

use crate::emit::{Written, write_modules};

use super::report::{Format, compile_and_report, place};

/// Generates the modules of the configuration at `config`.
pub fn run(config: &Path, format: Format) -> anyhow::Result<ExitCode> {
    let Some(compilation) = compile_and_report(config, format)? else {
        return Ok(ExitCode::from(1));
    };
    let placed = place(&compilation, config);
    let (lines, modules): (Vec<_>, Vec<_>) = placed
        .into_iter()
        .map(|placed| (placed.line, placed.files))
        .unzip();
    let written = write_modules(&modules)?;
    for (line, done) in lines.iter().zip(written) {
        format.tell(format_args!("{line} ({})", change(done)));
    }
    Ok(ExitCode::SUCCESS)
}

/// What was done, in words: `written`, or `1 written, 4 unchanged` where there are several files.
fn change(done: Written) -> String {
    let parts = [
        (done.written, "written"),
        (done.unchanged, "unchanged"),
        (done.removed, "removed"),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(count, _)| *count > 0).collect();
    if let [(_, all)] = parts[..] {
        return all.to_owned();
    }
    let parts = parts.iter().map(|(count, word)| format!("{count} {word}"));
    parts.collect::<Vec<_>>().join(", ")
}
