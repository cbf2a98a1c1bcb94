//! What the documentation says of statements that are not taken apart is so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sqlitenow::diagnostic::Code;
use sqlitenow::pipeline::compile;

/// The names in the first column of the table under `## What falls back`.
fn documented() -> BTreeSet<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sql-support.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, section) = page.split_once("\n## What falls back\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().unwrap().to_owned())
        .collect()
}

#[test]
fn at_most_one_statement_in_a_hundred_falls_back_and_the_page_names_it() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sqlitenow.toml");
    let compilation = compile(&project).unwrap();
    let queries = &compilation.modules[0].database.queries;
    let count = |code| {
        let diagnostics = compilation.diagnostics.iter();
        diagnostics.filter(|found| found.code == code).count()
    };
    let fallen: BTreeSet<String> = compilation
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::NotTakenApart)
        .map(|diagnostic| {
            let place = diagnostic.primary.as_ref().unwrap().span;
            let query = queries.iter().find(|query| query.span == place).unwrap();
            format!("{}.{}", query.namespace.join("."), query.stem)
        })
        .collect();
    println!(
        "{} of {} statements fall back; {} columns and {} parameters are untyped",
        fallen.len(),
        queries.len(),
        count(Code::UntypedColumn),
        count(Code::UntypedParameter)
    );
    assert!(queries.len() >= 600, "{} are left", queries.len());
    assert!(fallen.len() * 100 <= queries.len(), "{fallen:?}");
    assert_eq!(fallen, documented());
}
