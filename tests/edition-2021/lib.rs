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
    "../fixtures/generate/affinity/expected/affinity_database.rs" affinity_database
    "../fixtures/generate/bench/expected/bench_database.rs" bench_database
    "../fixtures/generate/board/expected/board_database.rs" board_database
    "../fixtures/generate/circles/expected/circle_database.rs" circle_database
    "../fixtures/generate/declared/expected/declared_database.rs" declared_database
    "../fixtures/generate/first/expected/app_database.rs" first
    "../fixtures/generate/guide/expected/habit_database.rs" habit_database
    "../fixtures/generate/list_elements/expected/list_elements_database.rs" list_elements_database
    "../fixtures/generate/lists/expected/lists_database.rs" lists_database
    "../fixtures/generate/minimal/expected/app_database.rs" minimal
    "../fixtures/generate/names/expected/names_database.rs" names_database
    "../../runtime/doc/notes_database.rs" notes_database
    "../fixtures/generate/pair/expected/first.rs" pair_first
    "../fixtures/generate/pair/expected/second.rs" pair_second
    "../../sql-examples/tasks/src/db/task_database.rs" task_database
    "../fixtures/generate/values/expected/values_database.rs" values_database
}

/// Where `pair` looks for the runtime: a crate may re-export it.
mod facade {
    pub use sqlitenow_runtime::v1;
}
