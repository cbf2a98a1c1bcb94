//! The terminal program `sqlitenow`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sqlitenow::commands::run()
}
