//! C81: the promises of this room, tried with random schemas, rows and statements, and the proof that the trial notices
//! the loss of any rule.
//!
//! `SOUND=100000 cargo test -p sqlitenow --lib promises` tries so many statements; `SOUND_SEED=7` starts elsewhere.

use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use super::Fixture;
use super::sound::breach;
use crate::analyze::rule::Rule;
use crate::analyze::rule::tests::{ALL, without};
use crate::analyze::{Analysis, Parameter, ResultColumn, SqlType};
use crate::diagnostic::Severity;
use crate::random::{Database, Dice};

/// Statements of one database.
const OF_ONE: usize = 40;

/// Steps after which a statement has run for long enough; joins of views have many rows.
const STEPS: i32 = 100_000;

/// A database with statements over it.
struct World {
    seed: u64,
    database: Database,
    fixture: Fixture,
    connection: Connection,
    statements: Vec<String>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let database = Database::new(&mut dice);
        let mut connection = Connection::open_in_memory().expect("a database in memory");
        connection
            .execute_batch(&database.schema)
            .expect("a schema");
        let schema = usable(&connection, &database.schema);
        connection.execute_batch(&database.data).expect("rows");
        connection
            .progress_handler(STEPS, Some(|| true))
            .expect("an open connection");
        let fixture = Fixture::new(&schema);
        let statements = (0..OF_ONE)
            .map(|number| match number % 8 {
                0 => database.write(&mut dice),
                number => database.query(&mut dice, number < 4),
            })
            .collect();
        Self {
            seed,
            database,
            fixture,
            connection,
            statements,
        }
    }

    /// What is said of one statement; none when SQLite or a diagnostic refuses it.
    fn analyze(&mut self, at: usize) -> Option<Analysis> {
        let (analysis, problems) = self.fixture.try_analyze(&self.statements[at]);
        let wrong = problems
            .iter()
            .any(|problem| problem.severity == Severity::Error);
        analysis.filter(|_| !wrong)
    }

    /// The promise of `analysis` that one statement breaks.
    fn broken(&self, at: usize, analysis: &Analysis) -> Option<String> {
        let sql = &self.statements[at];
        let mut dice = Dice::new(self.seed ^ at as u64);
        let rounds = if analysis.parameters.is_empty() { 1 } else { 3 };
        self.connection
            .execute_batch("BEGIN")
            .expect("no transaction");
        let broken = (0..rounds).find_map(|_| {
            let parameters = analysis.parameters.iter();
            let values: Vec<_> = parameters
                .map(|parameter| value_for(parameter, &mut dice))
                .collect();
            let found = met(&self.connection, sql, &values, &analysis.columns)?;
            let Database { schema, data, .. } = &self.database;
            let seed = self.seed;
            Some(format!(
                "seed {seed} statement {at}: {found}\n{sql}\nwith {values:?} over\n{schema}{data}"
            ))
        });
        self.connection
            .execute_batch("ROLLBACK")
            .expect("a transaction");
        broken
    }

    /// Whether a statement breaks a promise once `rule` does not hold.
    fn notices(&mut self, rule: Rule) -> bool {
        (0..self.statements.len()).any(|at| {
            let before = self.analyze(at).map(|analysis| promises(&analysis));
            let analysis = without(rule, || self.analyze(at));
            analysis.is_some_and(|analysis| {
                before.as_ref() != Some(&promises(&analysis))
                    && self.broken(at, &analysis).is_some()
            })
        })
    }
}

/// All that is promised about the columns.
fn promises(analysis: &Analysis) -> Vec<(SqlType, [bool; 3])> {
    let columns = analysis.columns.iter();
    columns
        .map(|column| {
            let flags = [column.nullable, column.may_be_nan, column.keeps_numbers];
            (column.ty, flags)
        })
        .collect()
}

/// The statements of a schema, without the views that SQLite cannot select from.
fn usable(connection: &Connection, schema: &str) -> String {
    let mut usable = String::new();
    let mut bad = Vec::new();
    for line in schema.lines() {
        let view = line
            .strip_prefix("CREATE VIEW ")
            .and_then(|rest| rest.split(' ').next());
        if let Some(view) = view
            && connection
                .prepare(&format!("SELECT * FROM {view}"))
                .is_err()
        {
            bad.push(view);
        }
        if !bad.iter().any(|view| line.contains(*view)) {
            usable += line;
            usable += "\n";
        }
    }
    for view in bad.iter().rev() {
        let drop = format!("DROP VIEW {view}");
        connection.execute_batch(&drop).expect("a view");
    }
    usable
}

/// A value that the verdict about a parameter allows.
fn value_for(parameter: &Parameter, dice: &mut Dice) -> Value {
    if parameter.nullable && dice.chance(50) {
        return Value::Null;
    }
    match parameter.ty {
        SqlType::Boolean => Value::Integer(dice.pick(&[0, 1])),
        SqlType::Integer => Value::Integer(dice.pick(&[0, 1, -3, 7])),
        SqlType::Real => Value::Real(dice.pick(&[0.0, 1.5, -2.25])),
        SqlType::Text => Value::Text(dice.pick(&["", "a", "2024"]).to_owned()),
        SqlType::Blob => Value::Blob(vec![1]),
        SqlType::Any => dice.pick(&[Value::Null, Value::Integer(1), Value::Text("a".to_owned())]),
    }
}

