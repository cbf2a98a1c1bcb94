//! What a database's folder may hold.

use std::fs;

use tempfile::TempDir;

use crate::diagnostic::Diagnostics;
use crate::source::{Folder, FolderPlace, SourceMap, Span, read_folder};

use super::{shown, write};

const SCHEMA: (&str, &str) = ("schema/a.sql", "CREATE TABLE a (b);");

struct Read {
    root: TempDir,
    sources: SourceMap,
    diagnostics: Diagnostics,
    folder: Folder,
}

impl Read {
    /// Writes `files` and reads the folder.
    fn of(files: &[(&str, &str)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), files);
        Self::again(root)
    }

    fn again(root: TempDir) -> Self {
        let mut sources = SourceMap::default();
        let config = sources.add("sqlitenow.toml", "[databases.App]");
        let mut diagnostics = Diagnostics::default();
        let place = FolderPlace {
            path: root.path(),
            shown: "sql/App",
            key: Some(Span::new(config, 11..14)),
        };
        let folder = read_folder(place, &mut sources, &mut diagnostics);
        Self {
            root,
            sources,
            diagnostics,
            folder,
        }
    }

    fn folder(&self) -> &Folder {
        &self.folder
    }

    fn shown(&self) -> Vec<String> {
        shown(&self.diagnostics, &self.sources)
    }

    /// Everything that was read, by list.
    fn listing(&self) -> Vec<String> {
        let folder = self.folder();
        let path = |file| {
            self.sources
                .file(file)
                .path
                .trim_start_matches("sql/App/")
                .to_owned()
        };
        let plain = folder
            .schema
            .iter()
            .chain(&folder.init)
            .map(|file| path(*file));
        let queries = folder
            .queries
            .iter()
            .map(|q| format!("{}::{} {}", q.namespace.join("::"), q.stem, path(q.file)));
        let migrations = folder
            .migrations
            .iter()
            .map(|m| format!("{} {}", m.version, path(m.file)));
        plain.chain(queries).chain(migrations).collect()
    }
}

#[track_caller]
fn refused(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(Read::of(files).shown(), expected, "{files:?}");
}

#[test]
fn c1_only_sql_files_are_read_and_all_by_name() {
    let read = Read::of(&[
        ("schema/b.SQL", "CREATE TABLE b (c);"),
        ("schema/a.sql", "CREATE TABLE a (b);"),
        ("schema/B.Sql", "-- x"),
        ("schema/notes.txt", "no"),
        ("schema/a.sql.bak", "no"),
        ("schema/._a.sql", "no"),
        ("schema/sql", "no"),
        ("queries/shop/orders/due.sql", "SELECT 1"),
        ("queries/shop/all.sql", "SELECT 1"),
        ("queries/all.v2.sql", "SELECT 1"),
        ("queries/Z/a.sql", "SELECT 1"),
        ("queries/empty/readme.md", "no"),
        ("init/2.sql", "x"),
        ("init/10.sql", "x"),
        ("migration/0010_later.sql", "x"),
        ("migration/0002.sql", "x"),
        ("migration/snapshots/0001.sql", "x"),
        ("docs/readme.md", "no"),
        (".git/a.sql", "no"),
        ("readme.md", "no"),
    ]);
    assert_eq!(read.shown(), Vec::<String>::new());
    assert_eq!(
        read.listing(),
        [
            "schema/B.Sql",
            "schema/a.sql",
            "schema/b.SQL",
            "init/10.sql",
            "init/2.sql",
            "::all.v2 queries/all.v2.sql",
            "Z::a queries/Z/a.sql",
            "shop::all queries/shop/all.sql",
            "shop::orders::due queries/shop/orders/due.sql",
            "2 migration/0002.sql",
            "10 migration/0010_later.sql",
        ]
    );
    let watched = &read.folder().watched;
    for path in [
        "",
        "schema",
        "schema/a.sql",
        "queries/shop/orders",
        "queries/shop/orders/due.sql",
        "migration/0002.sql",
    ] {
        assert!(watched.contains(&read.root.path().join(path)), "{path}");
    }
    assert!(!watched.iter().any(|path| path.ends_with("notes.txt")));
}

