//! The tables of built-in functions, compared with SQLite itself: its list of functions, and what they give for values of
//! every storage class, in every place of their arguments.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use super::Fixture;
use super::sound::breach;
use crate::analyze::ResultColumn;
use crate::analyze::functions::{Function, Kind, PAGES, find};
use crate::catalog::MATH_FUNCTIONS;

/// Built-in functions that the bundled SQLite leaves out, beside those of mathematics.
const LEFT_OUT: [&str; 4] = ["median", "percentile", "percentile_cont", "percentile_disc"];

/// Functions that cannot be called by themselves, and why.
const UNCALLABLE: &[(&str, &str)] = &[
    ("bm25", "needs a full-text query"),
    ("current_date", "is a word, not a call"),
    ("current_time", "is a word, not a call"),
    ("current_timestamp", "is a word, not a call"),
    ("fts5_get_locale", "needs a full-text query"),
    ("highlight", "needs a full-text query"),
    ("likelihood", "needs a literal"),
    ("load_extension", "switched off"),
    ("match", "needs a full-text query"),
    ("matchinfo", "needs a full-text query"),
    ("offsets", "needs a full-text query"),
    ("optimize", "needs a full-text query"),
    ("rtreecheck", "needs an R-Tree"),
    ("snippet", "needs a full-text query"),
];

/// Calls that may be NULL, as their table says, and were not, since the trial does not reach that far.
const NEVER_MET: [&str; 6] = [
    "fts3_tokenizer/1",
    "fts3_tokenizer/2",
    "fts5_locale/2",
    "json_remove/3",
    "jsonb_remove/3",
    "rtreedepth/1",
];

const SCHEMA: &str = "CREATE TABLE v (
    i INTEGER NOT NULL, r REAL NOT NULL, t TEXT NOT NULL, b BLOB NOT NULL, maybe_i INTEGER, maybe_t TEXT);";

/// Columns of `v` with values of theirs; those in front are tried in calls of three arguments, too.
fn columns() -> Vec<(&'static str, Vec<Value>)> {
    let texts = [
        "",
        "a",
        "{\"a\":[1,null]}",
        "2024-05-01 10:00",
        "5",
        "now",
        "%Y",
        "$.a",
        "$",
        "+1 day",
        "subsec",
        "-1.5",
        "100%",
    ];
    let text = |text: &str| Value::Text(text.to_owned());
    vec![
        (
            "i",
            [1, 0, -1, 2, i64::MAX, i64::MIN]
                .map(Value::Integer)
                .to_vec(),
        ),
        (
            "r",
            [1.5, -2.5, 0.0, 1e300, f64::INFINITY]
                .map(Value::Real)
                .to_vec(),
        ),
        ("t", texts.map(text).to_vec()),
        (
            "b",
            [vec![], vec![1], b"{}".to_vec()].map(Value::Blob).to_vec(),
        ),
        ("maybe_i", vec![Value::Null, Value::Integer(1)]),
        ("maybe_t", vec![Value::Null, text("x")]),
    ]
}

/// Every way to fill `count` places.
fn fillings<T: Clone>(from: &[T], count: usize) -> Vec<Vec<T>> {
    (0..count).fold(vec![Vec::new()], |filled, _| {
        let longer = filled.iter().flat_map(|start| {
            from.iter().map(move |next| {
                let mut longer = start.clone();
                longer.push(next.clone());
                longer
            })
        });
        longer.collect()
    })
}

/// What was found out about the functions.
#[derive(Default)]
struct Outcome {
    broken: Vec<String>,
    called: BTreeSet<&'static str>,
    /// Calls on non-null columns that may be NULL, as is said, and whether one was.
    nullable: BTreeMap<(&'static str, usize), bool>,
}

struct Trial<'a> {
    fixture: &'a mut Fixture,
    connection: Connection,
    outcome: Outcome,
}

