//! The same statements, cut by us and by SQLite.

use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{Batch, Connection};

use crate::syntax::Statement;

use super::cut;
use super::statements::{SCHEMA, STATEMENTS};

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    connection
}

/// The byte ranges at which SQLite's own preparing cuts `script`; it must run through.
fn sqlite_bounds(connection: &Connection, script: &str) -> Vec<std::ops::Range<usize>> {
    let mut batch = Batch::new(connection, script);
    let mut start = 0;
    let mut bounds = Vec::new();
    while let Some(statement) = batch
        .next()
        .unwrap_or_else(|error| panic!("{error} in\n{script}"))
    {
        // SQLite keeps the text of a statement from the end of the one before to its own semicolon.
        let text = statement.expanded_sql().unwrap();
        let at = start
            + script[start..]
                .find(&text)
                .unwrap_or_else(|| panic!("{text}\nis not in\n{script}"));
        bounds.push(at..at + text.len());
        start = at + text.len();
    }
    bounds
}

#[test]
fn sqlite_accepts_every_statement_of_the_table() {
    let connection = database();
    let rejected: Vec<_> = STATEMENTS
        .iter()
        .filter_map(|text| connection.prepare(text).err())
        .collect();
    assert!(rejected.is_empty(), "{rejected:#?}");
}

#[test]
fn bounds_are_those_of_sqlite() {
    let connection = database();
    let separators = [
        ";",
        "; ;\n",
        " ; -- a;b\n",
        ";/* ' ; */",
        ";\r\n\t",
        "\n;\u{FEFF}",
        " -- it's\n;",
        "/* \" */;;;",
        ";\u{c}",
    ];
    let plain: Vec<&str> = STATEMENTS
        .iter()
        .copied()
        .filter(|s| cut(s).2[0].parameters.is_empty())
        .collect();
    assert!(plain.len() > 100, "{}", plain.len());
    for step in 0..separators.len() {
        for (number, chunk) in plain.chunks(7).enumerate() {
            let mut script = String::new();
            for (index, statement) in chunk.iter().enumerate() {
                script.push_str(statement);
                // A comment that is open at the end takes everything that would follow.
                script.push_str(separators[(index + number + step) % separators.len()]);
            }
            let (_, _, statements) = cut(&script);
            let bounds = sqlite_bounds(&connection, &script);
            assert_eq!(statements.len(), bounds.len(), "{script}");
            for ((ours, theirs), source) in statements.iter().zip(&bounds).zip(chunk) {
                assert!(
                    theirs.start <= ours.span.start && ours.span.end <= theirs.end,
                    "{script}"
                );
                assert_eq!(&script[ours.span.range()], *source);
            }
        }
    }
}

#[test]
fn parameters_are_numbered_and_named_as_sqlite_does() {
    let connection = database();
    assert!(STATEMENTS.len() >= 150, "{}", STATEMENTS.len());
    for text in STATEMENTS {
        let (sources, _, statements) = cut(text);
        assert_eq!(statements.len(), 1, "{text}");
        let prepared = connection
            .prepare(text)
            .unwrap_or_else(|error| panic!("{error} in\n{text}"));
        let parameters = &statements[0].parameters;
        let highest = parameters.iter().map(|p| p.number).max().unwrap_or(0);
        assert_eq!(highest, prepared.parameter_count(), "{text}");
        for number in 1..=highest {
            // A bare `?` has no name, and the first spelling is the one that counts.
            let written = parameters
                .iter()
                .filter(|p| p.number == number)
                .map(|p| sources.text(p.span));
            let name = written.clone().find(|spelling| *spelling != "?");
            assert_eq!(
                name,
                prepared.parameter_name(number),
                "{text}, number {number}"
            );
        }
        for parameter in parameters {
            let written = sources.text(parameter.span);
            if written != "?" && !written.starts_with('?') {
                assert_eq!(
                    prepared.parameter_index(written).unwrap(),
                    Some(parameter.number),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn what_we_call_a_query_is_what_sqlite_calls_one() {
    use crate::syntax::StatementKind as K;
    let connection = database();
    for text in STATEMENTS {
        let (sources, _, statements) = cut(text);
        let statement: &Statement = &statements[0];
        let prepared = connection.prepare(text).unwrap();
        match statement.kind {
            K::Select => assert!(prepared.readonly() && prepared.column_count() > 0, "{text}"),
            K::Insert | K::Update | K::Delete => {
                assert!(!prepared.readonly(), "{text}");
                assert_eq!(
                    prepared.column_count() > 0,
                    statement.has_returning(&sources),
                    "{text}"
                );
            }
            K::Other => {}
            _ => assert!(
                !prepared.readonly() && prepared.column_count() == 0,
                "{text}"
            ),
        }
    }
}
