//! Tables of SQL with what must be known of it; the helpers here build the schema and print an analysis in one line.
//!
//! A column prints as `label: Type` with `?` when it can be NULL and `<- table.column` when it has an origin.

mod access;
mod columns;
mod declared;
mod documented;
mod effects;
mod functions;
mod nullability;
mod parameters;
mod parts;
mod promises;
mod rejections;
mod robust;
mod sharp;
mod sound;
mod structure;
mod words;

use crate::annotation::Annotations;
use crate::catalog::{Catalog, SchemaStatement};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Declarations, SourceMap, read_config};
use crate::syntax::split;

use super::{Analysis, Analyzer, Parameter, ResultColumn, Write};

/// A small shop, with every kind of column and key.
pub(super) const SCHEMA: &str = "
    CREATE TABLE person (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, nick TEXT, age INTEGER, height REAL NOT NULL, score REAL,
        active BOOLEAN NOT NULL, flag BOOLEAN, photo BLOB, born DATE, balance DECIMAL(10,2) NOT NULL, extra);
    CREATE TABLE address (
        id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
        city TEXT NOT NULL, zip TEXT);
    CREATE TABLE note (
        id INTEGER PRIMARY KEY, address_id INTEGER REFERENCES address(id) ON DELETE SET NULL, body TEXT NOT NULL);
    CREATE TABLE code (k TEXT PRIMARY KEY, v INTEGER) WITHOUT ROWID;
    CREATE TABLE strict_one (id INTEGER PRIMARY KEY, a INT NOT NULL, b ANY, c TEXT) STRICT;
    CREATE TABLE backwards (id INTEGER PRIMARY KEY DESC, a TEXT);
    CREATE TABLE made (a INTEGER NOT NULL, b INTEGER NOT NULL, total INTEGER AS (a + b), twice AS (total * 2) STORED);
    CREATE TABLE swap (k TEXT UNIQUE ON CONFLICT REPLACE, v TEXT);
    CREATE TABLE strings (s TEXT);
    CREATE UNIQUE INDEX person_name ON person(name);
    CREATE INDEX person_age ON person(age);
    CREATE INDEX address_person ON address(person_id);
    CREATE INDEX note_address ON note(address_id);
    CREATE VIEW citizen AS
        SELECT p.id AS pid, p.name, a.city, a.id AS aid FROM person p LEFT JOIN address a ON a.person_id = p.id;
    CREATE VIEW adult (who, years) AS SELECT name, age FROM person WHERE age IS NOT NULL;
    CREATE VIEW deep AS SELECT who AS w, (SELECT COUNT(*) FROM citizen) AS n FROM adult;
    CREATE VIRTUAL TABLE doc USING fts5(title, body);
    CREATE TRIGGER adult_insert INSTEAD OF INSERT ON adult BEGIN
        INSERT INTO person (name, age, height, active, balance) VALUES (new.who, new.years, 1.5, 1, 0);
    END;
    CREATE TRIGGER note_log AFTER INSERT ON note BEGIN
        UPDATE code SET v = v + 1 WHERE k = 'notes';
    END;
    CREATE TRIGGER made_log AFTER DELETE ON made BEGIN INSERT OR REPLACE INTO strings VALUES (old.a); END;
";

/// A schema to analyse queries against.
pub(super) struct Fixture {
    pub(super) sources: SourceMap,
    pub(super) catalog: Catalog,
    pub(super) problems: Vec<Diagnostic>,
}

impl Fixture {
    pub(super) fn new(schema: &str) -> Self {
        Self::declaring("", schema)
    }

    /// A schema of the database `App`, for which `sqlitenow.toml` says `declarations`.
    pub(super) fn declaring(declarations: &str, schema: &str) -> Self {
        let declarations = read_declarations(declarations);
        let mut sources = SourceMap::default();
        let file = sources.add("schema/schema.sql", schema);
        let statements: Vec<SchemaStatement> = split(file, schema)
            .into_iter()
            .map(|statement| SchemaStatement {
                statement,
                annotations: Annotations::default(),
            })
            .collect();
        let mut diagnostics = Diagnostics::default();
        let catalog = Catalog::build(&sources, &declarations, &statements, &mut diagnostics)
            .expect("a database in memory");
        Self {
            sources,
            catalog,
            problems: diagnostics.iter().cloned().collect(),
        }
    }

