//! Finds foreign keys that nothing can satisfy.
//!
//! `CREATE TABLE task (list TEXT REFERENCES list(name))` over a `list.name` that is not unique → one diagnostic at that
//! `name`. SQLite says so ("foreign key mismatch", <https://sqlite.org/foreignkeys.html>) only of the statements that write
//! either table. So the keys are checked here, before any query, and are switched off when one of them is broken: no
//! query is blamed for it, and each is still checked for mistakes of its own.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{SourceMap, Span};
use crate::syntax::{Statement, Token};

use super::probe::{identifier, quote};
use super::schema::fold;
use super::{ForeignKey, Index, Relation, RelationKind, SchemaStatement};

/// What there is to refer to.
pub(super) struct Parents<'a> {
    pub(super) relations: &'a [Relation],
    /// Their places, by name in lower case.
    pub(super) by_name: &'a HashMap<String, usize>,
    /// Tables whose CREATE statement, or the one of an index of theirs, was rejected, in lower case.
    pub(super) doubtful: &'a HashSet<String>,
}

/// Reports every foreign key that cannot be satisfied; gives whether all can.
pub(super) fn check(
    connection: &Connection,
    sources: &SourceMap,
    schema: &[SchemaStatement],
    parents: &Parents<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut all_hold = true;
    for child in parents.relations {
        let Some(maker) = child.statement.filter(|_| !child.foreign_keys.is_empty()) else {
            continue;
        };
        let statement = &schema[maker].statement;
        let clauses = clauses(sources, statement);
        let refusal = mismatch(connection, child);
        let mut told = false;
        // SQLite lists the keys from the last one to the first.
        for (key, place) in child.foreign_keys.iter().rev().zip(0..) {
            if parents.doubtful.contains(&fold(&key.table)) {
                all_hold = false;
                told = true;
                continue;
            }
            let clause = clauses.get(place).filter(|clause| clause.is_of(key));
            let whole = Clause::of_statement(statement, key);
            if let Some(fault) = parents.fault(key, clause.unwrap_or(&whole))
                && (refusal.is_some() || !fault.is_mismatch)
            {
                diagnostics.push(fault.diagnostic);
                all_hold = false;
                told = true;
            }
        }
        if let Some(refusal) = refusal.filter(|_| !told) {
            diagnostics.push(unexplained(&refusal, &clauses, statement));
            all_hold = false;
        }
    }
    all_hold
}

/// What SQLite has against the foreign keys of `child`; it looks at no row, for there is none.
fn mismatch(connection: &Connection, child: &Relation) -> Option<String> {
    let check = format!("PRAGMA foreign_key_check({})", quote(&child.name));
    let outcome = connection.prepare(&check).and_then(|mut statement| {
        let mut rows = statement.raw_query();
        rows.next().map(drop)
    });
    outcome.err().map(|error| error.to_string())
}

/// A REFERENCES clause as it is written.
struct Clause {
    table: String,
    span: Span,
    columns: Vec<Span>,
}

impl Clause {
    fn of_statement(statement: &Statement, key: &ForeignKey) -> Self {
        Self {
            table: key.table.clone(),
            span: statement.span,
            columns: Vec::new(),
        }
    }

    fn is_of(&self, key: &ForeignKey) -> bool {
        self.table.eq_ignore_ascii_case(&key.table)
    }

    /// Where its columns stand, or its table when they are not written.
    fn place(&self) -> Span {
        match (self.columns.first(), self.columns.last()) {
            (Some(first), Some(last)) => Span {
                end: last.end,
                ..*first
            },
            _ => self.span,
        }
    }
}

/// The REFERENCES clauses of a CREATE TABLE, in order; the word is reserved, so that it is nothing else.
fn clauses(sources: &SourceMap, statement: &Statement) -> Vec<Clause> {
    let text = &sources.file(statement.file()).text;
    let tokens: Vec<&Token> = statement.significant().collect();
    let starts = (0..tokens.len()).filter(|&at| tokens[at].is_word(text, "REFERENCES"));
    let clause = |at: usize| {
        let table = tokens.get(at + 1)?;
        let inside = tokens
            .get(at + 2)
            .filter(|token| token.is_symbol(text, "("));
        let columns = tokens
            .iter()
            .skip(at + 3)
            .take_while(|token| !token.is_symbol(text, ")"));
        let columns = columns.filter(|token| !token.is_symbol(text, ","));
        Some(Clause {
            table: table.name(text)?.into_owned(),
            span: statement.span_of(table),
            columns: inside.map_or_else(Vec::new, |_| {
                columns.map(|token| statement.span_of(token)).collect()
            }),
        })
    };
    starts.filter_map(clause).collect()
}

/// What is wrong with a foreign key.
struct Fault {
    diagnostic: Diagnostic,
    /// Whether it is for SQLite to confirm.
    is_mismatch: bool,
}

impl Parents<'_> {
    fn find(&self, name: &str) -> Option<&Relation> {
        let &at = self.by_name.get(&fold(name))?;
        self.relations.get(at)
    }

    fn fault(&self, key: &ForeignKey, clause: &Clause) -> Option<Fault> {
        let Some(parent) = self.find(&key.table) else {
            let names = self
                .relations
                .iter()
                .filter(|relation| relation.kind == RelationKind::Table);
            let near = suggest(&key.table, names.map(|relation| relation.name.as_str()));
            let diagnostic = broken(format!("no such table `{}`", key.table), clause.span);
            return Some(Fault {
                diagnostic: diagnostic.did_you_mean(near),
                is_mismatch: false,
            });
        };
        let diagnostic = match parent.kind {
            RelationKind::Table => mistake(parent, key, clause)?,
            RelationKind::View => no_table(parent, "a view", clause),
            RelationKind::Virtual => no_table(parent, "a virtual table", clause),
        };
        Some(Fault {
            diagnostic,
            is_mismatch: true,
        })
    }
}

