//! Makes SQLite look at what CREATE leaves unread: the query of a view and the body of a trigger.
//!
//! `CREATE VIEW v AS SELECT x FROM nowhere` succeeds; only using `v` fails. So each view and trigger is used once here.

use rusqlite::Connection;

use super::Header;

/// Prepares the text without running it.
pub(super) fn prepares(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare(sql).map(drop)
}

/// The text that uses a view.
pub(super) fn use_of_view(name: &str) -> String {
    format!("SELECT * FROM {}", quote(name))
}

/// Texts that fire any trigger on a table: one per kind of change that SQLite accepts at present.
///
/// What already fails is left out, so that a trigger is not blamed for another's mistake.
pub(super) fn uses_of_triggers(connection: &Connection, header: &Header) -> Vec<String> {
    let Some(table) = header.table.as_deref() else {
        return Vec::new();
    };
    let settable: Vec<String> = connection
        .prepare("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0")
        .and_then(|mut statement| {
            let names = statement.query_map([table], |row| row.get::<_, String>(0))?;
            names.collect()
        })
        .unwrap_or_default();
    let target = quote(table);
    let sets: Vec<String> = settable
        .iter()
        .map(|name| format!("{0} = {0}", quote(name)))
        .collect();
    [
        format!("DELETE FROM {target}"),
        format!("INSERT INTO {target} DEFAULT VALUES"),
        format!("UPDATE {target} SET {}", sets.join(", ")),
    ]
    .into_iter()
    // A view takes changes only through the trigger that is about to be created.
    .filter(|sql| match prepares(connection, sql) {
        Ok(()) => true,
        Err(error) => error.to_string().contains("because it is a view"),
    })
    .collect()
}

/// Whether the failure only says that the trigger is for another kind of change.
pub(super) fn is_no_fault(error: &rusqlite::Error) -> bool {
    error.to_string().contains("because it is a view")
}

/// A name as an identifier of SQL.
pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A name as one would write it: in quotes only when it needs them.
pub(super) fn identifier(name: &str) -> String {
    let mut chars = name.chars();
    let is_plain = chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain {
        name.to_owned()
    } else {
        quote(name)
    }
}
