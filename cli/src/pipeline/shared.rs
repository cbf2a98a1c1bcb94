//! Reports files that would be written to one place: the last one would silently replace the others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{DEFAULT_OUTPUT, DatabaseConfig, Span};

use super::CompiledModule;

/// Reports every place that `modules` take twice; they are made of databases of a configuration in the folder `root`.
pub fn check_places(
    modules: &[(&DatabaseConfig, CompiledModule)],
    root: &Path,
    diagnostics: &mut Diagnostics,
) {
    let mut taken: BTreeMap<PathBuf, Span> = BTreeMap::new();
    for (database, module) in modules {
        let folder = module.output.clone();
        let folder = folder.unwrap_or_else(|| root.join(DEFAULT_OUTPUT));
        let files = module.placed_in(&folder).files.into_iter();
        let schema = database.schema_database.iter().cloned();
        for path in files.map(|file| file.path).chain(schema) {
            // `./src` and `src` are one place, which `components` knows.
            let path: PathBuf = path.components().collect();
            let shown = path.strip_prefix(root).unwrap_or(&path).display();
            let shown = shown.to_string().replace('\\', "/");
            if let Some(first) = taken.insert(path, database.key) {
                diagnostics.push(shared(&shown, first, database.key));
            }
        }
    }
}

fn shared(path: &str, first: Span, second: Span) -> Diagnostic {
    let message = format!("two files would be written to `{path}`");
    let diagnostic = Diagnostic::error(Code::SharedPlace, message);
    let diagnostic = if first == second {
        diagnostic.at(second, "both are of this database")
    } else {
        diagnostic
            .at(second, "one is of this database")
            .and_at(first, "one is of this database")
    };
    diagnostic.help("give one of them another place by `output` or `schema-database`")
}
