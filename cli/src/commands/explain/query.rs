//! The plan of a query, as SQLite makes it for the schema or for a database file.
//!
//! ```text
//! tasks.open  sql/App/queries/tasks/open.sql:1
//!   SCAN task  <- full scan
//!   USE TEMP B-TREE FOR ORDER BY  <- sorts
//! ```

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::catalog::{PlanStep, Planner};
use crate::check::CheckedQuery;
use crate::commands::report::{Format, compile_and_report, count};
use crate::commands::terminal::{tell, warn};
use crate::diagnostic::{Location, suggest};
use crate::pipeline::{Compilation, CompiledModule};

/// Prints the plan of each query of the configuration at `config` that `wanted` names.
pub fn explain(wanted: &str, config: &Path, database: Option<&Path>) -> anyhow::Result<ExitCode> {
    let Some(compilation) = compile_and_report(config, Format::Text)? else {
        return Ok(ExitCode::from(1));
    };
    let sources = &compilation.sources;
    let found = find(wanted, &compilation);
    if found.is_empty() {
        let queries = compilation.modules.iter();
        let paths: Vec<_> = queries
            .flat_map(|module| module.database.queries.iter().map(CheckedQuery::path))
            .collect();
        let near = suggest(wanted, paths.iter().map(String::as_str));
        let advice = near.map(|near| format!("did you mean `{near}`? "));
        bail!(
            "there is no query `{wanted}`; {}`sqlitenow inspect` shows them all",
            advice.unwrap_or_default()
        );
    }
    let mut scans = 0;
    for (module, query) in found {
        let planner = if let Some(file) = database {
            Planner::of_file(file, &module.declarations)?
        } else {
            let schema = module.database.schema.iter();
            let schema = schema.map(|script| script.sql.as_str());
            Planner::of_schema(schema, &module.declarations)?
        };
        let steps = planner.plan(&query.sql).with_context(|| {
            let file = database.unwrap_or(Path::new("the schema"));
            format!(
                "`{}` cannot be planned for {}",
                query.path(),
                file.display()
            )
        })?;
        let Location { path, line, .. } = Location::of(query.span, sources);
        tell(format_args!("{}  {path}:{line}", query.path()));
        scans += show(&steps);
    }
    if scans > 0 {
        warn(format_args!(
            "{}: an index on what WHERE, ON or ORDER BY compare may spare it",
            count(scans, "full scan")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The queries with this path, or in this file.
fn find<'a>(
    wanted: &str,
    compilation: &'a Compilation,
) -> Vec<(&'a CompiledModule, &'a CheckedQuery)> {
    let file = wanted.replace('\\', "/");
    let is_file = |query: &CheckedQuery| {
        let shown = &compilation.sources.file(query.span.file).path;
        // Named as diagnostics name it, or from a folder above.
        shown == &file || file.ends_with(&format!("/{shown}")) || query.file == file
    };
    let all = compilation.modules.iter().flat_map(|module| {
        let queries = module.database.queries.iter();
        queries.map(move |query| (module, query))
    });
    all.filter(|(_, query)| query.path() == wanted || is_file(query))
        .collect()
}

/// Prints `steps` below one another, parts further to the right; gives the number of full scans.
fn show(steps: &[PlanStep]) -> usize {
    if steps.is_empty() {
        tell("  looks nothing up");
    }
    // What the statement makes itself has a step of its own, with what is below it.
    let made = steps.iter().filter_map(|step| {
        let detail = step.detail.as_str();
        let name = detail.strip_prefix("CO-ROUTINE ");
        name.or_else(|| detail.strip_prefix("MATERIALIZE "))
    });
    let made: Vec<&str> = made.collect();
    let mut depths: HashMap<i64, usize> = HashMap::new();
    let mut scans = 0;
    for step in steps {
        let depth = depths.get(&step.parent).map_or(1, |depth| depth + 1);
        depths.insert(step.number, depth);
        let detail = &step.detail;
        let mark = if is_full_scan(detail, &made) {
            scans += 1;
            "  <- full scan"
        } else if detail.contains("TEMP B-TREE FOR ") {
            "  <- sorts"
        } else {
            ""
        };
        tell(format_args!("{}{detail}{mark}", "  ".repeat(depth)));
    }
    scans
}

/// Whether a step reads all rows of a table, or all entries of an index.
///
/// Rows that the statement makes itself, and what a virtual table looks up by its own rules, are none.
fn is_full_scan(detail: &str, made: &[&str]) -> bool {
    let Some(scanned) = detail.strip_prefix("SCAN ") else {
        return false;
    };
    let name = scanned.split(' ').next().unwrap_or("");
    !made.contains(&name) && !scanned.contains("CONSTANT ROW") && !scanned.contains("VIRTUAL TABLE")
}
