//! The promise of the sets, tried on data: nothing happens outside of a write set, and what no write set touches a query
//! does not see.
//!
//! Schemas, rows and statements are made up by a counter, so every run tries the same ones. Each statement runs many
//! times with other values, on several databases, and is undone each time.

mod dice;
mod observe;
mod statements;
mod world;

use std::collections::BTreeSet;

use rusqlite::Connection;
use rusqlite::types::Value;

use self::dice::Dice;
use self::observe::{Member, compare, look, members};
use self::world::World;
use super::Fixture;
use crate::analyze::repair::{Repair, without};
use crate::analyze::{Analysis, RowKey, TableColumns, Write};

/// A statement with what the compiler says of it.
struct Analyzed {
    sql: String,
    analysis: Analysis,
}

/// What a trial found.
#[derive(Default)]
struct Findings {
    /// Runs that changed something.
    runs: usize,
    /// Members of write sets, and those of them that showed in some run.
    members: usize,
    shown: usize,
    /// Pairs of a run and a query that need not be told of it.
    untold: usize,
    /// Those of them where both name their rows.
    spared: usize,
    /// Members that never showed, for people to look at.
    idle: Vec<String>,
    /// Broken promises.
    broken: Vec<String>,
}

fn analyzed(fixture: &mut Fixture, sql: String) -> Option<Analyzed> {
    let (analysis, _) = fixture.try_analyze(&sql);
    Some(Analyzed {
        analysis: analysis?,
        sql,
    })
}

fn run(connection: &Connection, sql: &str, values: &[Value]) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = connection.prepare(sql)?;
    let width = statement.column_count();
    let values = values.iter().take(statement.parameter_count());
    let rows = statement.query_map(rusqlite::params_from_iter(values), |row| {
        (0..width).map(|at| row.get(at)).collect()
    })?;
    let mut rows: Vec<Vec<Value>> = rows.collect::<rusqlite::Result<_>>()?;
    rows.sort_by_key(|row| format!("{row:?}"));
    Ok(rows)
}

/// Whether the runtime tells a watch about a write: both touch a row of the same table, and a column that one reads.
fn concerns(write: (&Analysis, &[Value]), watch: (&Analysis, &[Value])) -> bool {
    let is_same_row = |table: &str| match (rows_of(write, table), rows_of(watch, table)) {
        (Some(written), Some(read)) => written.iter().any(|row| read.contains(row)),
        _ => true,
    };
    let reads = |table: &str| {
        let mut reads = watch.0.reads.iter();
        reads.find(|read| read.table == table)
    };
    write.0.writes.iter().any(|change| match change {
        Write::Insert(table) | Write::Delete(table) => reads(table).is_some() && is_same_row(table),
        Write::Update(TableColumns { table, columns }) => {
            let meets = |read: &TableColumns| read.columns.iter().any(|one| columns.contains(one));
            reads(table).is_some_and(meets) && is_same_row(table)
        }
    })
}

/// The rowids to which a statement is confined; none when it is not.
fn rows_of((analysis, values): (&Analysis, &[Value]), table: &str) -> Option<Vec<i64>> {
    let keys = analysis.keys.iter().filter(|key| key.table == table);
    let rowid = |key: &RowKey| match values[key.parameter - 1] {
        Value::Integer(rowid) => Some(rowid),
        _ => None,
    };
    let rows: Vec<i64> = keys.map(rowid).collect::<Option<_>>()?;
    (!rows.is_empty()).then_some(rows)
}

fn values(dice: &mut Dice) -> Vec<Value> {
    let value = |dice: &mut Dice| match dice.below(12) {
        0 => Value::Null,
        n => Value::Integer(i64::try_from(n).expect("a small number") % 9),
    };
    (0..8).map(|_| value(dice)).collect()
}

/// A database of this schema, with the rows that it does not refuse.
fn database(world: &World, dice: &mut Dice) -> Connection {
    let connection = Connection::open_in_memory().expect("a database in memory");
    connection.execute_batch(&world.schema).expect("the schema");
    for row in world.rows(dice) {
        let _ = connection.execute_batch(&row);
    }
    connection
}

/// A schema with databases of it and queries on them.
struct Ground {
    seed: u64,
    world: World,
    databases: Vec<Connection>,
    queries: Vec<Analyzed>,
}

/// One schema and some statements on it.
fn try_world(seed: u64, findings: &mut Findings) {
    let mut dice = Dice::new(seed);
    let world = World::random(&mut dice);
    let mut fixture = Fixture::new(&world.schema);
    let problems = &fixture.problems;
    assert!(problems.is_empty(), "{}\n{problems:?}", world.schema);
    let queries: Vec<String> = (0..10)
        .map(|_| statements::query(&mut dice, &world))
        .collect();
    let mut analyze = |sql| analyzed(&mut fixture, sql);
    let ground = Ground {
        seed,
        databases: (0..3).map(|_| database(&world, &mut dice)).collect(),
        queries: queries.into_iter().filter_map(&mut analyze).collect(),
        world,
    };
    for _ in 0..10 {
        if let Some(write) = analyze(statements::write(&mut dice, &ground.world)) {
            ground.try_write(&write, &mut dice, findings);
        }
    }
}

