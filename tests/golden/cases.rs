//! The programs that run the golden modules.

#[path = "../fixtures/generate/affinity/run.rs"]
mod affinity;
#[path = "../fixtures/generate/bench/run.rs"]
mod bench;
#[path = "../fixtures/generate/board/run.rs"]
mod board;
#[path = "../fixtures/generate/circles/run.rs"]
mod circles;
#[path = "../fixtures/generate/declared/run.rs"]
mod declared;
#[path = "../fixtures/generate/first/run.rs"]
mod first;
#[path = "../fixtures/generate/guide/run.rs"]
mod guide;
#[path = "../fixtures/generate/list_elements/run.rs"]
mod list_elements;
#[path = "../fixtures/generate/lists/run.rs"]
mod lists;
#[path = "../fixtures/generate/minimal/run.rs"]
mod minimal;
#[path = "../fixtures/generate/names/run.rs"]
mod names;
#[path = "../fixtures/generate/notes/run.rs"]
mod notes;
#[path = "../fixtures/generate/pair/run.rs"]
mod pair;
#[path = "../fixtures/generate/values/run.rs"]
mod values;
