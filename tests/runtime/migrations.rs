//! Fresh files, older files, newer files, broken files.

use std::fs;
use std::path::{Path, PathBuf};

use sqlitenow_runtime::v1::{Builder, Database, Handle, Migrations, Script, Step};
use sqlitenow_runtime::{Error, Result};
use sqlitenow_tests::board::BoardDatabase;
use tempfile::TempDir;

use crate::faulty::Faults;

/// A database of a plan, without statements of its own.
macro_rules! planned {
    ($name:ident, $plan:expr) => {
        #[derive(Clone, Debug)]
        #[allow(dead_code, reason = "most tests only keep it open")]
        struct $name(Database);

        impl Handle for $name {
            type Adapters = ();

            const MIGRATIONS: Migrations = $plan;
            const STATEMENTS: usize = 0;

            fn from_database(database: Database) -> Self {
                Self(database)
            }

            fn database(&self) -> &Database {
                &self.0
            }
        }
    };
}

fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    (folder, path)
}

/// A file as an application of long ago left it.
fn old_file(sql: &str) -> (TempDir, PathBuf) {
    let (folder, path) = file();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
        .unwrap();
    (folder, path)
}

async fn open<H: Handle<Adapters = ()>>(path: &Path) -> Result<H> {
    Builder::<H>::new(()).path(path).open().await
}

fn version(path: &Path) -> u32 {
    number(path, "PRAGMA user_version").try_into().unwrap()
}

fn number(path: &Path, sql: &str) -> i64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

const SCHEMA: &[Script] = &[Script::new(
    "schema/pet.sql",
    "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER, kind TEXT);",
)];
const SEED: &[Script] = &[Script::new(
    "init/pet.sql",
    "INSERT INTO pet (name) VALUES ('Rex'); -- the first one",
)];
const STEPS: &[Step] = &[
    Step::new(
        2,
        "migration/0002_age.sql",
        "ALTER TABLE pet ADD COLUMN age INTEGER;",
    ),
    Step::new(
        3,
        "migration/0003_kind.sql",
        "UPDATE pet SET age = 1 WHERE age IS NULL; ALTER TABLE pet ADD COLUMN kind TEXT;",
    ),
];
const VERSION_1: &str = "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    INSERT INTO pet (name) VALUES ('Bello'); PRAGMA user_version = 1;";

planned!(
    Pets,
    Migrations {
        version: 3,
        schema: SCHEMA,
        init: SEED,
        steps: STEPS,
        ..Migrations::NONE
    }
);

#[tokio::test]
async fn r16_a_fresh_file_gets_schema_init_and_version_and_a_reopen_runs_nothing() {
    let (_folder, path) = file();
    for _ in 0..2 {
        open::<Pets>(&path).await.unwrap().0.close().await.unwrap();
        assert_eq!(version(&path), 3);
        assert_eq!(number(&path, "SELECT count(*) FROM pet"), 1);
    }
}

#[tokio::test]
async fn r16_a_failing_seed_leaves_the_file_empty_at_version_0() {
    const BROKEN: &[Script] = &[
        Script::new("init/a.sql", "INSERT INTO pet (name) VALUES ('Rex')"),
        Script::new(
            "init/b.sql",
            "INSERT INTO pet (name) VALUES ('Bello'); INSERT INTO pet (name) VALUES (NULL);",
        ),
    ];
    planned!(
        Broken,
        Migrations {
            version: 3,
            schema: SCHEMA,
            init: BROKEN,
            steps: STEPS,
            ..Migrations::NONE
        }
    );
    let (_folder, path) = file();
    let failed = open::<Broken>(&path).await;
    let Err(Error::Migration {
        version: to,
        file,
        statement,
        source,
        ..
    }) = failed
    else {
        panic!()
    };
    assert_eq!((to, file.as_str()), (3, "init/b.sql"));
    assert_eq!(statement, "INSERT INTO pet (name) VALUES (NULL);");
    assert!(source.is_constraint());
    assert_eq!(version(&path), 0);
    assert_eq!(number(&path, "SELECT count(*) FROM sqlite_schema"), 0);
    assert!(!path.with_extension("db-wal").exists());
}

