//! Files that have tables and no version.

use std::path::{Path, PathBuf};

use sqlitenow_runtime::v1::{Builder, Database, Handle, Migrations, Script};
use sqlitenow_runtime::{Cell, Error, Result, Value};
use tempfile::TempDir;

const SCHEMA: &[Script] = &[Script::new(
    "schema/pet.sql",
    "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
     CREATE INDEX pet_by_name ON pet (lower(name));
     CREATE VIEW named AS SELECT name FROM pet;
     CREATE VIRTUAL TABLE said USING fts5(words);
     CREATE TRIGGER heard AFTER INSERT ON pet BEGIN INSERT INTO said VALUES (new.name); END;",
)];

#[derive(Clone, Debug)]
struct Pets(Database);

impl Handle for Pets {
    type Adapters = ();

    const MIGRATIONS: Migrations = Migrations {
        version: 4,
        schema: SCHEMA,
        init: &[Script::new(
            "init/pet.sql",
            "INSERT INTO pet (name) VALUES ('Rex');",
        )],
        ..Migrations::NONE
    };
    const STATEMENTS: usize = 0;

    fn from_database(database: Database) -> Self {
        Self(database)
    }

    fn database(&self) -> &Database {
        &self.0
    }
}

fn file(sql: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch(sql).unwrap();
    (folder, path)
}

async fn adopt(path: &Path) -> Result<Pets> {
    Builder::<Pets>::new(())
        .path(path)
        .adopt_existing()
        .open()
        .await
}

fn ask(path: &Path, sql: &str) -> Value {
    let connection = rusqlite::Connection::open(path).unwrap();
    let number = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    Value::Integer(number)
}

/// The schema as somebody else would write it.
const SAME: &str = "CREATE TABLE \"Pet\" ([id] integer primary key, -- the key
        name TEXT not null);
     INSERT INTO pet VALUES (7, 'Mia');
     CREATE INDEX pet_by_name ON pet(LOWER(name));
     CREATE VIEW named AS SELECT \"name\" FROM pet;
     CREATE VIRTUAL TABLE said USING fts5(words);
     CREATE TRIGGER heard AFTER INSERT ON pet BEGIN INSERT INTO said VALUES (new.name); END;";

#[tokio::test]
async fn r117_a_file_without_a_version_is_adopted_if_it_has_the_schema() {
    let (_folder, path) = file(SAME);
    let refused = Builder::<Pets>::new(()).path(&path).open().await;
    assert!(matches!(refused, Err(Error::Unversioned { table, .. }) if table == "Pet"));
    drop(adopt(&path).await.unwrap());
    assert_eq!(ask(&path, "PRAGMA user_version"), Value::Integer(4));
    // Its rows are there, and no seed.
    assert_eq!(ask(&path, "SELECT sum(id) FROM pet"), Value::Integer(7));
    drop(Builder::<Pets>::new(()).path(&path).open().await.unwrap());
}

#[tokio::test]
async fn r117_another_schema_is_refused_with_the_difference_and_the_file_stays() {
    let cases = [
        (
            SAME.replace("not null", ""),
            "found `name text )` in table `pet`, expected `name text not null )` in table `pet`",
        ),
        (
            SAME.replace("CREATE VIEW", "CREATE TABLE x (y); CREATE VIEW"),
            "found table `x`, expected no table `x`",
        ),
        (
            SAME.replace("LOWER(name)", "upper(name)"),
            "found `pet ( upper ( name )` in index `pet_by_name`, expected `pet ( lower ( name )` in index `pet_by_name`",
        ),
        (
            "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL)".to_owned(),
            "found no index `pet_by_name`, expected index `pet_by_name`",
        ),
    ];
    for (sql, difference) in cases {
        let (_folder, path) = file(&sql);
        let before = std::fs::read(&path).unwrap();
        let error = adopt(&path).await.unwrap_err();
        assert!(matches!(error, Error::SchemaMismatch { .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!("the schema differs: {difference}")
        );
        assert_eq!(std::fs::read(&path).unwrap(), before, "{difference}");
    }
}

#[tokio::test]
async fn adopting_changes_nothing_for_fresh_and_versioned_files() {
    let (_folder, path) = file("");
    drop(adopt(&path).await.unwrap());
    assert_eq!(ask(&path, "SELECT count(*) FROM pet"), Value::Integer(1));
    drop(adopt(&path).await.unwrap());
    assert_eq!(ask(&path, "SELECT count(*) FROM pet"), Value::Integer(1));
}

#[tokio::test]
async fn the_schema_it_is_compared_with_knows_the_applications_functions() {
    #[derive(Clone, Debug)]
    struct Slugs(Database);
    impl Handle for Slugs {
        type Adapters = ();
        const MIGRATIONS: Migrations = Migrations {
            schema: &[Script::new(
                "schema/page.sql",
                "CREATE TABLE page (title); CREATE INDEX slugs ON page (slug(title));",
            )],
            ..Migrations::NONE
        };
        const STATEMENTS: usize = 0;
        fn from_database(database: Database) -> Self {
            Self(database)
        }

        fn database(&self) -> &Database {
            &self.0
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let builder = || {
        Builder::<Slugs>::new(())
            .path(&path)
            .adopt_existing()
            .on_open(|setup| {
                setup.scalar_function("slug", Some(1), true, |arguments| match arguments {
                    [Cell::Text(title)] => Ok(Value::Text(title.to_lowercase())),
                    _ => Ok(Value::Null),
                })
            })
    };
    drop(builder().open().await.unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA user_version = 0").unwrap();
    drop(connection);
    drop(builder().open().await.unwrap());
    assert_eq!(ask(&path, "PRAGMA user_version"), Value::Integer(1));
}
