//! `split = true`: what happens to the files of namespaces.

use std::fs;

use super::project::Project;

/// The first project, in one file for each namespace.
fn project() -> Project {
    let project = Project::empty();
    assert_eq!(project.run(&["init"]).code, 0);
    project.write("sqlitenow.toml", "[databases.AppDatabase]\nsplit = true\n");
    let generate = project.run(&["generate"]);
    assert_eq!(generate.code, 0, "{generate:?}");
    let line =
        "AppDatabase: 1 table, 3 statements → src/db/app_database.rs and 1 namespace (written)\n";
    assert_eq!(generate.stdout, line);
    project
}

#[test]
fn c118_the_file_of_a_namespace_that_is_gone_is_surplus_and_removed() {
    let project = project();
    let sql = project.path("sql/AppDatabase/queries");
    fs::rename(sql.join("tasks"), sql.join("todo")).unwrap();
    project.write("src/db/app_database/mine.rs", "// written by hand\n");
    let check = project.run(&["check"]);
    assert_eq!(check.code, 1, "{check:?}");
    for line in [
        "src/db/app_database/tasks.rs is of a namespace that is gone\n",
        "src/db/app_database/todo.rs is missing\n",
        "--- src/db/app_database.rs (on disk)\n",
        "(stale)\n",
    ] {
        assert!(check.stdout.contains(line), "{line}{check:?}");
    }
    assert!(project.path("src/db/app_database/tasks.rs").exists());
    let generate = project.run(&["generate"]);
    assert!(
        generate.stdout.ends_with("(2 written, 1 removed)\n"),
        "{generate:?}"
    );
    assert!(!project.path("src/db/app_database/tasks.rs").exists());
    assert_eq!(
        project.read("src/db/app_database/mine.rs"),
        "// written by hand\n"
    );
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn c118_in_one_file_again_the_others_go() {
    let project = project();
    project.write("sqlitenow.toml", "[databases.AppDatabase]\n");
    let surplus = project.run(&["generate", "--check"]);
    assert_eq!(surplus.code, 1, "{surplus:?}");
    assert_eq!(project.run(&["generate"]).code, 0);
    assert!(!project.path("src/db/app_database").exists());
    assert!(
        project
            .read("src/db/app_database.rs")
            .contains("pub mod tasks {")
    );
}