#[tokio::test]
async fn r17_an_older_file_runs_its_missing_steps_in_order_keeps_its_rows_and_skips_init() {
    let (_folder, path) = old_file(VERSION_1);
    open::<Pets>(&path).await.unwrap().0.close().await.unwrap();
    assert_eq!(version(&path), 3);
    assert_eq!(number(&path, "SELECT count(*) FROM pet"), 1);
    assert_eq!(
        number(
            &path,
            "SELECT count(*) FROM pet WHERE name = 'Bello' AND age = 1"
        ),
        1
    );
    assert_eq!(number(&path, "SELECT count(kind) FROM pet"), 0);
}

#[tokio::test]
async fn r17_a_file_in_between_runs_the_rest_only() {
    let (_folder, path) = old_file(
        "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
         INSERT INTO pet (name, age) VALUES ('Bello', 9); PRAGMA user_version = 2;",
    );
    open::<Pets>(&path).await.unwrap();
    assert_eq!(
        (version(&path), number(&path, "SELECT age FROM pet")),
        (3, 9)
    );
}

#[tokio::test]
async fn r18_a_failing_step_undoes_the_ones_before_and_names_version_file_and_statement() {
    const BROKEN: &[Step] = &[
        STEPS[0],
        Step::new(
            3,
            "migration/0003.sql",
            "INSERT INTO pet (name) VALUES ('new'); DROP TABLE pot;",
        ),
    ];
    planned!(
        Broken,
        Migrations {
            version: 3,
            schema: SCHEMA,
            init: SEED,
            steps: BROKEN,
            ..Migrations::NONE
        }
    );
    let (_folder, path) = old_file(VERSION_1);
    let failed = open::<Broken>(&path).await;
    let Err(error @ Error::Migration { .. }) = failed else {
        panic!("{failed:?}")
    };
    let message = error.to_string();
    for part in ["version 3", "migration/0003.sql", "DROP TABLE pot"] {
        assert!(message.contains(part), "{part} in {message}");
    }
    assert_eq!(version(&path), 1);
    assert_eq!(number(&path, "SELECT count(*) FROM pet"), 1);
    assert_eq!(
        number(&path, "SELECT count(*) FROM pragma_table_info('pet')"),
        2
    );
}

#[tokio::test]
async fn a_step_that_ends_the_transaction_is_refused() {
    const BROKEN: &[Step] = &[Step::new(2, "migration/0002.sql", "SELECT 1; COMMIT;")];
    planned!(
        Broken,
        Migrations {
            version: 2,
            schema: SCHEMA,
            init: SEED,
            steps: BROKEN,
            ..Migrations::NONE
        }
    );
    let (_folder, path) = old_file(VERSION_1);
    assert!(matches!(
        open::<Broken>(&path).await,
        Err(Error::Migration { version: 2, .. })
    ));
    assert_eq!(version(&path), 1);
}

