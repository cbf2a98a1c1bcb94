//! `sqlitenow explain SN0401`: what a diagnostic means, with an example of wrong and right; without a code, the list of all.

use std::process::ExitCode;

use anyhow::anyhow;
use clap::Args;

use crate::diagnostic::Code;

use super::terminal::{print, tell};

/// What `sqlitenow explain` is asked for.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The code of a diagnostic, such as `SN0401`; all of them are listed by default.
    code: Option<String>,
}

/// Prints the explanation.
pub fn run(arguments: &ExplainArguments) -> anyhow::Result<ExitCode> {
    match &arguments.code {
        Some(code) => print(explain(find(code)?)),
        None => Code::all().for_each(|code| tell(format_args!("{code}  {}", code.title()))),
    }
    Ok(ExitCode::SUCCESS)
}

/// The code that is meant by `written`: `SN0401`, `sn401` and `0401` are one.
fn find(written: &str) -> anyhow::Result<Code> {
    let digits = written.trim_start_matches(|c: char| "sn".contains(c.to_ascii_lowercase()));
    let number = format!("SN{digits:0>4}");
    Code::parse(&number).ok_or_else(|| {
        let advice =
            nearest(&number).map_or_else(String::new, |code| format!("did you mean `{code}`? "));
        anyhow!("there is no code `{written}`; {advice}`sqlitenow explain` lists them all")
    })
}

/// The code that differs from `number` in the fewest letters, and of several that with the nearest number.
fn nearest(number: &str) -> Option<Code> {
    let value = |number: &str| number[2..].parse::<u32>().unwrap_or(0);
    Code::all().min_by_key(|code| {
        let letters = strsim::damerau_levenshtein(code.number(), number);
        (letters, value(code.number()).abs_diff(value(number)))
    })
}

/// The page of `code` as a terminal shows it: examples are indented, instead of fenced.
fn explain(code: Code) -> String {
    let mut text = format!("{code}: {}\n\n", code.title());
    let mut is_example = false;
    for line in code.explanation().lines() {
        if line.starts_with("```") {
            is_example = !is_example;
            continue;
        }
        if is_example && !line.is_empty() {
            text.push_str("    ");
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}
