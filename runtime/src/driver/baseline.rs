//! Whether the schema is still the one that statements were generated for.
//!
//! In: the schema before the first raw statement that changes it, and after each of them. Out: whether the sets of generated
//! statements still hold. Invariant: what is new concerns them only if it is a trigger, refers to another table or takes a
//! name from one; whatever else is different from before concerns them.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::value::Value;

use super::Embedded;

const OBJECTS: &str = "SELECT type, name, sql FROM main.sqlite_schema WHERE type <> 'index' \
    UNION ALL SELECT type, name, sql FROM temp.sqlite_schema WHERE type <> 'index'";

const IN_THE_WAY: &str = "SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE type = 'trigger' \
    OR name COLLATE NOCASE IN (SELECT name FROM main.sqlite_schema))";

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    kind: String,
    name: String,
    sql: String,
}

/// The tables, views and triggers there are.
pub(super) struct Baseline(BTreeSet<Object>);

impl Baseline {
    pub(super) fn of(embedded: &Embedded) -> Result<Self> {
        let rows = embedded.query(OBJECTS, &[])?;
        let objects = rows.into_iter().filter_map(|row| {
            let [kind, name, sql] = <[Value; 3]>::try_from(row).ok()?;
            Some(Object {
                kind: text(kind),
                name: text(name),
                sql: text(sql),
            })
        });
        Ok(Self(objects.collect()))
    }

    /// Whether statements that were generated for this schema do the same under that one.
    pub(super) fn carries_over_to(&self, now: &Self) -> bool {
        let is_foreign = |new: &Object| {
            let same_name = |old: &Object| old.name.eq_ignore_ascii_case(&new.name);
            new.kind != "trigger"
                && !new.sql.to_ascii_uppercase().contains("REFERENCES")
                && !self.0.iter().any(same_name)
        };
        self.0.is_subset(&now.0) && now.0.difference(&self.0).all(is_foreign)
    }
}

/// Whether a hook has put something in the way of generated statements: a trigger, or another table or view of the same
/// name; also if that cannot be known.
pub(super) fn is_in_the_way(embedded: &Embedded) -> bool {
    let found = embedded.query(IN_THE_WAY, &[]);
    !found.is_ok_and(|rows| rows.concat() == [Value::Integer(0)])
}

/// Tables that SQLite makes by itself have no SQL.
fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rusqlite::Connection;

    use super::*;

    /// Whether statements generated for a parent and a child still hold after this.
    fn hold_after(sql: &str) -> bool {
        let connection = Connection::open_in_memory().unwrap();
        let mut embedded = Embedded::new(connection, Duration::ZERO).unwrap();
        embedded
            .script("CREATE TABLE parent (id INTEGER PRIMARY KEY, x); CREATE TABLE child (x)")
            .unwrap();
        let before = Baseline::of(&embedded).unwrap();
        embedded.script(sql).unwrap();
        before.carries_over_to(&Baseline::of(&embedded).unwrap())
    }

    #[test]
    fn what_no_generated_statement_can_meet_changes_nothing() {
        for sql in [
            "CREATE TABLE other (x); ALTER TABLE other ADD COLUMN y; DROP TABLE other",
            "CREATE INDEX parent_x ON parent (x); ANALYZE; REINDEX; VACUUM",
            "CREATE VIEW both AS SELECT x FROM parent UNION SELECT x FROM child",
            "CREATE TEMP TABLE import AS SELECT * FROM parent",
            "CREATE TRIGGER t AFTER INSERT ON parent BEGIN SELECT 1; END; DROP TRIGGER t",
        ] {
            assert!(hold_after(sql), "{sql}");
        }
    }

    #[test]
    fn temporary_triggers_and_names_that_hide_others_are_in_the_way() {
        for (hook, expected) in [
            ("CREATE TEMP TABLE other (x)", false),
            ("CREATE TEMP VIEW A AS SELECT 1 AS x", true),
            (
                "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
                true,
            ),
        ] {
            let connection = Connection::open_in_memory().unwrap();
            let mut embedded = Embedded::new(connection, Duration::ZERO).unwrap();
            embedded.script("CREATE TABLE a (x)").unwrap();
            embedded.script(hook).unwrap();
            assert_eq!(is_in_the_way(&embedded), expected, "{hook}");
        }
    }

    #[test]
    fn what_makes_statements_write_or_read_other_tables_is_noticed() {
        for sql in [
            "CREATE TRIGGER t AFTER INSERT ON parent BEGIN DELETE FROM child; END",
            "CREATE TEMP TRIGGER t AFTER INSERT ON parent BEGIN DELETE FROM child; END",
            "ALTER TABLE child ADD COLUMN y REFERENCES parent ON DELETE CASCADE",
            "CREATE TABLE third (x References parent (id) ON DELETE SET NULL)",
            "DROP TABLE child; CREATE VIEW child AS SELECT x FROM parent",
            "CREATE TEMP VIEW Child AS SELECT x FROM parent",
            "ALTER TABLE child RENAME TO kid; ALTER TABLE parent RENAME TO child",
        ] {
            assert!(!hold_after(sql), "{sql}");
        }
    }
}
