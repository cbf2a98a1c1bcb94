//! `docs/carried-over.md` shows what stands in the folders that it speaks of, and what their tests run.

use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../../docs/carried-over.md");

fn folders() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/generate")
}

/// The lines of a text without indentation.
fn lines(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

fn blocks(language: &str) -> Vec<Vec<&'static str>> {
    let start = format!("\n```{language}\n");
    let blocks: Vec<_> = PAGE
        .split(&start)
        .skip(1)
        .map(|block| lines(block.split("\n```").next().unwrap_or_default()))
        .collect();
    assert!(blocks.len() >= 4, "{language}");
    blocks
}

#[test]
fn the_sql_of_the_page_is_that_of_the_folders() {
    for block in blocks("sql") {
        let file = block[0].strip_prefix("-- ").unwrap();
        let text = fs::read_to_string(folders().join(file)).unwrap();
        let shown = &block[1..];
        let found = lines(&text).windows(shown.len()).any(|part| part == shown);
        assert!(
            found,
            "{file} holds something else than\n{}",
            shown.join("\n")
        );
    }
}

#[test]
fn the_rust_of_the_page_is_that_of_the_tests() {
    let tests = ["carried_tasks", "carried_people", "carried_calendar"]
        .map(|folder| fs::read_to_string(folders().join(folder).join("run.rs")).unwrap());
    for block in blocks("rust") {
        let holds = |text: &String| lines(text).windows(block.len()).any(|part| part == block);
        assert!(
            tests.iter().any(holds),
            "no test runs\n{}",
            block.join("\n")
        );
    }
}
