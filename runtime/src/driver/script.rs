//! Runs the statements of a file one by one.
//!
//! In: `CREATE TABLE a (x); INSERT INTO a VALUES (1/0, 2);`. Out: nothing, or the text of the statement that
//! failed with SQLite's error. SQLite itself finds where statements end.

use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::{Batch, Connection};

use crate::error::{Error, extended_code, from_rusqlite, misread};

pub(super) fn run(connection: &Connection, sql: &str) -> Result<(), (String, Error)> {
    let mut batch = Batch::new(connection, sql);
    // Where the statements that were prepared so far end.
    let mut done = 0;
    loop {
        let mut statement = match batch.next() {
            Ok(Some(statement)) => statement,
            Ok(None) => return Ok(()),
            Err(error) => return Err(unprepared(error, sql, done)),
        };
        let text = statement.expanded_sql().unwrap_or_default();
        done = sql[done..]
            .find(&text)
            .map_or(done, |at| done + at + text.len());
        if let Err(error) = finish(&mut statement) {
            return Err((text.trim().to_owned(), from_rusqlite(error)));
        }
    }
}

fn finish(statement: &mut rusqlite::Statement<'_>) -> rusqlite::Result<()> {
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}

/// The statement that SQLite could not prepare, and why.
fn unprepared(error: rusqlite::Error, script: &str, done: usize) -> (String, Error) {
    let text = error.to_string();
    let misread = misread(&text, script);
    let offset = misread.as_ref().map_or(0, |misread| misread.offset);
    let rest = &script[done..];
    let statement = rest[..end_of_statement(rest, offset)].trim().to_owned();
    let error = match misread {
        Some(misread) => Error::sqlite(extended_code(&error), misread.message),
        None => from_rusqlite(error),
    };
    (statement, error)
}

/// The first semicolon at or after `offset` that is not inside a string, a quoted name or a comment.
fn end_of_statement(sql: &str, offset: usize) -> usize {
    let bytes = sql.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        at += match rest[0] {
            b';' if at >= offset => return at,
            quote @ (b'\'' | b'"' | b'`') => 1 + past(&rest[1..], &[quote]),
            b'[' => 1 + past(&rest[1..], b"]"),
            b'-' if rest.starts_with(b"--") => past(rest, b"\n"),
            b'/' if rest.starts_with(b"/*") => 2 + past(&rest[2..], b"*/"),
            _ => 1,
        };
    }
    sql.len()
}

/// How far it is to the end of `mark`.
fn past(bytes: &[u8], mark: &[u8]) -> usize {
    let found = bytes.windows(mark.len()).position(|window| window == mark);
    found.map_or(bytes.len(), |at| at + mark.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failing(sql: &str) -> String {
        let connection = Connection::open_in_memory().unwrap();
        run(&connection, sql).unwrap_err().0
    }

    #[test]
    fn a_statement_that_cannot_be_prepared_is_named_alone() {
        let sql = "CREATE TABLE a (x); INSERT INTO b VALUES ('a;b') -- why; not\n; SELECT 1;";
        assert_eq!(failing(sql), "INSERT INTO b VALUES ('a;b') -- why; not");
    }

    #[test]
    fn a_statement_is_named_alone_even_if_sqlite_points_at_nothing() {
        let sql = "CREATE TABLE a (x); -- one; two\n DROP TABLE b; SELECT 1;";
        assert_eq!(failing(sql), "-- one; two\n DROP TABLE b");
    }

    #[test]
    fn a_statement_that_fails_while_it_runs_is_named_alone() {
        let sql = "CREATE TABLE a (x UNIQUE);\nINSERT INTO a VALUES (1), (1);\nSELECT 1;";
        assert_eq!(failing(sql), "INSERT INTO a VALUES (1), (1);");
    }

    #[test]
    fn rows_and_comments_and_triggers_are_no_obstacle() {
        let connection = Connection::open_in_memory().unwrap();
        let sql = "/* ; */ CREATE TABLE a (x);
            CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END;
            INSERT INTO a VALUES (1), (2); SELECT * FROM a; -- ;";
        run(&connection, sql).unwrap();
    }
}
