//! `sqlitenow check`: tells what `generate` would change, and changes nothing.

use std::path::Path;
use std::process::ExitCode;

use similar::TextDiff;

use crate::emit::{Found, ModuleFile, compare};

use super::report::{compile_and_report, shown};
use super::terminal::{print, tell, warn};

/// Checks the modules of the configuration at `config`.
pub fn run(config: &Path) -> anyhow::Result<ExitCode> {
    let Some(modules) = compile_and_report(config)? else {
        return Ok(ExitCode::from(1));
    };
    let mut stale = false;
    for (module, counts) in modules {
        let path = shown(&module.path);
        let verdict = match compare(&module)? {
            Found::Same => "fresh",
            Found::Missing => {
                stale = true;
                "missing"
            }
            Found::Different(old) => {
                stale = true;
                print(difference(&module, &old, &path));
                "stale"
            }
        };
        tell(format_args!(
            "{}: {counts} → {path} ({verdict})",
            module.database
        ));
    }
    if stale {
        warn("error: modules are stale; run `sqlitenow generate`");
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

fn difference(module: &ModuleFile, old: &str, path: &str) -> String {
    let diff = TextDiff::from_lines(old, &module.text);
    let (on_disk, generated) = (format!("{path} (on disk)"), format!("{path} (generated)"));
    diff.unified_diff().header(&on_disk, &generated).to_string()
}
