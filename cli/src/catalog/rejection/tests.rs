//! What becomes of SQLite's messages: the words, the place and the advice for each statement of `messages/`.
//!
//! A file has a schema up to a line of dashes, then statements with what is said of them. Checking is the default; with
//! `BLESS=1` in the environment the files are written.

use std::fmt::Write as _;
use std::path::Path;

use crate::annotation::Annotations;
use crate::catalog::{Catalog, SchemaStatement};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Declarations, SourceMap};
use crate::syntax::split;

const DASHES: &str = "\n----\n";

/// Builds a schema and gives what is said of it.
fn build(schema: &str) -> (SourceMap, Catalog, Vec<Diagnostic>) {
    let mut sources = SourceMap::default();
    let file = sources.add("schema/schema.sql", schema);
    let statements: Vec<SchemaStatement> = split(file, schema)
        .into_iter()
        .map(|statement| SchemaStatement {
            statement,
            annotations: Annotations::default(),
        })
        .collect();
    let declarations = Declarations {
        database: "App".to_owned(),
        ..Declarations::default()
    };
    let mut diagnostics = Diagnostics::default();
    let catalog = Catalog::build(&sources, &declarations, &statements, &mut diagnostics)
        .expect("a database in memory");
    let told = diagnostics.iter().cloned().collect();
    (sources, catalog, told)
}

/// The statement with carets below the place, the message, and the advice.
fn show(told: &[Diagnostic], sources: &SourceMap, head: usize) -> String {
    let mut shown = String::new();
    for diagnostic in told {
        let span = diagnostic.primary.as_ref().expect("a place").span;
        let before = &sources.file(span.file).text[head..span.start];
        let spaces = " ".repeat(before.chars().count());
        let carets = "^".repeat(sources.text(span).chars().count().max(1));
        // Writing to a string cannot fail.
        let _ = writeln!(shown, "{spaces}{carets} {}", diagnostic.message);
        for help in &diagnostic.help {
            let _ = writeln!(shown, "    = {}", help.replace('\n', "\n      "));
        }
    }
    shown
}

/// Compares what is said of each statement in a file with what the file says.
fn check(name: &str, tell: impl Fn(&str, &str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/catalog/rejection/messages")
        .join(name);
    let expected = std::fs::read_to_string(&path).expect("a readable file");
    let (schema, table) = expected.split_once(DASHES).expect("a line of dashes");
    let is_statement = |line: &&str| line.starts_with(|c: char| c.is_ascii_uppercase());
    let mut found = format!("{schema}{DASHES}");
    for sql in table.lines().filter(is_statement) {
        let _ = write!(found, "\n{sql}\n{}", tell(schema, sql));
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &found).expect("a writable file");
        return;
    }
    assert!(
        found == expected,
        "{name} is stale: run `just bless` and read the diff"
    );
}

#[test]
fn c22_c34_c125_each_message_about_a_query_has_its_words_and_its_place() {
    check("queries.txt", |schema, sql| {
        let (mut sources, catalog, told) = build(schema);
        assert_eq!(told, []);
        let file = sources.add("queries/q.sql", sql);
        let statement = split(file, sql).pop().expect("a statement");
        let error = catalog.prepare(sql).expect_err(sql);
        let rejection = catalog.explain(&error, &sources, &statement).expect(sql);
        show(
            &[rejection.into_diagnostic(Code::QueryRejected)],
            &sources,
            0,
        )
    });
}

#[test]
fn c125_each_message_about_the_schema_has_its_words_and_its_place() {
    check("schema.txt", |schema, sql| {
        let (sources, _, told) = build(&format!("{schema}\n{sql}"));
        assert_eq!(told.len(), 1, "{sql}: {told:?}");
        show(&told, &sources, schema.len() + 1)
    });
}
