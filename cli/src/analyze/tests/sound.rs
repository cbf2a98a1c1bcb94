//! The promise of this room, tried on data: no NULL meets a column that is called non-null, no foreign storage class a type.
//!
//! Queries are put together from parts by a counter, so every run tries the same ones: expressions in six contexts, over
//! tables that hold NULL wherever they may, joins that miss, and over empty tables.

use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use super::parts::{AGGREGATES, CONDITIONS, DATA, EXPRESSIONS, JOINS, OPERATORS, QUERIES, WINDOWS};
use super::{Fixture, SCHEMA};
use crate::analyze::{Analysis, ResultColumn, SqlType};

pub(super) fn database(data: &str) -> Connection {
    let connection = Connection::open_in_memory().expect("a database in memory");
    connection.execute_batch(SCHEMA).expect("the schema");
    connection.execute_batch(data).expect("the data");
    connection
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let length = u64::try_from(from.len()).expect("a short list");
        from[usize::try_from((self.0 >> 33) % length).expect("a short list")]
    }

    fn fill(&mut self, pattern: &str, depth: usize) -> String {
        let mut filled = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("{}") {
            filled.push_str(before);
            filled.push_str(&self.expression(depth));
            rest = after;
        }
        filled + rest
    }

    fn expression(&mut self, depth: usize) -> String {
        let simple = depth == 0 || self.pick(&["a", "b", "c"]) == "a";
        if simple {
            return self.pick(EXPRESSIONS).to_owned();
        }
        let operator = self.pick(OPERATORS);
        self.fill(operator, depth - 1)
    }

    fn query(&mut self, round: usize) -> String {
        let (from, condition) = (self.pick(JOINS), self.pick(CONDITIONS));
        let tail = format!("FROM {from} WHERE {condition}");
        let (first, second) = (self.expression(2), self.expression(2));
        let aggregate = |dice: &mut Self, list: &[&str]| {
            let pattern = dice.pick(list).to_owned();
            dice.fill(&pattern, 1)
        };
        match round % 6 {
            0 | 1 => format!("SELECT {first} AS x, {second} AS y {tail}"),
            2 => format!(
                "SELECT {} AS x, {} AS y {tail}",
                aggregate(self, AGGREGATES),
                aggregate(self, AGGREGATES)
            ),
            3 => format!(
                "SELECT {} AS x, {first} AS y {tail} GROUP BY {second}",
                aggregate(self, AGGREGATES)
            ),
            4 => format!(
                "SELECT q.x, COALESCE(q.y, q.x) AS y FROM note LEFT JOIN (SELECT {first} AS x, {second} AS y {tail}) q ON q.x = note.id"
            ),
            _ => format!(
                "SELECT {} AS x, {first} AS y {tail} WINDOW w AS (ORDER BY p.id)",
                aggregate(self, WINDOWS)
            ),
        }
    }
}

pub(super) fn breach(column: &ResultColumn, value: ValueRef<'_>) -> bool {
    match value {
        // The NULL of NaN reads as NaN.
        ValueRef::Null => !(column.nullable || column.ty == SqlType::Real && column.may_be_nan),
        ValueRef::Integer(_) => match column.ty {
            SqlType::Integer | SqlType::Boolean | SqlType::Real | SqlType::Any => false,
            SqlType::Text => !column.keeps_numbers,
            SqlType::Blob => true,
        },
        ValueRef::Real(_) => match column.ty {
            SqlType::Real | SqlType::Any => false,
            SqlType::Text => !column.keeps_numbers,
            _ => true,
        },
        ValueRef::Text(_) => !matches!(column.ty, SqlType::Text | SqlType::Any),
        ValueRef::Blob(_) => !matches!(column.ty, SqlType::Blob | SqlType::Any),
    }
}

/// Runs `sql` and gives the first value that breaks a promise.
fn run(
    connection: &Connection,
    sql: &str,
    analysis: &Analysis,
    binding: &[Value],
) -> Option<String> {
    let mut statement = connection.prepare(sql).expect("SQLite accepted it before");
    for (index, value) in binding.iter().enumerate() {
        statement
            .raw_bind_parameter(index + 1, value)
            .expect("a parameter");
    }
    let mut rows = statement.raw_query();
    // Some queries fail while they run, at an overflow of SUM for example; the rows before that count.
    while let Ok(Some(row)) = rows.next() {
        for (index, column) in analysis.columns.iter().enumerate() {
            let value = row.get_ref(index).expect("a column");
            // Integer arithmetic that overflowed becomes Real; that is a conversion error, and no broken promise.
            let overflowed = column.ty == SqlType::Integer
                && matches!(value, ValueRef::Real(real) if real.abs() > 9e18);
            if breach(column, value) && !overflowed {
                return Some(format!(
                    "{sql}\n   {} {:?} nullable={} met {value:?}",
                    column.label, column.ty, column.nullable
                ));
            }
        }
    }
    None
}