impl Trial<'_> {
    fn run(&mut self, function: &'static Function, kind: Kind, arguments: usize) {
        let mut columns = columns();
        if arguments > 2 {
            columns.retain(|(name, _)| ["i", "t", "b", "maybe_t"].contains(name));
            for (_, values) in &mut columns {
                values.truncate(3);
            }
        }
        for filling in fillings(&columns, arguments) {
            let names: Vec<&str> = filling.iter().map(|(name, _)| *name).collect();
            let group = if kind == Kind::Aggregate {
                "GROUP BY i"
            } else {
                ""
            };
            let sql = format!(
                "SELECT {}({}) AS x FROM v {group}",
                function.name,
                names.join(", ")
            );
            let (Some(analysis), _) = self.fixture.try_analyze(&sql) else {
                continue;
            };
            let places: Vec<String> = (1..=arguments).map(|at| format!("?{at}")).collect();
            let call = format!("SELECT {}({})", function.name, places.join(", "));
            let values: Vec<_> = filling.into_iter().map(|(_, values)| values).collect();
            let sure = !names.iter().any(|name| name.starts_with("maybe"));
            self.call(function, &call, &values, &analysis.columns[0], sure);
        }
    }

    fn call(
        &mut self,
        function: &'static Function,
        sql: &str,
        values: &[Vec<Value>],
        verdict: &ResultColumn,
        sure: bool,
    ) {
        let Ok(mut statement) = self.connection.prepare_cached(sql) else {
            return;
        };
        let key = (function.name, values.len());
        if sure && verdict.nullable {
            self.outcome.nullable.entry(key).or_default();
        }
        let mut counters = vec![0; values.len()];
        loop {
            for (at, values) in values.iter().enumerate() {
                statement
                    .raw_bind_parameter(at + 1, &values[counters[at]])
                    .expect("a parameter");
            }
            let mut rows = statement.raw_query();
            if let Ok(Some(row)) = rows.next() {
                let found = row.get_ref(0).expect("a column");
                self.outcome.called.insert(function.name);
                if sure && found == ValueRef::Null && verdict.nullable {
                    self.outcome.nullable.insert(key, true);
                }
                let given: Vec<_> = values
                    .iter()
                    .zip(&counters)
                    .map(|(values, &at)| &values[at])
                    .collect();
                if breach(verdict, found) && !asks_for_subseconds(function, &given) {
                    self.outcome.broken.push(format!(
                        "{sql} with {given:?} gave {found:?}, said {:?} nullable={}",
                        verdict.ty, verdict.nullable
                    ));
                }
            }
            drop(rows);
            let Some(at) = (0..counters.len()).find(|&at| counters[at] + 1 < values[at].len())
            else {
                return;
            };
            counters[at] += 1;
            counters[..at].fill(0);
        }
    }
}

fn try_all() -> Outcome {
    let mut fixture = Fixture::new(SCHEMA);
    let mut trial = Trial {
        fixture: &mut fixture,
        connection: Connection::open_in_memory().expect("a database in memory"),
        outcome: Outcome::default(),
    };
    for page in PAGES.iter().filter(|page| page.kind != Kind::Window) {
        for function in page.functions {
            for arguments in function.least..=function.most.min(function.least.max(2) + 1).min(3) {
                trial.run(function, page.kind, usize::from(arguments));
            }
        }
    }
    trial.outcome
}

#[test]
fn functions_give_what_their_table_says_for_every_storage_class() {
    let outcome = try_all();
    let broken = &outcome.broken;
    assert!(
        broken.is_empty(),
        "{} calls:\n{}",
        broken.len(),
        broken[..broken.len().min(40)].join("\n")
    );
    let missing: Vec<_> = PAGES
        .iter()
        .filter(|page| page.kind != Kind::Window)
        .flat_map(|page| page.functions)
        .map(|function| function.name)
        .filter(|name| !outcome.called.contains(name) && !LEFT_OUT.contains(name) && !is_math(name))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let uncallable: Vec<_> = UNCALLABLE.iter().map(|(name, _)| *name).collect();
    assert_eq!(missing, uncallable);
    let dull: Vec<_> = outcome
        .nullable
        .iter()
        .filter(|((name, _), met)| !**met && !uncallable.contains(name))
        .map(|((name, arguments), _)| format!("{name}/{arguments}"))
        .collect();
    assert_eq!(dull, NEVER_MET);
}

/// A column that holds 'subsec' in place of a time makes a REAL of `unixepoch`; it is an `Integer` none the less, and
/// such a row an error.
fn asks_for_subseconds(function: &Function, given: &[&Value]) -> bool {
    function.name == "unixepoch" && given == [&Value::Text("subsec".to_owned())]
}

fn is_math(name: &str) -> bool {
    MATH_FUNCTIONS.iter().any(|(math, _)| *math == name)
}

#[test]
fn the_tables_list_the_functions_of_the_bundled_sqlite() {
    let connection = Connection::open_in_memory().expect("a database in memory");
    let known: Vec<(String, i64, String)> = connection
        .prepare("SELECT DISTINCT name, narg, type FROM pragma_function_list")
        .and_then(|mut statement| {
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect()
        })
        .expect("the list of functions");
    for (name, arguments, ty) in &known {
        // Operators, which are no functions to anybody who writes SQL.
        if name.starts_with("->") {
            continue;
        }
        let least = match *arguments {
            fixed @ 0.. => usize::try_from(fixed).expect("a small number"),
            -1 => usize::from(
                named(name)
                    .map(|function| function.least)
                    .min()
                    .unwrap_or_default(),
            ),
            at_least => usize::try_from(-2 - at_least).expect("a small number"),
        };
        let found = find(name, least.max(1)).or_else(|| find(name, least));
        let found = if *arguments < -2 {
            find(name, least.max(2))
        } else {
            found
        };
        let (kind, _) =
            found.unwrap_or_else(|| panic!("{name} of {arguments} arguments is in no table"));
        assert_eq!(kind == Kind::Scalar, ty == "s", "{name}");
    }
    for function in PAGES.iter().flat_map(|page| page.functions) {
        let is_known = known.iter().any(|(name, ..)| name == function.name);
        let may_lack = is_math(function.name) || LEFT_OUT.contains(&function.name);
        assert!(is_known || may_lack, "SQLite has no {}", function.name);
    }
}

fn named(name: &str) -> impl Iterator<Item = &'static Function> {
    let functions = PAGES.iter().flat_map(|page| page.functions);
    functions.filter(move |function| function.name == name)
}
