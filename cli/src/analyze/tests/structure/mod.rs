//! The same structure in our tree and in that of a parser whose grammar is SQLite's own.
//!
//! Both trees become a list of facts – `column (+ a 1) as b`, `on (= a.x b.y)`, `table person as p` –, which are sorted and
//! compared, for the statements of the corpus and for what is left of them when tokens are dropped, doubled or swapped.
//! Expressions are printed with all their parentheses, so that a wrong rank of an operator shows.

mod ours;
mod theirs;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::source::SourceMap;
use crate::syntax::{Statement, split};

/// What a statement says, piece by piece.
#[derive(Default)]
struct Facts(Vec<String>);

impl Facts {
    fn note(&mut self, kind: &str, what: &str) {
        self.0.push(format!("{kind} {what}").to_lowercase());
    }

    fn sorted(mut self) -> Vec<String> {
        self.0.sort();
        self.0
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/sql")
}

/// Every statement of the corpus, parsed from its own text.
fn statements() -> Vec<String> {
    let mut found = Vec::new();
    for folder in fs::read_dir(corpus().join("queries")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let mut sources = SourceMap::default();
            let file = sources.add("q.sql", text.as_str());
            let cut = split(file, &text);
            found.extend(cut.iter().map(|one| one.text(&sources).to_owned()));
        }
    }
    found.sort();
    found
}

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for file in [
        "table",
        "column_constraint",
        "table_constraint",
        "index",
        "view",
        "virtual_table",
        "trigger",
    ] {
        let text = fs::read_to_string(corpus().join(format!("schema/{file}.sql"))).unwrap();
        connection.execute_batch(&text).unwrap();
    }
    connection
}

/// What became of one comparison.
enum Outcome {
    Same,
    /// The other parser does not take it.
    Unknown,
    Different(String),
}

fn compare(sql: &str) -> Outcome {
    let Some(theirs) = theirs::facts(sql) else {
        return Outcome::Unknown;
    };
    let mut sources = SourceMap::default();
    let file = sources.add("q.sql", sql);
    let statements: Vec<Statement> = split(file, sql);
    let [statement] = statements.as_slice() else {
        return Outcome::Different(format!("{sql}\n   is cut into {}", statements.len()));
    };
    let Some(ours) = ours::facts(&sources, statement) else {
        return Outcome::Different(format!("{sql}\n   is not taken apart"));
    };
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        let mut those = those.to_vec();
        let mut only = Vec::new();
        for fact in these {
            match those.iter().position(|other| other == fact) {
                Some(at) => drop(those.swap_remove(at)),
                None => only.push(fact.clone()),
            }
        }
        only
    };
    let (more, less) = (only(&ours, &theirs), only(&theirs, &ours));
    if more.is_empty() && less.is_empty() {
        Outcome::Same
    } else {
        Outcome::Different(format!("{sql}\n   found {more:?}\n   expected {less:?}"))
    }
}

/// Compares all of `statements`; at least `enough` of them must be taken by the other parser.
fn compare_all(statements: impl IntoIterator<Item = String>, enough: usize) {
    let (mut same, mut unknown, mut different) = (0, 0, Vec::new());
    for sql in statements {
        match compare(&sql) {
            Outcome::Same => same += 1,
            Outcome::Unknown => unknown += 1,
            Outcome::Different(difference) => different.push(difference),
        }
    }
    println!("{same} same, {unknown} not taken by the other parser");
    let shown = different.len().min(25);
    assert!(
        different.is_empty(),
        "{} differ:\n{}",
        different.len(),
        different[..shown].join("\n")
    );
    assert!(same >= enough, "only {same} were compared");
}

#[test]
fn the_corpus_has_the_same_structure_in_both_trees() {
    // One is nested too deep for us, by intent.
    let known = |sql: &String| !sql.contains(&"(".repeat(120));
    compare_all(statements().into_iter().filter(known), 700);
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

/// `sql` with one token dropped, doubled, or replaced by one of `other`.
fn mutate(dice: &mut Dice, sql: &str, other: &str) -> String {
    let words = |text: &str| -> Vec<String> {
        let tokens = crate::syntax::lex(text).into_iter();
        let significant = tokens.filter(crate::syntax::Token::is_significant);
        significant
            .map(|token| token.text(text).to_owned())
            .collect()
    };
    let (mut tokens, others) = (words(sql), words(other));
    let at = dice.below(tokens.len());
    match dice.below(4) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, tokens[at].clone()),
        2 => tokens[at].clone_from(&others[dice.below(others.len())]),
        _ => tokens.insert(at, others[dice.below(others.len())].clone()),
    }
    tokens.join(" ")
}

#[test]
fn mutated_statements_that_sqlite_takes_have_the_same_structure() {
    let connection = database();
    let statements: Vec<String> = statements()
        .into_iter()
        .filter(|sql| sql.len() < 400)
        .collect();
    let mut dice = Dice(7);
    let mutants = (0..12_000).map(|_| {
        let (one, other) = (dice.below(statements.len()), dice.below(statements.len()));
        mutate(&mut dice, &statements[one], &statements[other])
    });
    let accepted = mutants.filter(|sql| connection.prepare(sql).is_ok());
    let one = |sql: &String| !sql.trim_start().to_lowercase().starts_with("explain");
    let accepted: Vec<String> = accepted.filter(one).collect();
    compare_all(accepted, 1_000);
}
