//! The page of a diagnostic: what it means, with an example of wrong and right.

use anyhow::anyhow;

use crate::diagnostic::Code;

use crate::commands::terminal::{print, tell};

/// Prints all codes with their titles.
pub fn list() {
    Code::all().for_each(|code| tell(format_args!("{code}  {}", code.title())));
}

/// Whether `word` is meant as a code: `SN0401`, `sn401` and `0401` are, `tasks.by_id` is not.
pub fn is_code(word: &str) -> bool {
    let digits = digits(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Prints the page of the code that is meant by `word`.
pub fn explain(word: &str) -> anyhow::Result<()> {
    print(page(find(word)?));
    Ok(())
}

fn digits(word: &str) -> &str {
    word.trim_start_matches(|c: char| "sn".contains(c.to_ascii_lowercase()))
}

fn find(written: &str) -> anyhow::Result<Code> {
    let number = format!("SN{:0>4}", digits(written));
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
fn page(code: Code) -> String {
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
