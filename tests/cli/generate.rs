//! `init`, `generate` and `check`.

use std::fs;

use super::project::Project;

const MODULE: &str = "src/db/app_database.rs";
const QUERY: &str = "sql/AppDatabase/queries/tasks/all.sql";

fn first_project() -> Project {
    let project = Project::empty();
    let init = project.run(&["init"]);
    assert_eq!(init.code, 0, "{init:?}");
    let generate = project.run(&["generate"]);
    assert_eq!(generate.code, 0, "{generate:?}");
    project
}

#[test]
fn c129_init_in_an_empty_folder_and_generate_succeed_without_an_edit() {
    let project = Project::empty();
    let init = project.run(&["init"]);
    assert_eq!((init.code, init.stderr.as_str()), (0, ""));
    assert!(
        init.stdout.ends_with("now run `sqlitenow generate`\n"),
        "{init:?}"
    );
    let generate = project.run(&["generate"]);
    assert_eq!((generate.code, generate.stderr.as_str()), (0, ""));
    let line = "AppDatabase: 1 table, 3 statements → src/db/app_database.rs (written)\n";
    assert_eq!(generate.stdout, line);
    assert!(project.read(MODULE).contains("pub struct AppDatabase"));
}

#[test]
fn init_writes_over_nothing() {
    let project = first_project();
    project.write("sqlitenow.toml", "# mine\n");
    fs::remove_dir_all(project.path("sql")).unwrap();
    let before = project.snapshot();
    let again = project.run(&["init"]);
    assert_eq!(again.code, 2, "{again:?}");
    assert!(
        again
            .stderr
            .contains("`./sqlitenow.toml` exists already; nothing was written"),
        "{again:?}"
    );
    assert_eq!(project.snapshot(), before);
}

#[test]
fn c130_a_second_generate_changes_no_byte_and_no_time() {
    let project = first_project();
    let before = project.snapshot();
    let again = project.run(&["generate"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(
        again.stdout.lines().count(),
        1,
        "one line for each database"
    );
    assert!(again.stdout.contains("(unchanged)"), "{again:?}");
    assert_eq!(project.snapshot(), before);
}

#[test]
fn c131_check_shows_a_diff_after_an_edit_and_passes_after_generate() {
    let project = first_project();
    for check in [&["check"][..], &["generate", "--check"]] {
        assert_eq!(project.run(check).code, 0);
    }
    project.write(QUERY, "SELECT id, title FROM task ORDER BY id;\n");
    let before = project.snapshot();
    for check in [&["check"][..], &["generate", "--check"]] {
        let stale = project.run(check);
        assert_eq!(stale.code, 1, "{stale:?}");
        assert!(
            stale
                .stdout
                .contains("--- src/db/app_database.rs (on disk)"),
            "{stale:?}"
        );
        assert!(
            stale.stdout.contains("\n-        pub done: bool,\n"),
            "{stale:?}"
        );
        assert!(
            stale.stderr.contains("run `sqlitenow generate`"),
            "{stale:?}"
        );
    }
    assert_eq!(project.snapshot(), before, "checking writes nothing");
    assert_eq!(project.run(&["generate"]).code, 0);
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn c131_check_misses_a_module_that_is_not_there() {
    let project = first_project();
    fs::remove_file(project.path(MODULE)).unwrap();
    let missing = project.run(&["check"]);
    assert_eq!(missing.code, 1);
    assert!(missing.stdout.contains("(missing)"), "{missing:?}");
    assert!(!project.path(MODULE).exists());
}

#[test]
fn c143_one_error_is_enough_that_nothing_is_written() {
    let project = first_project();
    project.write(
        "sqlitenow.toml",
        "[databases.AppDatabase]\n[databases.Other]\n",
    );
    project.write(
        "sql/Other/schema/a.sql",
        "CREATE TABLE a (id INTEGER PRIMARY KEY);\n",
    );
    project.write(QUERY, "SELECT titel FROM task;\n");
    let before = project.snapshot();
    let failed = project.run(&["generate"]);
    assert_eq!((failed.code, failed.stdout.as_str()), (1, ""));
    assert!(failed.stderr.contains("nothing was written"), "{failed:?}");
    assert_eq!(project.snapshot(), before);
}

#[test]
fn c144_files_that_were_not_generated_survive() {
    let project = first_project();
    project.write(
        "src/db/mod.rs",
        "// written by hand\npub mod app_database;\n",
    );
    project.write(
        "src/db/old_database.rs",
        "// a database that is gone from the configuration\n",
    );
    project.write(QUERY, "SELECT id, title FROM task ORDER BY id;\n");
    assert_eq!(project.run(&["generate"]).code, 0);
    assert!(
        project
            .read("src/db/mod.rs")
            .starts_with("// written by hand")
    );
    assert!(project.path("src/db/old_database.rs").exists());
}

#[test]
fn one_run_reports_what_is_wrong_in_two_databases() {
    let project = Project::of("errors/two-databases");
    let before = project.snapshot();
    let failed = project.run(&["generate"]);
    assert_eq!((failed.code, failed.stdout.as_str()), (1, ""));
    for place in [
        "sql/First/queries/annotation.sql:1:8",
        "sql/First/queries/column.sql:1:8",
        "sql/First/queries/syntax.sql:1:21",
        "sqlitenow.toml:4:12",
    ] {
        assert!(
            failed.stderr.contains(place),
            "{place} is missing in\n{}",
            failed.stderr
        );
    }
    assert_eq!(
        failed.stderr.matches("error[SN").count(),
        4,
        "{}",
        failed.stderr
    );
    assert!(
        failed.stderr.ends_with("4 errors; nothing was written\n"),
        "{}",
        failed.stderr
    );
    assert_eq!(project.snapshot(), before);
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_exits_with_2() {
    let project = first_project();
    fs::remove_file(project.path(MODULE)).unwrap();
    fs::create_dir(project.path(MODULE)).unwrap();
    let failed = project.run(&["generate"]);
    assert_eq!(failed.code, 2, "{failed:?}");
    assert!(
        failed.stderr.contains("src/db/app_database.rs"),
        "{failed:?}"
    );
}

/// A limit on the size of files stands for a full disk: the write fails half-way.
#[cfg(unix)]
#[test]
fn c145_a_write_that_fails_half_way_leaves_the_module_whole_and_names_it() {
    let project = first_project();
    project.write(QUERY, "SELECT id, title FROM task ORDER BY id;\n");
    let before = project.snapshot();
    let command = format!(
        "trap '' XFSZ; ulimit -f 1; exec '{}' generate",
        env!("CARGO_BIN_EXE_sqlitenow")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &command])
        .current_dir(project.path(""))
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("cannot write `src/db/app_database.rs`"),
        "{stderr}"
    );
    assert_eq!(
        project.snapshot(),
        before,
        "not even a temporary file is left"
    );
    assert_eq!(project.run(&["generate"]).code, 0);
}

/// A pipe would be waited for without end; a device that ends at once shows that none is opened.
#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_named_and_not_read() {
    let project = first_project();
    let link = "sql/AppDatabase/queries/tasks/device.sql";
    std::os::unix::fs::symlink("/dev/null", project.path(link)).unwrap();
    let refused = project.run(&["generate"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.stderr.contains("device.sql"), "{refused:?}");
    assert!(refused.stderr.contains("no regular file"), "{refused:?}");
}
