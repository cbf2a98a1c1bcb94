//! The tests of this program through an owner: on a thread, and in another process.

use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::way::{Kind, Skipped, Way, run_again, serve};

use crate::binding::{Empty, Named};
use crate::closures::Ending;

/// What cannot be had through an owner, and the tests that ask for it.
const SKIPPED: &[Skipped] = &[
    Skipped {
        capability: "opening itself: files that are found, migrated, adopted or opened later",
        way: None,
        tests: &["adopting::", "lazy::", "migrations::"],
    },
    Skipped {
        capability: "owners, which have clients of their own",
        way: None,
        tests: &["sharing::"],
    },
    Skipped {
        capability: "a file that is closed when `close` returns or the last handle is dropped",
        way: None,
        tests: &[
            "backup::a_copy_that_is_dropped_or_cut_short_by_close_leaves_all_or_nothing",
            "lifecycle::r9_after_close_no_wal_is_left_and_the_path_can_be_opened_again",
            "lifecycle::r10_",
            "lifecycle::r121_",
            "read_only::",
            "readers::r36_many_tasks_at_once_each_see_what_they_have_written",
            "stream::a_query_that_finds_nothing_ends_with_its_stream_or_its_database",
            "stream::close_ends_a_stream_and_leaves_no_log",
            "stream_end::the_last_handle_and_its_stream_dropped_while_the_stream_opens",
        ],
    },
    Skipped {
        capability: "statements that run on the caller's poll",
        way: None,
        tests: &[
            "places::a_statement_that_was_slow_runs_on_the_thread_next_time",
            "places::a_write_whose_commit_waits_for_the_disk_runs_on_the_thread",
            "shape::inline_calls_need_no_runtime",
            "tracing::r34_",
        ],
    },
    Skipped {
        capability: "paused time, which runs ahead while an answer is awaited",
        way: None,
        tests: &[
            "readers::waiting_for_a_reader_has_a_deadline",
            "watch_shared::r98_",
        ],
    },
    Skipped {
        capability: "a status that shows what the thread which has the file open is doing",
        way: None,
        tests: &[
            "locks::dropped_in_a_commit_that_fails_for_a_foreign_lock_it_is_undone",
            "locks::dropped_in_begin_that_waits_for_a_foreign_lock_it_is_undone",
            "locks::r30_dropped_in_a_commit_that_waits_for_a_foreign_lock",
            "readers::r35_a_long_read_delays_neither_a_write_nor_another_read",
            "status::r115_status_shows_watches_readers_streams_and_the_cache",
            "suspensions::",
        ],
    },
    Skipped {
        capability: "closures and streams beside the caller's own transaction: a client has one line to its owner",
        way: None,
        tests: &[
            "readers::r36_a_read_in_a_transaction_sees_its_rows_and_one_outside_does_not_wait",
            "readers::r38_",
            "readers::r7_",
            "readers_end::r8_close_finishes_the_reads_that_were_asked_for_before_it",
            "readers_watch::r35_",
            "readers_watch::r94_",
        ],
    },
    Skipped {
        capability: "stopping a raw statement that runs",
        way: None,
        tests: &["readers_end::a_read_that_is_dropped_gives_its_reader_back"],
    },
    Skipped {
        capability: "looking for commits of strangers, which is the owner's",
        way: None,
        tests: &["external::r89_"],
    },
    Skipped {
        capability: "a panic of a hook, which an owner turns into an error",
        way: None,
        tests: &["hooks::a_panic_in_a_hook_reaches_whoever_opens"],
    },
    Skipped {
        capability: "spans of what the owner does",
        way: None,
        tests: &["tracing::r114_"],
    },
    Skipped {
        capability: "a path that is no text",
        way: None,
        tests: &["log::a_name_that_is_no_utf8_keeps_the_log_short"],
    },
];

#[test]
fn s19_s26_all_of_it_passes_through_an_owner_on_a_thread() {
    run_again(Way::Thread, &[], SKIPPED, 150);
}

#[test]
fn s19_s26_all_of_it_passes_through_an_owner_in_another_process() {
    run_again(Way::Process, &[], SKIPPED, 100);
}

/// No test: the other process, which is this program.
#[test]
fn owners() {
    serve(&[
        Kind::of::<BoardDatabase>(|| ()),
        Kind::of::<Empty>(|| ()),
        Kind::of::<Ending>(|| ()),
        Kind::of::<Named>(|| ()),
    ]);
}
