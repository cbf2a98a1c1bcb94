//! The door for build scripts: the same passes, with cargo's directives for a terminal.

use std::env;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::write_modules;
use crate::pipeline::{Compilation, compile};
use crate::source::SourceMap;

/// Generates the modules of the configuration at `config` (relative to the package) into `OUT_DIR`, from a build script.
///
/// The application takes a module in with `sqlitenow_runtime::include_database!("app_database")`. Cargo is told to run
/// the script again when a file or folder of the SQL changes and not otherwise. A module is written only when its bytes
/// change.
///
/// # Errors
///
/// Nothing is returned: what is wrong is told to cargo by `cargo::error` with file, line and column, which fails the
/// build, and nothing is written then. Warnings are shown by `cargo::warning`.
///
/// # Examples
///
/// ```no_run
/// // In the `main` of build.rs:
/// sqlitenow::build("sqlitenow.toml");
/// ```
pub fn build(config: impl AsRef<Path>) {
    if let Err(message) = run(config.as_ref()) {
        directive("error", &message);
    }
}

fn run(config: &Path) -> Result<(), String> {
    let variable = |name: &str| {
        let value = env::var_os(name).map(PathBuf::from);
        value.ok_or_else(|| {
            format!("`{name}` is not set: call `sqlitenow::build` from a build script")
        })
    };
    let package = variable("CARGO_MANIFEST_DIR")?;
    let output = variable("OUT_DIR")?;
    let config = package.join(config);
    // Said before anything can fail, so that the script runs again once the configuration is there.
    println!("cargo::rerun-if-changed={}", config.display());
    let compilation = compile(&config).map_err(|error| chain(&error))?;
    for path in &compilation.watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    report(&compilation);
    let modules = compilation.modules.iter();
    let modules: Vec<_> = modules.map(|module| module.placed_in(&output)).collect();
    write_modules(&modules).map_err(|error| chain(&error))?;
    Ok(())
}

fn report(compilation: &Compilation) {
    for diagnostic in compilation.diagnostics.sorted(&compilation.sources) {
        let name = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => continue,
        };
        directive(name, &line(diagnostic, &compilation.sources));
    }
}

/// `file:line:col: [code] message; help`
fn line(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let place = diagnostic
        .location(sources)
        .map_or_else(String::new, |place| {
            format!("{}:{}:{}: ", place.path, place.line, place.column)
        });
    let code = diagnostic.code.number();
    let mut parts = vec![format!("{place}[{code}] {}", diagnostic.message)];
    parts.extend(diagnostic.help.iter().cloned());
    parts.join("; ")
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

/// A directive is one line.
fn directive(name: &str, text: &str) {
    println!("cargo::{name}={}", text.replace('\n', " "));
}
