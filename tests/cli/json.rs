//! `--format json`: diagnostics that tools parse.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::project::Project;

fn lines(output: &str) -> Vec<Value> {
    let lines = output.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn c128_each_diagnostic_is_one_object() {
    let project = Project::of("errors/ten-mistakes");
    for command in [&["check"][..], &["generate"], &["generate", "--check"]] {
        let told = project.run(&[command, &["--format", "json"]].concat());
        assert_eq!(told.code, 1);
        assert_eq!(told.stderr, "10 errors; nothing was written\n");
        let entries = lines(&told.stdout);
        // The same as people are told, in the same order.
        let shown = project.run(command).stderr;
        let heads = shown.lines().filter(|line| line.starts_with("error["));
        let places = shown
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("--> "));
        let shown: Vec<_> = heads.zip(places).collect();
        assert_eq!((entries.len(), shown.len()), (10, 10));
        for (entry, (head, place)) in entries.iter().zip(shown) {
            let text = |field: &str| entry[field].as_str().unwrap();
            let number = |field: &str| entry[field].as_u64().unwrap();
            let (severity, code) = (text("severity"), text("code"));
            assert_eq!(head, format!("{severity}[{code}]: {}", text("message")));
            let (line, column) = (number("line"), number("column"));
            assert_eq!(place, format!("{}:{line}:{column}", text("file")));
            assert!((number("endLine"), number("endColumn")) >= (line, column));
            assert!(
                entry["help"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(Value::is_string)
            );
        }
    }
}

#[test]
fn c128_an_object_says_what_its_page_says() {
    let project = Project::empty();
    project.write("sqlitenow.toml", "[databases.App]\n");
    project.write(
        "sql/App/schema/tasks.sql",
        "CREATE TABLE tasks (title TEXT);",
    );
    project.write("sql/App/queries/all.sql", "SELECT titel FROM tasks;");
    let told = project.run(&["check", "--format", "json"]);
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics-json.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, example) = page.split_once("```json\n").unwrap();
    assert_eq!(
        told.stdout.trim_end(),
        example.split_once("\n```").unwrap().0
    );
    let entry = &lines(&told.stdout)[0];
    let label = &entry["labels"][0];
    for field in [entry, label]
        .into_iter()
        .flat_map(|all| all.as_object().unwrap().keys())
    {
        let known = page.contains(&format!("`{field}`")) || page.contains(&format!("`{field}[]`"));
        assert!(known, "`{field}` is not described");
    }
}

#[test]
fn c128_several_places_and_wide_characters_are_counted_in_characters() {
    let project = Project::empty();
    project.write("sqlitenow.toml", "[databases.App]\n");
    project.write(
        "sql/App/schema/tasks.sql",
        "CREATE TABLE tasks (id INTEGER, title TEXT);",
    );
    let query = "/* é🦀 */ SELECT title, -- first\n  id AS\n  \"title\" FROM tasks;";
    project.write("sql/App/queries/all.sql", query);
    let entries = lines(&project.run(&["check", "--format", "json"]).stdout);
    assert_eq!(entries.len(), 1, "{entries:#?}");
    let labels = entries[0]["labels"].as_array().unwrap();
    let places: Vec<_> = labels
        .iter()
        .map(|label| {
            let number = |field: &str| label[field].as_u64().unwrap();
            let start = (number("line"), number("column"));
            (
                label["primary"].as_bool().unwrap(),
                start,
                (number("endLine"), number("endColumn")),
            )
        })
        .collect();
    assert_eq!(places, [(true, (2, 3), (3, 10)), (false, (1, 17), (1, 22))]);
}

#[test]
fn c128_warnings_are_objects_and_the_run_goes_on_elsewhere() {
    let project = Project::of("errors/sn0307-numeric-affinity");
    let told = project.run(&["generate", "--format", "json"]);
    assert_eq!(told.code, 0, "{told:?}");
    let entries = lines(&told.stdout);
    assert!(!entries.is_empty());
    assert!(entries.iter().all(|entry| entry["severity"] == "warning"));
    assert!(told.stderr.contains("(written)"), "{told:?}");
    let text = project.path("src/db");
    let module = fs::read_dir(text).unwrap().next().unwrap().unwrap().path();
    fs::write(module, "// stale\n").unwrap();
    let stale = project.run(&["check", "--format", "json"]);
    assert_eq!((stale.code, lines(&stale.stdout)), (1, entries));
    assert!(stale.stderr.contains("\n-// stale\n"), "{stale:?}");
    let fine = Project::of("generate/minimal").run(&["generate", "--format", "json"]);
    assert_eq!((fine.code, fine.stdout.as_str()), (0, ""));
}