    pub(super) fn shop() -> Self {
        let fixture = Self::new(SCHEMA);
        assert_eq!(fixture.problems, []);
        fixture
    }

    /// Analyses the last statement of `sql`.
    pub(super) fn try_analyze(&mut self, sql: &str) -> (Option<Analysis>, Vec<Diagnostic>) {
        let file = self.sources.add("queries/q.sql", sql);
        let statement = split(file, sql).pop().expect("a statement");
        let mut diagnostics = Diagnostics::default();
        let analyzer = Analyzer::new(&self.catalog, &self.sources);
        let analysis = analyzer.analyze(&statement, &Annotations::default(), &mut diagnostics);
        (analysis, diagnostics.iter().cloned().collect())
    }

    pub(super) fn analyze(&mut self, sql: &str) -> Analysis {
        let (analysis, problems) = self.try_analyze(sql);
        analysis.unwrap_or_else(|| panic!("{sql}: {problems:?}"))
    }

    pub(super) fn columns(&mut self, sql: &str) -> String {
        self.analyze(sql)
            .columns
            .iter()
            .map(show_column)
            .collect::<Vec<_>>()
            .join(", ")
    }

    pub(super) fn parameters(&mut self, sql: &str) -> String {
        self.analyze(sql)
            .parameters
            .iter()
            .map(show_parameter)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Compares every line of `table`, `SQL => expected`, and shows all that differ.
    pub(super) fn check(
        &mut self,
        table: &[(&str, &str)],
        show: impl Fn(&mut Self, &str) -> String,
    ) {
        let mut wrong = Vec::new();
        for (sql, expected) in table {
            let found = show(self, sql);
            if found != *expected {
                wrong.push(format!("{sql}\n     found {found}\n  expected {expected}"));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}

/// What `sqlitenow.toml` declares for `App` below its head.
fn read_declarations(text: &str) -> Declarations {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("sqlitenow.toml");
    std::fs::write(&path, format!("[databases.App]\n{text}")).expect("a new file");
    let mut diagnostics = Diagnostics::default();
    let config = read_config(&path, &mut SourceMap::default(), &mut diagnostics).expect("a file");
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    config.databases[0].declarations.clone()
}

fn show_column(column: &ResultColumn) -> String {
    let mark = if column.nullable { "?" } else { "" };
    let origin = column.origin.as_ref().map_or_else(String::new, |origin| {
        format!(" <- {}.{}", origin.table, origin.column)
    });
    format!("{}: {:?}{mark}{origin}", column.label, column.ty)
}

fn show_parameter(parameter: &Parameter) -> String {
    let mark = if parameter.nullable { "?" } else { "" };
    let origin = parameter
        .origin
        .as_ref()
        .map_or_else(String::new, |origin| {
            format!(" <- {}.{}", origin.table, origin.column)
        });
    let name = parameter
        .name
        .clone()
        .unwrap_or_else(|| format!("?{}", parameter.number));
    let list = if parameter.list { "[]" } else { "" };
    format!("{name}: {:?}{list}{mark}{origin}", parameter.ty)
}

pub(super) fn show_accesses(analysis: &Analysis) -> String {
    let reads = analysis
        .reads
        .iter()
        .map(|read| format!("{}({})", read.table, read.columns.join(" ")));
    let writes = analysis.writes.iter().map(|write| match write {
        Write::Insert(table) => format!("+{table}"),
        Write::Update(update) => format!("~{}({})", update.table, update.columns.join(" ")),
        Write::Delete(table) => format!("-{table}"),
    });
    reads.chain(writes).collect::<Vec<_>>().join(", ")
}
