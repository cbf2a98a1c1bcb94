//! The functions of <https://sqlite.org/lang_mathfunc.html>, which the bundled SQLite lacks and the runtime brings along.

use std::collections::BTreeSet;
use std::sync::mpsc;

use sqlitenow::catalog::MATH_FUNCTIONS;
use sqlitenow_runtime::Value;
use sqlitenow_tests::board::BoardDatabase;

/// What a new connection answers.
async fn ask(sql: &'static str) -> Vec<Vec<Value>> {
    let (send, receive) = mpsc::channel();
    let builder = BoardDatabase::builder().on_open(move |setup| {
        send.send(setup.query(sql, &[])?).unwrap();
        Ok(())
    });
    builder.open().await.unwrap();
    receive.recv().unwrap()
}

#[tokio::test]
async fn c71_the_runtime_brings_along_what_the_compiler_accepts() {
    let rows = ask(
        "SELECT name, narg FROM pragma_function_list WHERE builtin = 0 AND narg >= 0 AND name NOT LIKE 'fts%'
             AND name NOT LIKE 'rtree%' AND name NOT IN ('match', 'matchinfo', 'offsets', 'optimize', 'snippet')",
    );
    let made: BTreeSet<(String, i64)> = rows
        .await
        .into_iter()
        .map(|row| match &row[..] {
            [Value::Text(name), Value::Integer(arguments)] => (name.clone(), *arguments),
            other => panic!("{other:?}"),
        })
        .collect();
    let accepted = MATH_FUNCTIONS.map(|(name, arguments)| (name.to_owned(), i64::from(arguments)));
    assert_eq!(made, BTreeSet::from(accepted));
}

/// Calls and what SQLite gives for them; where that is a REAL, up to rounding.
const CALLS: &[(&str, Value)] = &[
    ("acos(1)", Value::Real(0.0)),
    ("acos(2)", Value::Null),
    ("acosh(1)", Value::Real(0.0)),
    ("acosh(0)", Value::Null),
    ("asin(0.5)", Value::Real(std::f64::consts::FRAC_PI_6)),
    ("asinh(1)", Value::Real(0.881_373_587_019_543)),
    ("atan(1)", Value::Real(std::f64::consts::FRAC_PI_4)),
    ("atan2(1, -1)", Value::Real(2.356_194_490_192_345)),
    ("atanh(0.5)", Value::Real(0.549_306_144_334_054_8)),
    ("atanh(2)", Value::Null),
    ("ceil(1.2)", Value::Real(2.0)),
    ("ceiling(-1.2)", Value::Real(-1.0)),
    ("ceil(7)", Value::Integer(7)),
    ("ceil('7')", Value::Integer(7)),
    ("ceil('7.5')", Value::Real(8.0)),
    ("ceil('seven')", Value::Null),
    ("ceil(x'37')", Value::Null),
    ("cos(0)", Value::Real(1.0)),
    ("cosh(0)", Value::Real(1.0)),
    ("degrees(pi())", Value::Real(180.0)),
    ("exp(1)", Value::Real(std::f64::consts::E)),
    ("floor(-0.5)", Value::Real(-1.0)),
    ("ln(exp(2))", Value::Real(2.0)),
    ("ln(0)", Value::Null),
    ("log(1000)", Value::Real(3.0)),
    ("log(2, 8)", Value::Real(3.0)),
    ("log(1, 8)", Value::Null),
    ("log(2, 0)", Value::Null),
    ("log10(100)", Value::Real(2.0)),
    ("log2(8)", Value::Real(3.0)),
    ("mod(7.5, 2)", Value::Real(1.5)),
    ("mod(-7, 2)", Value::Real(-1.0)),
    ("mod(1, 0)", Value::Null),
    ("pi()", Value::Real(std::f64::consts::PI)),
    ("pow(2, 10)", Value::Real(1024.0)),
    ("power(-8, 1.0 / 3)", Value::Null),
    ("radians(180)", Value::Real(std::f64::consts::PI)),
    ("sin(0)", Value::Real(0.0)),
    ("sinh(0)", Value::Real(0.0)),
    ("sqrt(16)", Value::Real(4.0)),
    ("sqrt(' 16 ')", Value::Real(4.0)),
    ("sqrt('inf')", Value::Null),
    ("sqrt(-1)", Value::Null),
    ("sqrt(NULL)", Value::Null),
    ("tan(0)", Value::Real(0.0)),
    ("tanh(0)", Value::Real(0.0)),
    ("trunc(-1.7)", Value::Real(-1.0)),
    ("trunc(9223372036854775807)", Value::Integer(i64::MAX)),
];

#[tokio::test]
async fn c71_mathematical_functions_mean_what_sqlites_own_mean() {
    let calls: Vec<_> = CALLS.iter().map(|(call, _)| *call).collect();
    let sql: &'static str = format!("SELECT {}", calls.join(", ")).leak();
    let rows = ask(sql).await;
    for ((call, expected), found) in CALLS.iter().zip(&rows[0]) {
        let close = match (expected, found) {
            (Value::Real(expected), Value::Real(found)) => (expected - found).abs() < 1e-12,
            _ => expected == found,
        };
        assert!(close, "{call} is {found:?} instead of {expected:?}");
    }
}

#[tokio::test]
async fn c71_they_may_stand_in_indexes_generated_columns_and_views() {
    let (send, receive) = mpsc::channel();
    let builder = BoardDatabase::builder().on_open(move |setup| {
        setup.execute_batch(
            "PRAGMA trusted_schema = OFF;
             CREATE TEMP TABLE circle (radius REAL, area REAL AS (pi() * pow(radius, 2)));
             CREATE INDEX temp.circle_size ON circle(floor(radius));
             CREATE TEMP VIEW round AS SELECT sqrt(area / pi()) AS radius FROM circle;
             INSERT INTO circle VALUES (2.0);",
        )?;
        send.send(setup.query("SELECT radius FROM round", &[])?)
            .unwrap();
        setup.execute_batch("DROP VIEW round; DROP TABLE circle")
    });
    builder.open().await.unwrap();
    assert_eq!(receive.recv().unwrap(), [[Value::Real(2.0)]]);
}
