//! Every golden module, compiled in edition 2021 with warnings and pedantic lints denied; `golden` does so in 2024.

/// Declares a golden module as a user's crate would: public, so that it is held to the lints of a published one.
macro_rules! golden {
    ($($path:literal $name:ident)+) => {$(
        #[doc = concat!("`", $path, "`")]
        #[path = $path]
        pub mod $name;
    )+};
}

golden! {
    "../fixtures/generate/adapters/expected/desk_database.rs" desk_database
    "../fixtures/generate/affinity/expected/affinity_database.rs" affinity_database
    "../fixtures/generate/bench/expected/bench_database.rs" bench_database
    "../fixtures/generate/board/expected/board_database.rs" board_database
    "../fixtures/generate/builtins/expected/builtins_database.rs" builtins_database
    "../fixtures/generate/carried_calendar/expected/calendar_database.rs" calendar_database
    "../fixtures/generate/carried_people/expected/people_database.rs" people_database
    "../fixtures/generate/carried_tasks/expected/task_database.rs" carried_tasks
    "../fixtures/generate/cascades/expected/cascades_database.rs" cascades_database
    "../fixtures/generate/circles/expected/circle_database.rs" circle_database
    "../fixtures/generate/common_tables/expected/common_tables_database.rs" common_tables_database
    "../fixtures/generate/compounds/expected/compounds_database.rs" compounds_database
    "../fixtures/generate/declared/expected/declared_database.rs" declared_database
    "../fixtures/generate/first/expected/app_database.rs" first
    "../fixtures/generate/full_text/expected/full_text_database.rs" full_text_database
    "../fixtures/generate/generated_columns/expected/generated_columns_database.rs" generated_columns_database
    "../fixtures/generate/guide/expected/habit_database.rs" habit_database
    "../fixtures/generate/guide/expected/race_database.rs" race_database
    "../fixtures/generate/json/expected/json_database.rs" json_database
    "../fixtures/generate/list_elements/expected/list_elements_database.rs" list_elements_database
    "../fixtures/generate/lists/expected/lists_database.rs" lists_database
    "../fixtures/generate/mapped/expected/mapped_database.rs" mapped_database
    "../fixtures/generate/migration_steps/expected/migration_steps_database.rs" migration_steps_database
    "../fixtures/generate/minimal/expected/app_database.rs" minimal
    "../fixtures/generate/names/expected/names_database.rs" names_database
    "../fixtures/generate/nested/expected/nested_database.rs" nested_database
    "../fixtures/generate/nested_namespaces/expected/nested_namespaces_database.rs" nested_namespaces_database
    "../../runtime/doc/notes_database.rs" notes_database
    "../fixtures/generate/outer_joins/expected/outer_joins_database.rs" outer_joins_database
    "../fixtures/generate/pair/expected/first.rs" pair_first
    "../fixtures/generate/pair/expected/second.rs" pair_second
    "../fixtures/generate/parameter_spellings/expected/parameter_spellings_database.rs" parameter_spellings_database
    "../fixtures/generate/plain_names/expected/plain_names_database.rs" plain_names_database
    "../fixtures/generate/precedence/expected/precedence_database.rs" precedence_database
    "../fixtures/generate/quoted_names/expected/quoted_names_database.rs" quoted_names_database
    "../fixtures/generate/returning_forms/expected/returning_forms_database.rs" returning_forms_database
    "../fixtures/generate/root_queries/expected/root_queries_database.rs" root_queries_database
    "../fixtures/generate/row_values/expected/row_values_database.rs" row_values_database
    "../fixtures/generate/shared_rows/expected/shared_rows_database.rs" shared_rows_database
    "../fixtures/generate/spatial/expected/spatial_database.rs" spatial_database
    "../fixtures/generate/spellings/expected/spellings_database.rs" spellings_database
    "../fixtures/generate/strict_tables/expected/strict_tables_database.rs" strict_tables_database
    "../fixtures/generate/rows/expected/rows_database.rs" rows_database
    "../../sql-examples/tasks/src/db/task_database.rs" task_database
    "../fixtures/generate/types/expected/types_database.rs" types_database
    "../fixtures/generate/upserts/expected/upserts_database.rs" upserts_database
    "../fixtures/generate/values/expected/values_database.rs" values_database
    "../fixtures/generate/views/expected/views_database.rs" views_database
    "../fixtures/generate/wide_rows/expected/wide_rows_database.rs" wide_rows_database
    "../fixtures/generate/windows/expected/windows_database.rs" windows_database
}

/// `split` lies in several files; taken in as the module of a build script is.
pub mod split_database {
    include!("../fixtures/generate/split/expected/split_database.rs");
}

/// The types of the application in `carried_people`.
#[path = "../fixtures/generate/carried_people/address.rs"]
pub mod address;
/// The types of the application in `carried_calendar`.
#[path = "../fixtures/generate/carried_calendar/calendar.rs"]
pub mod calendar;
/// The types of the application in `types`.
#[path = "../fixtures/generate/types/model.rs"]
pub mod model;
#[path = "../fixtures/generate/adapters/own.rs"]
pub mod own;
#[path = "../fixtures/generate/builtins/plain.rs"]
pub mod plain;
#[path = "../fixtures/generate/guide/race.rs"]
pub mod race;

/// Where `pair` looks for the runtime: a crate may re-export it.
mod facade {
    pub use sqlitenow_runtime::v1;
}

/// The types of the application in `nested`.
#[path = "../fixtures/generate/nested/own.rs"]
pub mod nested_own;

/// Makes types of the application out of nested rows.
macro_rules! built_from {
    ($($row:ident $own:ident($($field:ident),*))+) => {$(
        impl From<nested_database::notes::$row> for nested_own::$own {
            fn from(row: nested_database::notes::$row) -> Self {
                Self($(row.$field),*)
            }
        }
    )+};
}

built_from! {
    BylinesAuthorRow Byline(author_name)
    BylinesReviewerRow Byline(name)
    BylinesTextRow Text(body)
    BylinesPlacesRow Place(id, city)
}

/// What `mapped` makes of its rows, which a golden case does with more care.
mod mapping {
    use std::marker::PhantomData;

    use super::mapped_database::jars::{AmountsRow, Thing};
    use super::model::{Cents, Key, Person};

    impl From<AmountsRow> for Cents {
        fn from(row: AmountsRow) -> Self {
            Self(row.cents)
        }
    }

    impl From<Thing> for Key<Person> {
        fn from(row: Thing) -> Self {
            Self(row.id, PhantomData)
        }
    }
}
