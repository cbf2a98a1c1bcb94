//! The programs that run the golden modules.

use sqlitenow_tests::way::Kind;

#[path = "../fixtures/generate/adapters/run.rs"]
mod adapters;
#[path = "../fixtures/generate/affinity/run.rs"]
mod affinity;
#[path = "../fixtures/generate/bench/run.rs"]
mod bench;
#[path = "../fixtures/generate/board/run.rs"]
mod board;
#[path = "../fixtures/generate/builtins/run.rs"]
mod builtins;
#[path = "../fixtures/generate/carried_calendar/run.rs"]
mod carried_calendar;
#[path = "../fixtures/generate/carried_people/run.rs"]
mod carried_people;
#[path = "../fixtures/generate/carried_tasks/run.rs"]
mod carried_tasks;
#[path = "../fixtures/generate/cascades/run.rs"]
mod cascades;
#[path = "../fixtures/generate/circles/run.rs"]
mod circles;
#[path = "../fixtures/generate/common_tables/run.rs"]
mod common_tables;
#[path = "../fixtures/generate/compounds/run.rs"]
mod compounds;
#[path = "../fixtures/generate/declared/run.rs"]
mod declared;
#[path = "../fixtures/generate/first/run.rs"]
mod first;
#[path = "../fixtures/generate/full_text/run.rs"]
mod full_text;
#[path = "../fixtures/generate/generated_columns/run.rs"]
mod generated_columns;
#[path = "../fixtures/generate/guide/run.rs"]
mod guide;
#[path = "../fixtures/generate/json/run.rs"]
mod json;
#[path = "../fixtures/generate/list_elements/run.rs"]
mod list_elements;
#[path = "../fixtures/generate/lists/run.rs"]
mod lists;
#[path = "../fixtures/generate/mapped/run.rs"]
mod mapped;
#[path = "../fixtures/generate/migration_steps/run.rs"]
mod migration_steps;
#[path = "../fixtures/generate/minimal/run.rs"]
mod minimal;
#[path = "../fixtures/generate/names/run.rs"]
mod names;
#[path = "../fixtures/generate/nested/run.rs"]
mod nested;
#[path = "../fixtures/generate/nested_namespaces/run.rs"]
mod nested_namespaces;
#[path = "../fixtures/generate/notes/run.rs"]
mod notes;
#[path = "../fixtures/generate/outer_joins/run.rs"]
mod outer_joins;
#[path = "../fixtures/generate/pair/run.rs"]
mod pair;
#[path = "../fixtures/generate/parameter_spellings/run.rs"]
mod parameter_spellings;
#[path = "../fixtures/generate/plain_names/run.rs"]
mod plain_names;
#[path = "../fixtures/generate/precedence/run.rs"]
mod precedence;
#[path = "../fixtures/generate/quoted_names/run.rs"]
mod quoted_names;
#[path = "../fixtures/generate/returning_forms/run.rs"]
mod returning_forms;
#[path = "../fixtures/generate/root_queries/run.rs"]
mod root_queries;
#[path = "../fixtures/generate/row_values/run.rs"]
mod row_values;
#[path = "../fixtures/generate/rows/run.rs"]
mod rows;
#[path = "../fixtures/generate/shared_rows/run.rs"]
mod shared_rows;
#[path = "../fixtures/generate/spatial/run.rs"]
mod spatial;
#[path = "../fixtures/generate/spellings/run.rs"]
mod spellings;
#[path = "../fixtures/generate/split/run.rs"]
mod split;
#[path = "../fixtures/generate/strict_tables/run.rs"]
mod strict_tables;
#[path = "../fixtures/generate/types/run.rs"]
mod types;
#[path = "../fixtures/generate/upserts/run.rs"]
mod upserts;
#[path = "../fixtures/generate/values/run.rs"]
mod values;
#[path = "../fixtures/generate/views/run.rs"]
mod views;
#[path = "../fixtures/generate/wide_rows/run.rs"]
mod wide_rows;
#[path = "../fixtures/generate/windows/run.rs"]
mod windows;

/// The databases whose tests are run through an owner, too.
pub fn kinds() -> [Kind; 3] {
    let nested = Kind::of::<nested::nested_database::NestedDatabase>(|| ());
    [adapters::kind(), list_elements::kind(), nested]
}
