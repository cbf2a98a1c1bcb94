//! Reads the schema of a database file that exists already; the file is opened read-only.
//!
//! Goes in: a path. Comes out: the CREATE statements of the user's objects in an order in which they can be run, without
//! SQLite's own tables and without the shadow tables of virtual ones.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::CatalogError;

/// What a [`SchemaObject`] is, in the order in which they are created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    /// A table, virtual or not.
    Table,
    /// A view.
    View,
    /// An index.
    Index,
    /// A trigger.
    Trigger,
}

/// An object of an existing schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaObject {
    /// What it is.
    pub kind: ObjectKind,
    /// Its name.
    pub name: String,
    /// The table it belongs to: for a table or view its own name.
    pub table: String,
    /// Its CREATE statement as SQLite keeps it, without semicolon.
    pub sql: String,
}

/// Lists what the user created in the database file `path`.
///
/// # Errors
///
/// When the file cannot be opened or is no database.
pub fn read_schema(path: &Path) -> Result<Vec<SchemaObject>, CatalogError> {
    let read = || -> rusqlite::Result<Vec<SchemaObject>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        let mut objects = list(&connection)?;
        objects.sort_by_key(|object| object.kind);
        Ok(order_views(objects))
    };
    read().map_err(|source| CatalogError::File {
        path: path.to_path_buf(),
        source,
    })
}

fn list(connection: &Connection) -> rusqlite::Result<Vec<SchemaObject>> {
    let mut statement = connection.prepare(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
           AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')
         ORDER BY rowid",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(SchemaObject {
            kind: match row.get::<_, String>(0)?.as_str() {
                "view" => ObjectKind::View,
                "index" => ObjectKind::Index,
                "trigger" => ObjectKind::Trigger,
                _ => ObjectKind::Table,
            },
            name: row.get(1)?,
            table: row.get(2)?,
            sql: row.get(3)?,
        })
    })?;
    rows.collect()
}

/// Moves each view behind those which it names; a view may have been dropped and made again after its users.
fn order_views(objects: Vec<SchemaObject>) -> Vec<SchemaObject> {
    let (mut views, mut ordered): (Vec<_>, Vec<_>) = objects
        .into_iter()
        .partition(|object| object.kind == ObjectKind::View);
    let tables = ordered
        .iter()
        .take_while(|object| object.kind == ObjectKind::Table)
        .count();
    let rest = ordered.split_off(tables);
    while !views.is_empty() {
        let names: Vec<String> = views
            .iter()
            .map(|view| view.name.to_ascii_lowercase())
            .collect();
        let free = views.iter().position(|view| {
            let own = view.name.to_ascii_lowercase();
            let sql = view.sql.to_ascii_lowercase();
            !names
                .iter()
                .any(|name| *name != own && mentions(&sql, name))
        });
        // Views that name each other only by accident of a word keep their order.
        ordered.push(views.remove(free.unwrap_or(0)));
    }
    ordered.extend(rest);
    ordered
}

fn mentions(sql: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    sql.match_indices(name).any(|(at, _)| {
        !sql[..at].ends_with(is_part) && !sql[at + name.len()..].starts_with(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::{ObjectKind, read_schema};
    use rusqlite::Connection;

    #[test]
    fn lists_user_objects_in_an_order_that_works() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.db");
        let connection = Connection::open(&path).expect("a new file");
        connection
            .execute_batch(
                "CREATE VIEW b AS SELECT * FROM a;
                 CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT UNIQUE);
                 CREATE VIEW a AS SELECT x FROM t;
                 CREATE INDEX i ON t(x);
                 CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;
                 CREATE VIRTUAL TABLE ft USING fts5(body);",
            )
            .expect("a valid schema");
        let objects = read_schema(&path).expect("a readable file");
        let found: Vec<_> = objects
            .iter()
            .map(|object| (object.kind, object.name.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (ObjectKind::Table, "t"),
                (ObjectKind::Table, "ft"),
                (ObjectKind::View, "a"),
                (ObjectKind::View, "b"),
                (ObjectKind::Index, "i"),
                (ObjectKind::Trigger, "g"),
            ]
        );
        assert!(read_schema(&folder.path().join("none.db")).is_err());
    }
}
