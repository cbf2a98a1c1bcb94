//! The numbered scenarios: each that the project claims is covered by a test whose name carries its number (`c17_…`), or by
//! a fixture whose purpose line does (`# C17: …`).

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::tree::{expect_none, files, rust_files};

/// The claimed numbers of the compiler, the terminal and the build script.
const COMPILER: &[RangeInclusive<u32>] = &[
    1..=111,
    113..=113,
    118..=128,
    129..=135,
    138..=138,
    142..=152,
];

/// The claimed numbers of the runtime.
const RUNTIME: &[RangeInclusive<u32>] = &[1..=108, 110..=128];

/// The claimed numbers of sharing.
const SHARING: &[RangeInclusive<u32>] = &[1..=62];

#[test]
fn every_claimed_scenario_has_a_test() {
    let found = numbers();
    let claims = [('c', COMPILER), ('r', RUNTIME), ('s', SHARING)];
    let missing: Vec<String> = claims
        .iter()
        .flat_map(|(letter, ranges)| ranges.iter().cloned().flatten().map(move |n| (*letter, n)))
        .filter(|scenario| !found.contains(scenario))
        .map(|(letter, number)| format!("{}{number}", letter.to_ascii_uppercase()))
        .collect();
    expect_none("no test carries the number of these scenarios", &missing);
}

/// Every number that a test or a fixture carries.
fn numbers() -> BTreeSet<(char, u32)> {
    let tests = rust_files().iter().flat_map(|file| {
        let lines = file.text.lines().map(str::trim_start);
        lines.flat_map(|line| {
            let line = line.strip_prefix("async ").unwrap_or(line);
            let name = line.strip_prefix("fn ").unwrap_or("");
            let words = name.split('_').map(scenario);
            words.take_while(Option::is_some).flatten()
        })
    });
    let fixtures = files("sqlitenow.toml").into_iter().flat_map(|file| {
        let purpose = file.text.lines().take_while(|line| line.starts_with('#'));
        let words = purpose.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()));
        let found: Vec<_> = words
            .filter_map(|word| scenario(&word.to_ascii_lowercase()))
            .collect();
        found
    });
    tests.chain(fixtures).collect()
}

/// `c17` as letter and number.
fn scenario(word: &str) -> Option<(char, u32)> {
    let letter = word
        .chars()
        .next()
        .filter(|c| ['c', 'r', 's'].contains(c))?;
    let number = word[1..].parse().ok()?;
    Some((letter, number))
}
