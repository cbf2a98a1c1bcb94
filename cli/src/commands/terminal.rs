//! Text for standard output and standard error.
//!
//! Whoever reads it may have gone, as in `sqlitenow check | head -1`. Then it is dropped, and the exit code tells the
//! outcome all the same; the macros of std would panic.

use std::fmt::Display;
use std::io::{Write as _, stderr, stdout};

/// Prints a line of results.
pub fn tell(line: impl Display) {
    print(format_args!("{line}\n"));
}

/// Prints results as they are.
pub fn print(text: impl Display) {
    drop(write!(stdout(), "{text}"));
}

/// Prints a line about what is wrong.
pub fn warn(line: impl Display) {
    drop(writeln!(stderr(), "{line}"));
}
