//! The one place that may panic.

/// Ends the program: what happened cannot, and is our mistake, not the user's.
#[track_caller]
pub(crate) fn bug(what: &str) -> ! {
    panic!("this is a bug of sqlitenow, please report it: {what}");
}