#[tokio::test]
async fn r19_a_newer_file_is_refused_with_both_versions_and_keeps_its_bytes() {
    let (_folder, path) = old_file("CREATE TABLE pet (id); PRAGMA user_version = 4;");
    let before = fs::read(&path).unwrap();
    let refused = open::<Pets>(&path).await;
    assert!(
        matches!(
            refused,
            Err(Error::NewerDatabase {
                found: 4,
                known: 3,
                ..
            })
        ),
        "{refused:?}"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn r20_sqlites_own_tables_count_as_fresh_and_others_do_not() {
    let (_folder, path) =
        old_file("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT); DROP TABLE a;");
    assert_eq!(number(&path, "SELECT count(*) FROM sqlite_schema"), 1);
    open::<Pets>(&path).await.unwrap();
    assert_eq!(version(&path), 3);
    let (_folder, path) = old_file("CREATE TABLE sqlitenow_x (id);");
    let refused = open::<Pets>(&path).await;
    assert!(matches!(refused, Err(Error::Unversioned { table, .. }) if table == "sqlitenow_x"));
}

#[tokio::test]
async fn r21_a_file_of_version_0_with_tables_runs_every_step_from_the_first() {
    const STEPS: &[Step] = &[
        Step::new(
            1,
            "migration/0001.sql",
            "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT);",
        ),
        Step::new(
            2,
            "migration/0002.sql",
            "INSERT INTO pet (name) SELECT name FROM legacy;",
        ),
    ];
    planned!(
        Complete,
        Migrations {
            version: 2,
            schema: SCHEMA,
            init: SEED,
            steps: STEPS,
            ..Migrations::NONE
        }
    );
    let (_folder, path) =
        old_file("CREATE TABLE legacy (name); INSERT INTO legacy VALUES ('Mia');");
    open::<Complete>(&path).await.unwrap();
    assert_eq!(
        (version(&path), number(&path, "SELECT count(*) FROM pet")),
        (2, 1)
    );
}

#[tokio::test]
async fn r116_rebuilding_a_parent_keeps_its_children() {
    const STEPS: &[Step] = &[Step::new(
        2,
        "migration/0002.sql",
        "CREATE TABLE new_list (id INTEGER PRIMARY KEY, name TEXT, color TEXT);
         INSERT INTO new_list (id, name) SELECT id, name FROM list;
         DROP TABLE list; ALTER TABLE new_list RENAME TO list;",
    )];
    planned!(
        Lists,
        Migrations {
            version: 2,
            steps: STEPS,
            ..Migrations::NONE
        }
    );
    let (_folder, path) = old_file(
        "CREATE TABLE list (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE item (id INTEGER PRIMARY KEY, list REFERENCES list (id) ON DELETE CASCADE);
         INSERT INTO list VALUES (1, 'a'); INSERT INTO item VALUES (1, 1);
         INSERT INTO item VALUES (2, 404); -- was broken before
         PRAGMA user_version = 1;",
    );
    open::<Lists>(&path).await.unwrap();
    assert_eq!(number(&path, "SELECT count(*) FROM item"), 2);
}

#[tokio::test]
async fn r116_a_new_broken_foreign_key_fails_and_changes_nothing() {
    const STEPS: &[Step] = &[Step::new(2, "migration/0002.sql", "DELETE FROM list;")];
    planned!(
        Lists,
        Migrations {
            version: 2,
            steps: STEPS,
            ..Migrations::NONE
        }
    );
    let (_folder, path) = old_file(
        "CREATE TABLE list (id INTEGER PRIMARY KEY);
         CREATE TABLE item (id INTEGER PRIMARY KEY, list REFERENCES list (id));
         INSERT INTO list VALUES (1); INSERT INTO item VALUES (1, 1); PRAGMA user_version = 1;",
    );
    let failed = open::<Lists>(&path).await;
    let Err(Error::Migration {
        statement, source, ..
    }) = failed
    else {
        panic!("{failed:?}")
    };
    assert_eq!(statement, "PRAGMA foreign_key_check");
    assert!(source.is_constraint());
    assert_eq!(
        (version(&path), number(&path, "SELECT count(*) FROM list")),
        (1, 1)
    );
}

#[tokio::test]
async fn without_steps_the_version_is_1() {
    planned!(
        Plain,
        Migrations {
            schema: SCHEMA,
            ..Migrations::NONE
        }
    );
    let (_folder, path) = file();
    open::<Plain>(&path).await.unwrap();
    assert_eq!(version(&path), 1);
}

#[tokio::test]
async fn a_migration_whose_rollback_fails_too_keeps_both_errors() {
    let faults = Faults::new();
    faults.fail("COMMIT");
    faults.fail("ROLLBACK");
    let opened = BoardDatabase::builder().driver(faults).open().await;
    let Err(Error::Transaction { primary, .. }) = opened else {
        panic!("{opened:?}")
    };
    assert!(matches!(*primary, Error::Sqlite { code: 10, .. }));
}
