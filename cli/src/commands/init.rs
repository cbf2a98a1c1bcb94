//! `sqlitenow init`: a configuration and a first folder of SQL, made up or taken from an existing database.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{bail, ensure};
use clap::Args;
use heck::ToSnakeCase as _;

use crate::catalog::{SchemaObject, read_schema};
use crate::check::{is_plain, type_name};
use crate::emit::create_file;
use crate::source::SourceMap;
use crate::syntax::split;

use super::report::{count, shown};
use super::terminal::tell;

/// The files of a first database: path below its folder, text.
const FIRST_FILES: &[(&str, &str)] = &[
    ("schema/task.sql", include_str!("first/schema/task.sql")),
    (
        "queries/tasks/add.sql",
        include_str!("first/queries/tasks/add.sql"),
    ),
    (
        "queries/tasks/all.sql",
        include_str!("first/queries/tasks/all.sql"),
    ),
    (
        "queries/tasks/finish.sql",
        include_str!("first/queries/tasks/finish.sql"),
    ),
];

/// What `sqlitenow init` is asked for.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// Where to write; the current folder by default.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// The name of the generated type.
    #[arg(long, value_name = "NAME", default_value = "AppDatabase")]
    name: String,
    /// Write the schema of this SQLite file instead of an example; the file is only read.
    #[arg(long, value_name = "FILE")]
    from_database: Option<PathBuf>,
}

/// Writes the files; never over existing ones.
pub fn run(arguments: &InitArguments) -> anyhow::Result<ExitCode> {
    let name = &arguments.name;
    ensure!(
        is_plain(name) && type_name(name).as_deref() == Some(name),
        "`{name}` is no name of a Rust type; write it like `AppDatabase`",
    );
    let input = Path::new("sql").join(name);
    let mut files = vec![(
        PathBuf::from("sqlitenow.toml"),
        format!("[databases.{name}]\n"),
    )];
    match &arguments.from_database {
        Some(database) => {
            for (file, text) in schema_files(&read_schema(database)?) {
                files.push((input.join("schema").join(file), text));
            }
            if files.len() == 1 {
                bail!("`{}` holds no table", shown(database));
            }
        }
        None => files.extend(
            FIRST_FILES
                .iter()
                .map(|(file, text)| (input.join(file), (*text).to_owned())),
        ),
    }
    // All or nothing: a second `init` must not leave half of its files beside the first one's.
    for (file, _) in &files {
        let path = arguments.folder.join(file);
        ensure!(
            !path.exists(),
            "`{}` exists already; nothing was written",
            shown(&path)
        );
    }
    for (file, text) in &files {
        create_file(&arguments.folder.join(file), text)?;
        tell(shown(file));
    }
    let files = count(files.len(), "file");
    tell(format_args!(
        "{files} written; now run `sqlitenow generate`"
    ));
    Ok(ExitCode::SUCCESS)
}

/// One file for each table, with its indexes and triggers, and one for each view.
fn schema_files(objects: &[SchemaObject]) -> Vec<(String, String)> {
    let mut tables: BTreeMap<&str, Vec<&SchemaObject>> = BTreeMap::new();
    for object in objects {
        tables.entry(&object.table).or_default().push(object);
    }
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (table, objects) in tables {
        let stem = file_stem(table);
        let mut file = format!("{stem}.sql");
        let mut number = 1;
        while files.contains_key(&file) {
            number += 1;
            file = format!("{stem}_{number}.sql");
        }
        let statements: Vec<_> = objects
            .iter()
            .map(|object| script(object.sql.trim_end()))
            .collect();
        files.insert(file, statements.join("\n"));
    }
    files.into_iter().collect()
}

/// A statement of the database as one of a file: what looks like an annotation in its comments was not written as one.
fn script(sql: &str) -> String {
    let mut sources = SourceMap::default();
    let file = sources.add("", sql);
    let comments = split(file, sql)
        .into_iter()
        .flat_map(|statement| statement.comments);
    let mut script = String::with_capacity(sql.len() + 2);
    let mut end = 0;
    for comment in comments {
        script.push_str(&sql[end..comment.span.start]);
        script.push_str(&sources.text(comment.span).replace("@@{", "@@ {"));
        end = comment.span.end;
    }
    script.push_str(&sql[end..]);
    // A comment to the end of the line would swallow the semicolon.
    let last = script.lines().last().unwrap_or("");
    script.push_str(if last.contains("--") { "\n;\n" } else { ";\n" });
    script
}

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin", "conout"];

/// Every file system takes names of this length, with a number and an ending.
const LONGEST_STEM: usize = 100;

/// A file's name that every platform accepts.
fn file_stem(table: &str) -> String {
    let stem: String = table
        .to_snake_case()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(LONGEST_STEM)
        .collect();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_port =
        port.is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()));
    if stem.is_empty() {
        "table".to_owned()
    } else if is_port || DEVICES.contains(&stem.as_str()) {
        format!("{stem}_table")
    } else {
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::{file_stem, script};

    #[test]
    fn file_names_are_accepted_on_every_platform() {
        for (table, stem) in [
            ("Order Line", "order_line"),
            ("CON", "con_table"),
            ("nul.", "nul_table"),
            ("Com1 ", "com1_table"),
            ("lpt9:", "lpt9_table"),
            ("com10", "com10"),
            ("aux.tar", "aux_tar"),
            ("../..", "table"),
            ("C:\\x", "c_x"),
            ("🦀", "table"),
            ("naïve", "nave"),
        ] {
            assert_eq!(file_stem(table), stem, "{table}");
        }
        assert_eq!(file_stem(&"x".repeat(999)).len(), 100);
    }

    #[test]
    fn only_comments_lose_their_annotations() {
        for (sql, written) in [
            ("CREATE TABLE t (a)", "CREATE TABLE t (a);\n"),
            (
                "CREATE TABLE t (a /* @@{ x } */, b DEFAULT '@@{', -- @@{ é @@{\n \"@@{\")",
                "CREATE TABLE t (a /* @@ { x } */, b DEFAULT '@@{', -- @@ { é @@ {\n \"@@{\");\n",
            ),
            (
                "CREATE VIEW v AS SELECT 1 -- @@{",
                "CREATE VIEW v AS SELECT 1 -- @@ {\n;\n",
            ),
        ] {
            assert_eq!(script(sql), written, "{sql}");
        }
    }
}
