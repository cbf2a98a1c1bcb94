//! The text of `sqlitenow inspect`: a paragraph for each table and query, with columns under one another.
//!
//! ```text
//! tasks.by_id  select · queries/tasks/by_id.sql:1
//!   takes   :id     i64
//!   gives   title   String
//!           done    bool
//!   reads   task (title, done), only the row :id
//!   runs    at once: it looks up a bounded number of rows
//! ```
//!
//! On a terminal names are bold and long lists are wrapped; in a pipe every line stays whole.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, stdout};

use super::document::{
    ColumnEntry, DatabaseEntry, FieldEntry, ForeignKeyEntry, Place, QueryEntry, TableEntry,
};
use crate::commands::report::count;

/// The width of the words that stand in front: `takes   `.
const INDENT: usize = 10;

/// Prints `databases` as fits standard output.
pub(super) fn render(databases: &[DatabaseEntry<'_>]) -> String {
    let is_terminal = stdout().is_terminal();
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let mut page = Page {
        text: String::new(),
        width: width.filter(|_| is_terminal).map(|width| width.max(40)),
        bold: is_terminal && std::env::var_os("NO_COLOR").is_none(),
    };
    for (number, database) in databases.iter().enumerate() {
        if number > 0 {
            page.text.push('\n');
        }
        page.database(database);
    }
    page.text
}

struct Page {
    text: String,
    /// Where lists are wrapped.
    width: Option<usize>,
    bold: bool,
}

impl Page {
    fn database(&mut self, database: &DatabaseEntry<'_>) {
        let (tables, queries) = (&database.tables, &database.queries);
        let head = format!(
            "{}, version {}: {}, {}",
            database.input,
            database.schema_version,
            count(tables.len(), "table"),
            count(queries.len(), "statement"),
        );
        self.heading(database.name, &head);
        for table in tables {
            self.text.push('\n');
            self.table(table);
        }
        for query in queries {
            self.text.push('\n');
            self.query(query);
        }
    }

    fn heading(&mut self, name: &str, rest: &str) {
        let (on, off) = if self.bold {
            ("\x1b[1m", "\x1b[0m")
        } else {
            ("", "")
        };
        let _ = writeln!(self.text, "{on}{name}{off}  {rest}");
    }

    fn table(&mut self, table: &TableEntry<'_>) {
        let mut kind = table.kind.to_owned();
        if let Some(module) = table.module {
            kind = format!("virtual table of {module}");
        }
        for (is, word) in [
            (table.strict, "STRICT"),
            (table.without_rowid, "WITHOUT ROWID"),
        ] {
            if is {
                let _ = write!(kind, ", {word}");
            }
        }
        self.heading(
            table.name,
            &format!("{kind}{}", place(table.place.as_ref())),
        );
        let rows: Vec<[String; 3]> = table.columns.iter().map(column_row).collect();
        self.rows(None, &rows);
        for key in &table.unique {
            self.list(None, &format!("unique ({})", key.join(", ")));
        }
        for key in &table.foreign_keys {
            self.list(None, &foreign_key(key));
        }
    }

    fn query(&mut self, query: &QueryEntry<'_>) {
        let place = place(Some(&query.place));
        self.heading(&query.name, &format!("{}{place}", query.kind));
        let takes = query.parameters.iter().map(|parameter| {
            let field = &parameter.field;
            let name = if parameter.sql.get(1..) == Some(field.name) {
                String::new()
            } else {
                format!("as {}", field.name)
            };
            [parameter.sql.to_owned(), field.rust_type(), name]
        });
        self.rows(Some("takes"), &takes.collect::<Vec<_>>());
        let gives: Vec<_> = query.columns.iter().map(result_row).collect();
        self.rows(Some("gives"), &gives);
        for (number, read) in query.reads.iter().enumerate() {
            let columns = if read.columns.is_empty() {
                "rows only".to_owned()
            } else {
                read.columns.join(", ")
            };
            let rows = confined(query, read.table);
            let word = if number == 0 { "reads" } else { "" };
            self.list(Some(word), &format!("{} ({columns}){rows}", read.table));
        }
        for (number, write) in query.writes.iter().enumerate() {
            let update = format!("updates {}", write.update.join(", "));
            let done: Vec<&str> = [
                (write.insert, "inserts"),
                (!write.update.is_empty(), update.as_str()),
                (write.delete, "deletes"),
            ]
            .into_iter()
            .filter_map(|(does, word)| does.then_some(word))
            .collect();
            let rows = confined(query, write.table);
            let word = if number == 0 { "writes" } else { "" };
            self.list(
                Some(word),
                &format!("{}: {}{rows}", write.table, done.join("; ")),
            );
        }
        let runs = if query.short {
            "at once: it looks up a bounded number of rows"
        } else {
            "on the database's thread until it has proven quick"
        };
        self.list(Some("runs"), runs);
    }

    /// Cells under one another, behind a word in front of the first line.
    fn rows(&mut self, word: Option<&str>, rows: &[[String; 3]]) {
        let width = |at: usize| {
            rows.iter()
                .map(|row| row[at].chars().count())
                .max()
                .unwrap_or(0)
        };
        let (first, second) = (width(0), width(1));
        for (number, [a, b, c]) in rows.iter().enumerate() {
            let word = word.map(|word| if number == 0 { word } else { "" });
            let line = format!("{}{a:first$}  {b:second$}  {c}", lead(word));
            let _ = writeln!(self.text, "{}", line.trim_end());
        }
    }

    /// A text that is wrapped at its blanks.
    fn list(&mut self, word: Option<&str>, text: &str) {
        let mut line = lead(word);
        let mut is_empty = true;
        for part in text.split(' ') {
            let length = line.chars().count() + 1 + part.chars().count();
            if !is_empty && self.width.is_some_and(|width| length > width) {
                let _ = writeln!(self.text, "{line}");
                line = lead(word.map(|_| ""));
                line.push_str("  ");
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(part);
            is_empty = false;
        }
        let _ = writeln!(self.text, "{line}");
    }
}

/// The beginning of a line: the place of a word, and the word if it is the first line of its list.
fn lead(word: Option<&str>) -> String {
    word.map_or_else(
        || "  ".to_owned(),
        |word| format!("  {word:<width$}", width = INDENT - 2),
    )
}

fn place(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| {
        format!(" · {}:{}", place.file, place.line)
    })
}

fn confined(query: &QueryEntry<'_>, table: &str) -> String {
    let keys = query.row_keys.iter().filter(|key| key.table == table);
    let keys: Vec<&str> = keys.map(|key| key.parameter).collect();
    match keys.as_slice() {
        [] => String::new(),
        [key] => format!(", only the row {key}"),
        keys => format!(", only the rows {}", keys.join(" and ")),
    }
}

fn column_row(column: &ColumnEntry<'_>) -> [String; 3] {
    let key = column.primary_key.map(|_| "primary key");
    let facts = [
        key,
        column.rowid.then_some("rowid"),
        (column.not_null && !column.rowid).then_some("not null"),
        column.default.then_some("default"),
        column.generated.then_some("generated"),
    ];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    [
        column.name.to_owned(),
        column.declared.to_owned(),
        facts.join(", "),
    ]
}

fn foreign_key(key: &ForeignKeyEntry<'_>) -> String {
    let parents = if key.parent_columns.is_empty() {
        String::new()
    } else {
        format!(" ({})", key.parent_columns.join(", "))
    };
    let mut text = format!(
        "foreign key ({}) references {}{parents}",
        key.columns.join(", "),
        key.table
    );
    for (event, action) in [("delete", key.on_delete), ("update", key.on_update)] {
        if action != "NO ACTION" {
            let _ = write!(text, ", on {event} {}", action.to_lowercase());
        }
    }
    text
}

fn result_row(field: &FieldEntry<'_>) -> [String; 3] {
    let label = field.label.filter(|label| *label != field.name);
    let label = label.map_or_else(String::new, |label| format!("of `{label}`"));
    [field.name.to_owned(), field.rust_type(), label]
}