fn try_all(queries: &[String]) -> (usize, Vec<String>) {
    let mut shop = Fixture::shop();
    let databases = [database(DATA), database("")];
    let (mut tried, mut broken) = (0, Vec::new());
    for sql in queries {
        let (Some(analysis), _) = shop.try_analyze(sql) else {
            continue;
        };
        tried += 1;
        broken.extend(
            databases
                .iter()
                .find_map(|connection| run(connection, sql, &analysis, &[])),
        );
    }
    (tried, broken)
}

#[test]
fn c81_no_null_and_no_foreign_class_meets_a_promise() {
    let mut dice = Dice(1);
    let rounds = 3_000;
    let mut queries: Vec<String> = QUERIES.iter().map(|&sql| sql.to_owned()).collect();
    for operator in OPERATORS.iter().chain(EXPRESSIONS) {
        for join in JOINS {
            queries.push(format!(
                "SELECT {} AS x FROM {join}",
                dice.fill(operator, 0)
            ));
        }
    }
    queries.extend((0..rounds).map(|round| dice.query(round)));
    let (tried, broken) = try_all(&queries);
    assert!(
        broken.is_empty(),
        "{} of {tried}:\n{}",
        broken.len(),
        broken[..broken.len().min(25)].join("\n")
    );
    assert!(
        tried * 10 > queries.len() * 9,
        "only {tried} of {} were accepted",
        queries.len()
    );
}

#[test]
fn returning_keeps_its_promises() {
    let mut shop = Fixture::shop();
    for sql in [
        "INSERT INTO person (name, height, active, balance) VALUES ('z', 1, 1, 1) RETURNING *",
        "INSERT INTO person (name, height, active, balance) VALUES ('z', 1, 1, 1) RETURNING id + 1, name || nick, rowid",
        "UPDATE person SET age = NULL, nick = NULL WHERE age IS NOT NULL AND nick = 'a' RETURNING age, nick, id",
        "DELETE FROM person WHERE nick IS NOT NULL RETURNING nick, name, born",
        "INSERT INTO adult (who) VALUES ('q') RETURNING who, years",
        "INSERT INTO backwards (a) VALUES ('q') RETURNING id",
        "INSERT INTO code VALUES ('notes', 5) ON CONFLICT DO UPDATE SET v = NULL RETURNING *",
        "REPLACE INTO swap VALUES ('a', NULL) RETURNING *, rowid",
        "INSERT INTO made VALUES (5, 6) RETURNING *",
        "UPDATE note SET address_id = a.id FROM address a LEFT JOIN person p ON p.id = 99 RETURNING body, address_id",
    ] {
        let analysis = shop.analyze(sql);
        assert_eq!(run(&database(DATA), sql, &analysis, &[]), None);
    }
}

#[test]
fn parameters_keep_their_promises() {
    let mut shop = Fixture::shop();
    for sql in [
        "SELECT :a AS x, :a + 1 AS y, COALESCE(:b, 'x') AS z FROM person WHERE id > :a",
        "SELECT :a AS x FROM person WHERE age IS :a",
        "SELECT :a AS x, name FROM person WHERE :a IS NULL OR name = :a",
        "SELECT name FROM person UNION SELECT :n",
        "SELECT q.x, q.y FROM (SELECT :p AS x, lower(:q) AS y) q LEFT JOIN person ON person.id = q.x",
        "WITH c AS (SELECT :p AS x) SELECT x, x || 'a' AS y FROM c JOIN person ON person.nick IS x",
        "SELECT CASE WHEN :f THEN :x ELSE age END AS y FROM person",
        "SELECT :u AS u, typeof(:u) AS t",
        "SELECT IIF(:c, :h, height) AS x, :h * 2 AS y FROM person WHERE height > :h",
    ] {
        let analysis = shop.analyze(sql);
        for with_null in [false, true] {
            let binding: Vec<Value> = analysis
                .parameters
                .iter()
                .map(|parameter| match parameter.ty {
                    _ if with_null && (parameter.nullable || parameter.ty == SqlType::Any) => {
                        Value::Null
                    }
                    SqlType::Boolean | SqlType::Integer => Value::Integer(1),
                    SqlType::Real => Value::Real(-0.5),
                    SqlType::Text | SqlType::Any => Value::Text("ann".to_owned()),
                    SqlType::Blob => Value::Blob(vec![1]),
                })
                .collect();
            assert_eq!(run(&database(DATA), sql, &analysis, &binding), None);
        }
    }
}