#[test]
fn c2_the_schema_alone_is_enough() {
    let read = Read::of(&[SCHEMA]);
    assert_eq!(read.shown(), Vec::<String>::new());
    assert_eq!(read.listing(), ["schema/a.sql"]);
}

#[test]
fn c3_a_schema_that_is_missing_or_empty_is_one_diagnostic() {
    let expected = "sqlitenow.toml:1:12 SN0010 folder `sql/App/schema` is missing or has no `.sql` file | put at least one CREATE TABLE statement into a `.sql` file there";
    refused(&[("queries/a.sql", "SELECT 1")], &[expected]);
    refused(&[("schema/readme.md", "")], &[expected]);
    let read = Read::of(&[("schema/a.sql", "-- only\n/* comments */")]);
    let mut diagnostics = Diagnostics::default();
    read.folder().check_schema(1, &mut diagnostics);
    assert!(diagnostics.is_empty());
    read.folder().check_schema(0, &mut diagnostics);
    let found = shown(&diagnostics, &read.sources);
    assert_eq!(found.len(), 1);
    assert!(
        found[0]
            .starts_with("sqlitenow.toml:1:12 SN0010 folder `sql/App/schema` holds no statement"),
        "{found:?}"
    );
    let read = Read::of(&[]);
    let mut diagnostics = Diagnostics::default();
    read.folder().check_schema(0, &mut diagnostics);
    assert!(diagnostics.is_empty() && read.shown() == [expected]);
}

#[test]
fn c4_files_and_folders_in_each_others_place_are_refused() {
    refused(
        &[SCHEMA, ("queries", "SELECT 1")],
        &[
            "sqlitenow.toml:1:12 SN0012 `sql/App/queries` is a file, expected a folder | make it a folder with `.sql` files inside",
        ],
    );
    refused(
        &[("schema", "CREATE TABLE a (b);")],
        &[
            "sqlitenow.toml:1:12 SN0012 `sql/App/schema` is a file, expected a folder | make it a folder with `.sql` files inside",
        ],
    );
    refused(
        &[
            SCHEMA,
            ("schema/tables/b.sql", "x"),
            ("init/a.sql/readme.md", "x"),
            ("queries/b.sql/c.sql", "x"),
        ],
        &[
            "sqlitenow.toml:1:12 SN0015 `sql/App/init/a.sql` is a folder, expected a file | move its files into `sql/App/init`",
            "sqlitenow.toml:1:12 SN0015 `sql/App/queries/b.sql` is a folder, expected a file | name the folder without `.sql`",
            "sqlitenow.toml:1:12 SN0015 `sql/App/schema/tables` is a folder, expected a file | move its files into `sql/App/schema`",
        ],
    );
    refused(
        &[SCHEMA, ("tasks.sql", "x")],
        &[
            "sqlitenow.toml:1:12 SN0014 file `sql/App/tasks.sql` lies outside of the folders that are read | move it into `schema/`, `queries/`, `init/` or `migration/`",
        ],
    );
}

#[test]
fn c4_unknown_folders_are_refused_with_a_suggestion() {
    for (folder, help) in [
        ("query", "did you mean `queries/`?"),
        ("quieries", "did you mean `queries/`?"),
        ("Queries", "did you mean `queries/`?"),
        ("migrations", "did you mean `migration/`?"),
        ("seeds", "did you mean `init/`?"),
        (
            "zzzzz",
            "move its files into `schema/`, `queries/`, `init/` or `migration/`",
        ),
    ] {
        let file = format!("{folder}/deep/a.sql");
        let expected =
            format!("sqlitenow.toml:1:12 SN0013 folder `sql/App/{folder}` is never read | {help}");
        refused(&[SCHEMA, (&file, "x")], &[&expected]);
    }
    // The misspelled folder explains why there is no schema.
    refused(
        &[("schemas/a.sql", "x")],
        &[
            "sqlitenow.toml:1:12 SN0013 folder `sql/App/schemas` is never read | did you mean `schema/`?",
        ],
    );
}

