//! Nested results, lists and adapters through an owner: on a thread, and in another process.

use sqlitenow_tests::way::{Way, run_again, serve};

use crate::cases;

/// Their tests.
const WORDS: &[&str] = &[
    "cases::adapters::",
    "cases::list_elements::",
    "cases::nested::",
];

#[test]
fn s19_s20_they_pass_through_an_owner_on_a_thread() {
    run_again(Way::Thread, WORDS, &[], 20);
}

#[test]
fn s19_s20_they_pass_through_an_owner_in_another_process() {
    run_again(Way::Process, WORDS, &[], 20);
}

/// No test: the other process, which is this program.
#[test]
fn owners() {
    serve(&cases::kinds());
}
