//! Configurations and folders as they are found on disk.

use std::fs;
use std::path::Path;

use crate::diagnostic::Diagnostics;

use super::SourceMap;

mod config;
mod declarations;
mod folder;

/// Writes `files`, paths and contents, under `root`.
fn write(root: &Path, files: &[(&str, &str)]) {
    for (path, content) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

/// The diagnostics as `path:line:column SN0203 message | help`.
fn shown(diagnostics: &Diagnostics, sources: &SourceMap) -> Vec<String> {
    let lines = diagnostics.sorted(sources).into_iter().map(|d| {
        let place = d
            .location(sources)
            .map_or_else(String::new, |location| format!("{location} "));
        let help = d
            .help
            .iter()
            .fold(String::new(), |all, help| all + " | " + help);
        format!("{place}{} {}{help}", d.code, d.message)
    });
    lines.collect()
}
