//! `sqlitenow check`: tells what `generate` would change, and changes nothing.

use std::path::Path;
use std::process::ExitCode;

use similar::TextDiff;

use crate::emit::{Found, ModuleFile, ModuleFiles, compare, surplus};

use super::report::{Format, compile_and_report, place, shown};
use super::terminal::warn;

/// Checks the modules of the configuration at `config`.
pub fn run(config: &Path, format: Format) -> anyhow::Result<ExitCode> {
    let Some(compilation) = compile_and_report(config, format)? else {
        return Ok(ExitCode::from(1));
    };
    let mut stale = false;
    for placed in place(&compilation, config) {
        let verdict = judge(&placed.files, format)?;
        stale |= verdict != FRESH;
        format.tell(format_args!("{} ({verdict})", placed.line));
    }
    if stale {
        warn("error: modules are stale; run `sqlitenow generate`");
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is said of a module that is as it should be.
const FRESH: &str = "fresh";

/// Compares `module` with what is on disk and prints every difference; the worst one is the verdict.
fn judge(module: &ModuleFiles, format: Format) -> anyhow::Result<&'static str> {
    let mut verdict = FRESH;
    for path in surplus(module)? {
        format.tell(format_args!(
            "{} is of a namespace that is gone",
            shown(&path)
        ));
        verdict = "stale";
    }
    for file in module.files.iter().rev() {
        match compare(file)? {
            Found::Same => {}
            Found::Missing => {
                format.tell(format_args!("{} is missing", shown(&file.path)));
                verdict = "missing";
            }
            Found::Different(old) => {
                format.tell(difference(file, &old).trim_end_matches('\n'));
                verdict = "stale";
            }
        }
    }
    Ok(verdict)
}

fn difference(file: &ModuleFile, old: &str) -> String {
    let path = shown(&file.path);
    let diff = TextDiff::from_lines(old, &file.text);
    let (on_disk, generated) = (format!("{path} (on disk)"), format!("{path} (generated)"));
    diff.unified_diff().header(&on_disk, &generated).to_string()
}
