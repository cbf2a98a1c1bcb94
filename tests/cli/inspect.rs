//! `inspect`: what people read and what tools parse.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::project::Project;

fn rows() -> Project {
    Project::of("generate/rows")
}

fn json(project: &Project, arguments: &[&str]) -> Value {
    let mut all = vec!["inspect", "--format", "json"];
    all.extend(arguments);
    let inspected = project.run(&all);
    assert_eq!((inspected.code, inspected.stderr.as_str()), (0, ""));
    serde_json::from_str(&inspected.stdout).unwrap()
}

/// The paragraph whose first line starts with `name`.
fn paragraph<'t>(text: &'t str, name: &str) -> &'t str {
    let mut paragraphs = text.trim_end().split("\n\n");
    let found = paragraphs.find(|paragraph| paragraph.starts_with(name));
    found.unwrap_or_else(|| panic!("{name} is missing in\n{text}"))
}

#[test]
fn c134_inspect_prints_tables_and_queries_for_people() {
    let project = rows();
    let before = project.snapshot();
    let inspected = project.run(&["inspect"]);
    assert_eq!((inspected.code, inspected.stderr.as_str()), (0, ""));
    let text = &inspected.stdout;
    assert_eq!(
        paragraph(text, "RowsDatabase"),
        "RowsDatabase  sql/RowsDatabase, version 1: 3 tables, 16 statements"
    );
    assert_eq!(
        paragraph(text, "note "),
        "note  table · sql/RowsDatabase/schema/page.sql:7
  id       INTEGER  primary key, rowid
  page_id  INTEGER  not null
  body     TEXT     not null
  foreign key (page_id) references page (id), on delete cascade"
    );
    assert_eq!(
        paragraph(text, "pages.pair"),
        "pages.pair  select · sql/RowsDatabase/queries/pages/pair.sql:1
  takes   :first   i64
          :second  i64
  gives   first_title   String
          second_title  String
  reads   page (id, title), only the rows :first and :second
  runs    at once: it looks up a bounded number of rows"
    );
    assert_eq!(
        paragraph(text, "tags.put"),
        "tags.put  execute · sql/RowsDatabase/queries/tags/put.sql:2
  takes   :id    Option<i64>
          :name  String
  writes  tag: inserts; deletes
  runs    at once: it looks up a bounded number of rows"
    );
    assert_eq!(project.snapshot(), before, "inspecting writes nothing");
}

#[test]
fn c134_inspect_prints_json_that_parses() {
    let project = rows();
    let whole = json(&project, &[]);
    assert_eq!(whole["version"], 1);
    let database = &whole["databases"][0];
    assert_eq!(database["name"], "RowsDatabase");
    assert_eq!(database["schemaVersion"], 1);
    assert_eq!(database["tables"].as_array().unwrap().len(), 3);
    assert_eq!(database["queries"].as_array().unwrap().len(), 16);
    let view = &json(&project, &["pages.view"])["databases"][0]["queries"][0];
    let expected: Value = serde_json::from_str(
        r#"{
            "name": "pages.view", "kind": "returning", "paramsType": null, "rowType": "ViewRow", "short": true,
            "place": { "file": "sql/RowsDatabase/queries/pages/view.sql", "line": 1 },
            "parameters": [{ "number": 1, "sql": ":id", "name": "id", "type": "i64", "nullable": false }],
            "columns": [{ "name": "views", "label": "views", "type": "i64", "nullable": false }],
            "reads": [],
            "writes": [{ "table": "page", "insert": false, "update": ["views"], "delete": false }],
            "rowKeys": [{ "table": "page", "parameter": ":id" }]
        }"#,
    )
    .unwrap();
    assert_eq!(*view, expected);
}

#[test]
fn every_field_of_the_json_is_documented() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/inspect.md");
    let page = fs::read_to_string(page).unwrap();
    let mut fields = Vec::new();
    collect(&json(&rows(), &[]), &mut fields);
    assert!(fields.len() > 25, "{fields:?}");
    for field in fields {
        let spellings = [
            format!("`{field}`"),
            format!("\"{field}\""),
            format!("[].{field}`"),
            format!("`{field}[]`"),
            format!("[].{field}[]`"),
        ];
        let told = spellings.iter().any(|spelling| page.contains(spelling));
        assert!(told, "`{field}` is not in docs/inspect.md");
    }
}

fn collect(value: &Value, fields: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, fields)),
        Value::Object(entries) => {
            for (field, value) in entries {
                if !fields.contains(field) {
                    fields.push(field.clone());
                }
                collect(value, fields);
            }
        }
        _ => {}
    }
}

#[test]
fn a_part_of_a_name_leaves_the_queries_that_have_it_and_their_tables() {
    let project = rows();
    let notes = &json(&project, &["notes."])["databases"][0];
    let names = |value: &Value| -> Vec<String> {
        let entries = value.as_array().unwrap().iter();
        entries
            .map(|entry| entry["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&notes["queries"]), ["notes.add", "notes.by_id"]);
    assert_eq!(names(&notes["tables"]), ["note"]);
    let none = project.run(&["inspect", "nothing"]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert!(
        none.stderr.contains("no query has `nothing` in its name"),
        "{none:?}"
    );
}

#[test]
fn one_database_of_several_can_be_asked_for() {
    let project = Project::of("generate/pair");
    let both = json(&project, &[]);
    assert_eq!(both["databases"].as_array().unwrap().len(), 2);
    let second = json(&project, &["--database", "Second"]);
    assert_eq!(second["databases"][0]["name"], "Second");
    assert_eq!(second["databases"].as_array().unwrap().len(), 1);
    let none = project.run(&["inspect", "--database", "Secnd"]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert!(
        none.stderr
            .contains("no database `Secnd`; did you mean `Second`?"),
        "{none:?}"
    );
}

#[test]
fn mistakes_are_told_instead() {
    let project = rows();
    project.write(
        "sql/RowsDatabase/queries/tags/by_id.sql",
        "SELECT nope FROM tag;\n",
    );
    let inspected = project.run(&["inspect"]);
    assert_eq!((inspected.code, inspected.stdout.as_str()), (1, ""));
    assert!(inspected.stderr.contains("no such column"), "{inspected:?}");
}