fn broken(message: String, span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignKeyTarget, message).at(span, "")
}

fn no_table(parent: &Relation, found: &str, clause: &Clause) -> Diagnostic {
    let message = format!("`{}` is {found}, expected an ordinary table", parent.name);
    broken(message, clause.span).help("refer to the table that holds the rows")
}

/// What the parent, which is a table, lacks.
fn mistake(parent: &Relation, key: &ForeignKey, clause: &Clause) -> Option<Diagnostic> {
    let name = &parent.name;
    let written: Vec<&str> = key
        .columns
        .iter()
        .filter_map(|(_, column)| column.as_deref())
        .collect();
    if written.is_empty() {
        let found = key.columns.len();
        let expected = parent
            .columns
            .iter()
            .filter(|column| column.key > 0)
            .count();
        if expected == 0 {
            let message =
                format!("`{name}` has no primary key, which is meant where no column is written");
            let help = format!("write the column behind the table: `REFERENCES {name}(column)`");
            return Some(broken(message, clause.span).help(help));
        }
        return (found != expected).then(|| another_count(parent, found, clause));
    }
    for (column, place) in written.iter().zip(0..) {
        if parent.column(column).is_none() {
            let message = format!("table `{name}` has no column `{column}`");
            let names = parent.columns.iter().map(|column| column.name.as_str());
            let span = clause.columns.get(place).copied().unwrap_or(clause.span);
            return Some(broken(message, span).did_you_mean(suggest(column, names)));
        }
    }
    let is_rowid = |column: &&str| parent.column(column).is_some_and(|column| column.rowid);
    if is_unique(parent, &written) || (written.len() == 1 && written.iter().all(is_rowid)) {
        return None;
    }
    Some(not_unique(parent, &written, clause))
}

fn another_count(parent: &Relation, found: usize, clause: &Clause) -> Diagnostic {
    let name = &parent.name;
    let mut keys: Vec<_> = parent
        .columns
        .iter()
        .filter(|column| column.key > 0)
        .collect();
    keys.sort_by_key(|column| column.key);
    let plural = if found == 1 { "" } else { "s" };
    let message = format!(
        "found {found} column{plural} for the primary key of `{name}`, expected {}",
        keys.len()
    );
    let keys: Vec<String> = keys.iter().map(|column| identifier(&column.name)).collect();
    let target = format!("{} ({})", identifier(name), keys.join(", "));
    broken(message, clause.span).help(format!(
        "refer to the whole key: `FOREIGN KEY (…) REFERENCES {target}`"
    ))
}

fn not_unique(parent: &Relation, written: &[&str], clause: &Clause) -> Diagnostic {
    let name = &parent.name;
    let index = identifier(&format!("{name}_{}", written.join("_")));
    let list: Vec<String> = written.iter().map(|column| identifier(column)).collect();
    let sql = format!(
        "CREATE UNIQUE INDEX {index} ON {} ({});",
        identifier(name),
        list.join(", ")
    );
    let (message, them) = if let [column] = written {
        (
            format!("`{name}.{column}` is not unique, so nothing can refer to it"),
            "it",
        )
    } else {
        let list = written.join("`, `");
        let message =
            format!("`{list}` of `{name}` are not unique together, so nothing can refer to them");
        (message, "them")
    };
    let diagnostic = broken(message, clause.place());
    let partial = parent
        .indexes
        .iter()
        .find(|index| index.unique && index.partial && covers(index, written));
    diagnostic.help(match partial {
        Some(index) => format!(
            "remove the WHERE clause of index `{}`: only a whole index counts",
            index.name
        ),
        None => format!("make {them} unique: `{sql}`"),
    })
}

/// Whether a whole unique index has exactly these columns.
fn is_unique(parent: &Relation, columns: &[&str]) -> bool {
    let mut indexes = parent
        .indexes
        .iter()
        .filter(|index| index.unique && !index.partial);
    indexes.any(|index| covers(index, columns))
}

/// Whether the index has exactly these columns, in any order.
fn covers(index: &Index, columns: &[&str]) -> bool {
    let is_asked = |found: &str| {
        columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(found))
    };
    let mut found = index.columns.iter();
    index.columns.len() == columns.len()
        && found.all(|found| found.as_deref().is_some_and(is_asked))
}

/// The index is there, but SQLite does not take it: it compares in another way than the column.
fn unexplained(refusal: &str, clauses: &[Clause], statement: &Statement) -> Diagnostic {
    let meant = |clause: &&Clause| refusal.ends_with(&format!("referencing \"{}\"", clause.table));
    let clause = clauses.iter().find(meant);
    let parent = clause.map_or("the parent", |clause| clause.table.as_str());
    let message =
        format!("the unique index of `{parent}` compares in another way than its columns do");
    broken(message, clause.map_or(statement.span, Clause::place))
        .help("give the index the collation of the columns")
}