#[test]
fn a_folder_that_is_missing_or_a_file_is_a_diagnostic() {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("file", "")]);
    for name in ["missing", "file"] {
        let path = root.path().join(name);
        let place = FolderPlace {
            path: &path,
            shown: name,
            key: None,
        };
        read_folder(place, &mut sources, &mut diagnostics);
    }
    assert_eq!(
        shown(&diagnostics, &sources),
        [
            "SN0011 there is no folder `missing` | create it with a folder `schema/` inside, or set `input` to the right folder",
            "SN0012 `file` is a file, expected a folder",
        ]
    );
}

#[test]
fn c11_files_that_are_no_text_are_diagnostics_and_the_others_are_read() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[SCHEMA, ("schema/c.sql", "SELECT '\0'")]);
    fs::write(root.path().join("schema/b.sql"), b"-- ok\n-- \xFFx\n").unwrap();
    let read = Read::again(root);
    assert_eq!(read.listing(), ["schema/a.sql"]);
    assert_eq!(
        read.shown(),
        [
            "sql/App/schema/b.sql:2:4 SN0016 `sql/App/schema/b.sql` is not UTF-8 from byte 9 on | save the file as UTF-8",
            "sql/App/schema/c.sql:1:9 SN0017 `sql/App/schema/c.sql` has a NUL character at byte 8 | save the file as UTF-8 text",
        ]
    );
}

#[test]
fn names_and_versions_of_migrations_are_checked() {
    let read = Read::of(&[
        SCHEMA,
        ("migration/0001.sql", "x"),
        ("migration/0002_a.sql", "x"),
        ("migration/0002_b.sql", "x"),
        ("migration/3_c.sql", "x"),
        ("migration/0000.sql", "x"),
    ]);
    assert_eq!(
        read.listing(),
        [
            "schema/a.sql",
            "1 migration/0001.sql",
            "2 migration/0002_a.sql"
        ]
    );
    let help = "start the name with the version in exactly four digits, from 0001";
    assert_eq!(
        read.shown(),
        [
            format!("sql/App/migration/0000.sql:1:1 SN0601 found migration `0000.sql`, expected a name like `0002.sql` or `0002_add_column.sql` | {help}"),
            "sql/App/migration/0002_b.sql:1:1 SN0602 two migrations have version 0002 | give the later one the next free version".to_owned(),
            format!("sql/App/migration/3_c.sql:1:1 SN0601 found migration `3_c.sql`, expected a name like `0002.sql` or `0002_add_column.sql` | {help}"),
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_circles_are_told() {
    use std::os::unix::fs::symlink;

    let root = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    write(root.path(), &[SCHEMA, ("queries/a/b.sql", "SELECT 1")]);
    write(other.path(), &[("c.sql", "SELECT 2")]);
    symlink(other.path(), root.path().join("queries/linked")).unwrap();
    symlink("nowhere", root.path().join("queries/dangling.txt")).unwrap();
    let read = Read::again(root);
    assert_eq!(
        read.listing(),
        [
            "schema/a.sql",
            "a::b queries/a/b.sql",
            "linked::c queries/linked/c.sql"
        ]
    );

    let root = read.root;
    symlink("..", root.path().join("queries/a/up")).unwrap();
    symlink("self.sql", root.path().join("queries/self.sql")).unwrap();
    symlink("nowhere.sql", root.path().join("queries/a/gone.sql")).unwrap();
    let read = Read::again(root);
    let help = "make it readable, or remove it";
    assert_eq!(
        read.shown(),
        [
            format!(
                "sqlitenow.toml:1:12 SN0018 `sql/App/queries/a/gone.sql` is a link that leads nowhere | {help}"
            ),
            format!(
                "sqlitenow.toml:1:12 SN0018 `sql/App/queries/a/up` contains itself through a symbolic link | {help}"
            ),
            format!(
                "sqlitenow.toml:1:12 SN0018 `sql/App/queries/self.sql` cannot be read: {} | {help}",
                std::io::Error::from_raw_os_error(40).kind()
            ),
        ]
    );
    assert_eq!(read.listing().len(), 3, "the others are read");
}
