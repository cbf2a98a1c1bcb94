//! Generates `chinook_database.rs` from a sample database that lies beside the project, where there is one.
//!
//! In: `../shared/data/chinook/chinook.sqlite`, seen from the project's root, and ours in `chinook/`: tables that we add,
//! the migration that brings them, and queries. Out, in `OUT_DIR`: a project with the file's schema and ours, the module
//! generated from it, and the cfg `chinook`. Without the file there is neither, and the test says so. Invariant: the file
//! is only read, and nothing of it is written into the source tree.
//!
//! This is what `sqlitenow::build` does but for one thing: cargo must not watch the project, since it is made here, and
//! what is newer than the build script's run would make it run again each time.

use std::error::Error;
use std::fs;
use std::path::Path;

use sqlitenow::catalog::read_schema;
use sqlitenow::diagnostic::{Code, Severity};
use sqlitenow::emit::write_modules;
use sqlitenow::pipeline::{Compilation, compile};

use super::folder;

const DATABASE: &str = "../../shared/data/chinook/chinook.sqlite";

/// Our folders of the project.
const FOLDERS: [&str; 3] = ["schema", "migration", "queries"];

/// Generates the module, if the sample database is there.
pub fn generate() -> Result<(), Box<dyn Error>> {
    println!("cargo::rustc-check-cfg=cfg(chinook)");
    let package = folder("CARGO_MANIFEST_DIR")?;
    let database = package.join(DATABASE);
    // A file that is missing must not be watched: cargo would run this again at every build.
    if !database.exists() {
        return Ok(());
    }
    println!("cargo::rerun-if-changed={DATABASE}");
    let ours = package.join("chinook");
    for name in FOLDERS {
        println!("cargo::rerun-if-changed={}", ours.join(name).display());
    }
    let output = folder("OUT_DIR")?;
    let project = output.join("chinook");
    write_project(&project, &database, &ours)?;
    let compilation = compile(&project.join("sqlitenow.toml"))?;
    report(&compilation)?;
    let modules = compilation.modules.iter();
    let modules: Vec<_> = modules.map(|module| module.placed_in(&output)).collect();
    write_modules(&modules)?;
    println!("cargo::rustc-cfg=chinook");
    Ok(())
}

/// Configuration and schema as `sqlitenow init --from-database` would begin them, with our folders beside.
fn write_project(project: &Path, database: &Path, ours: &Path) -> Result<(), Box<dyn Error>> {
    if project.exists() {
        // A query that is gone from the source tree must be gone from here as well.
        fs::remove_dir_all(project)?;
    }
    let input = project.join("sql/ChinookDatabase");
    fs::create_dir_all(input.join("schema"))?;
    fs::write(
        project.join("sqlitenow.toml"),
        "[databases.ChinookDatabase]\n",
    )?;
    let statements: Vec<_> = read_schema(database)?
        .into_iter()
        .map(|object| format!("{};\n", object.sql))
        .collect();
    fs::write(input.join("schema/schema.sql"), statements.join("\n"))?;
    for name in FOLDERS {
        copy(&ours.join(name), &input.join(name))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Shows warnings; an error ends the build with all of them.
fn report(compilation: &Compilation) -> Result<(), Box<dyn Error>> {
    if compilation.diagnostics.has_errors() {
        return Err(compilation
            .diagnostics
            .render(&compilation.sources, false)
            .into());
    }
    for diagnostic in compilation.diagnostics.sorted(&compilation.sources) {
        // The sample's DATETIME columns are what they are: no number is ever stored in them.
        let known = diagnostic.code == Code::NumericAffinity;
        if diagnostic.severity == Severity::Warning && !known {
            println!("cargo::warning={}", diagnostic.message);
        }
    }
    Ok(())
}