impl Ground {
    /// Runs a statement many times and undoes it each time.
    fn try_write(&self, write: &Analyzed, dice: &mut Dice, findings: &mut Findings) {
        let set = members(&write.analysis.writes);
        let mut shown: BTreeSet<Member> = BTreeSet::new();
        let mut changes = 0;
        for round in 0..60 {
            let connection = &self.databases[round % self.databases.len()];
            let (given, asked) = (values(dice), values(dice));
            connection.execute_batch("BEGIN").expect("no transaction");
            let before = look(connection, &self.world);
            let rows = |query: &Analyzed| run(connection, &query.sql, &asked).ok();
            let results: Vec<_> = self.queries.iter().map(rows).collect();
            let done = run(connection, &write.sql, &given);
            if connection.is_autocommit() {
                continue;
            }
            let after = look(connection, &self.world);
            if done.is_ok() && before != after {
                changes += 1;
                let difference = compare(&self.world, &before, &after, &set);
                shown.extend(difference.shown);
                let missing = difference.missing.into_iter();
                let missing = missing.map(|member| format!("{member:?} is not in {set:?}"));
                missing.for_each(|broken| self.report(write, &broken, findings));
                for (query, before) in self.queries.iter().zip(&results) {
                    if concerns((&write.analysis, &given), (&query.analysis, &asked)) {
                        continue;
                    }
                    let keyed = !write.analysis.keys.is_empty() && !query.analysis.keys.is_empty();
                    findings.untold += 1;
                    findings.spared += usize::from(keyed);
                    if rows(query) != *before {
                        self.report(write, &format!("untold: {}", query.sql), findings);
                    }
                }
            }
            connection.execute_batch("ROLLBACK").expect("a transaction");
        }
        // A statement that never got anywhere says nothing about its set.
        if changes >= 10 {
            findings.runs += changes;
            findings.members += set.len();
            findings.shown += set.intersection(&shown).count();
            let idle = set.difference(&shown);
            let seed = self.seed;
            findings
                .idle
                .extend(idle.map(|member| format!("{seed}: {member:?} of {}", write.sql)));
        }
    }

    fn report(&self, write: &Analyzed, broken: &str, findings: &mut Findings) {
        let (seed, schema) = (self.seed, &self.world.schema);
        let text = format!("seed {seed}: {}\n{broken}\n{schema}", write.sql);
        findings.broken.push(text);
    }
}

fn try_worlds(seeds: std::ops::Range<u64>) -> Findings {
    let mut findings = Findings::default();
    for seed in seeds {
        try_world(seed, &mut findings);
    }
    findings
}

#[test]
fn sets_hold_what_happens_and_little_else() {
    // `SETS=400 cargo test -p sqlitenow --lib sets_hold -- --nocapture` tries more of them.
    let worlds = std::env::var("SETS").map_or(25, |worlds| worlds.parse().expect("a number"));
    let findings = try_worlds(0..worlds);
    let Findings { members, shown, .. } = findings;
    println!(
        "{} runs; {} of {members} members never showed; {} results compared, {} of keyed statements\n{}",
        findings.runs,
        members - shown,
        findings.untold,
        findings.spared,
        findings.idle.join("\n")
    );
    let broken = &findings.broken;
    assert!(
        broken.is_empty(),
        "{}\n{}",
        broken.len(),
        broken[..broken.len().min(6)].join("\n")
    );
    assert!(findings.untold > 1_000, "{}", findings.untold);
    assert!(findings.spared > 500, "{}", findings.spared);
    assert!(
        (members - shown) * 20 <= members,
        "{} of {members} members never showed",
        members - shown
    );
}

#[test]
fn each_repair_is_missed_when_it_is_off() {
    for repair in [
        Repair::Generated,
        Repair::StatementReplace,
        Repair::ConstraintReplace,
        Repair::TriggerReplace,
        Repair::ReplaceReachesTriggers,
        Repair::Rowid,
        Repair::HiddenColumns,
        Repair::Joined,
        Repair::Backing,
        Repair::Shadow,
        Repair::Sequence,
    ] {
        let is_missed = |seed| {
            let mut findings = Findings::default();
            without(repair, || try_world(seed, &mut findings));
            !findings.broken.is_empty()
        };
        let seed = (0..40).find(|&seed| is_missed(seed));
        assert!(seed.is_some(), "nothing is missed without {repair:?}");
    }
}