/// Runs a statement and gives the first value that breaks a promise about its column.
fn met(
    connection: &Connection,
    sql: &str,
    values: &[Value],
    columns: &[ResultColumn],
) -> Option<String> {
    let mut statement = connection.prepare(sql).expect("SQLite accepted it before");
    for (index, value) in values.iter().enumerate() {
        statement
            .raw_bind_parameter(index + 1, value)
            .expect("a parameter");
    }
    let mut rows = statement.raw_query();
    // Some statements fail while they run, at malformed JSON for example; the rows before that count.
    while let Ok(Some(row)) = rows.next() {
        for (index, column) in columns.iter().enumerate() {
            let value = row.get_ref(index).expect("a column");
            // Integer arithmetic that overflowed becomes Real; that is a conversion error, and no broken promise.
            let overflowed = column.ty == SqlType::Integer
                && matches!(value, ValueRef::Real(real) if real.abs() > 9e18);
            if breach(column, value) && !overflowed {
                let (label, ty, nullable) = (&column.label, column.ty, column.nullable);
                return Some(format!("{label} {ty:?} nullable={nullable} met {value:?}"));
            }
        }
    }
    None
}

fn number(variable: &str, otherwise: u64) -> u64 {
    let value = std::env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(otherwise)
}

#[test]
fn c81_random_statements_over_random_databases_keep_their_promises() {
    let (seed, wanted) = (number("SOUND_SEED", 1), number("SOUND", 1_200));
    let worlds = wanted / OF_ONE as u64;
    let (mut accepted, mut typed, mut all) = (0_u64, 0, 0);
    let mut broken = Vec::new();
    for mut world in (seed..seed + worlds).map(World::new) {
        for at in 0..world.statements.len() {
            let Some(analysis) = world.analyze(at) else {
                continue;
            };
            accepted += 1;
            all += analysis.columns.len();
            typed += analysis
                .columns
                .iter()
                .filter(|column| column.ty != SqlType::Any)
                .count();
            broken.extend(world.broken(at, &analysis));
        }
        if broken.len() > 5 {
            break;
        }
    }
    assert!(
        broken.is_empty(),
        "{} promises:\n{}",
        broken.len(),
        broken.join("\n\n")
    );
    assert!(
        accepted * 10 > wanted * 7,
        "only {accepted} of {wanted} were accepted"
    );
    assert!(
        typed * 10 > all * 6,
        "only {typed} of {all} columns have a type"
    );
}

/// Seeds whose statements break a promise once a rule does not hold.
const NOTICED_AT: [(Rule, u64); ALL.len() - NOTICED_BY.len()] = [
    (Rule::NullableColumn, 1),
    (Rule::LeftJoin, 6),
    (Rule::RightJoin, 13),
    (Rule::FullJoin, 4),
    (Rule::OuterCondition, 14),
    (Rule::EitherArm, 48),
    (Rule::ProofInArm, 2),
    (Rule::OtherRows, 16),
    (Rule::BareColumn, 1),
    (Rule::EmptySet, 1),
    (Rule::NullableSet, 2),
    (Rule::Filter, 4),
    (Rule::Frame, 5),
    (Rule::MissingRow, 11),
    (Rule::NoRow, 4),
    (Rule::Limit, 66),
    (Rule::Having, 7),
    (Rule::Division, 27),
    (Rule::Operand, 4),
    (Rule::NullIf, 2),
    (Rule::NoElse, 2),
    (Rule::NullInList, 5),
    (Rule::Path, 10),
    (Rule::Arms, 2),
    (Rule::Argument, 5),
    (Rule::SomeValues, 1),
    (Rule::Date, 1),
    (Rule::Coalesce, 12),
    (Rule::InsteadOf, 2),
    (Rule::Affinity, 15),
    (Rule::CommonType, 3),
];

/// Statements over the shop that break a promise once a rule does not hold which chance seldom needs.
const NOTICED_BY: [(Rule, &str); 4] = [
    (
        Rule::MergedColumn,
        "SELECT age FROM (SELECT age FROM person) FULL JOIN (SELECT 30 AS age) USING (age)",
    ),
    (
        Rule::EmptyIn,
        "SELECT age FROM person WHERE age NOT IN (SELECT 1 WHERE 0)",
    ),
    (
        Rule::NotANumber,
        "SELECT (height + 9e999) - 9e999 > 1 AS x FROM person",
    ),
    (
        Rule::Recursion,
        "WITH RECURSIVE c(n, m) AS (SELECT 1, 1 UNION ALL SELECT m, NULL FROM c LIMIT 3) SELECT n FROM c",
    ),
];

#[test]
fn the_trial_notices_the_loss_of_any_rule() {
    let noted = NOTICED_AT.map(|(rule, _)| rule).into_iter();
    let mut noted: Vec<_> = noted.chain(NOTICED_BY.map(|(rule, _)| rule)).collect();
    noted.sort_unstable_by_key(|rule| *rule as usize);
    assert_eq!(noted, ALL, "every rule once");
    let stale: Vec<_> = NOTICED_AT
        .into_iter()
        .filter(|(rule, seed)| !World::new(*seed).notices(*rule))
        .map(|(rule, _)| {
            let other = (1..=100).find(|seed| World::new(*seed).notices(rule));
            (rule, other)
        })
        .collect();
    assert!(stale.is_empty(), "other seeds notice it: {stale:?}");
    let mut shop = Fixture::shop();
    let connection = super::sound::database(super::parts::DATA);
    for (rule, sql) in NOTICED_BY {
        let columns = shop.analyze(sql).columns;
        assert_eq!(met(&connection, sql, &[], &columns), None, "{rule:?}");
        let columns = without(rule, || shop.analyze(sql).columns);
        assert!(met(&connection, sql, &[], &columns).is_some(), "{rule:?}");
    }
}
