//! Turns the user's SQL comments into rustdoc that means the same and trips nothing.

/// `lines` as lines of rustdoc: no links, tags, doctests or indented code come out of what was prose.
#[must_use]
pub fn doc_lines(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| doc_line(line.trim())).collect()
}

fn doc_line(line: &str) -> String {
    let mut text = String::new();
    for c in line.chars() {
        match c {
            '[' | ']' | '<' | '>' => text.extend(['\\', c]),
            '\t' => text.push(' '),
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    if text.starts_with("```") || text.starts_with("~~~") {
        text.insert(0, '\\');
    }
    text
}

/// The lints which prose of another language trips though nothing is wrong with it.
#[must_use]
pub fn doc_allows(lines: &[String]) -> Vec<String> {
    let mut allows = Vec::new();
    let code_like = |word: &str| {
        word.contains('_') || word.contains("::") || word.chars().skip(1).any(char::is_uppercase)
    };
    if lines
        .iter()
        .any(|line| line.split_whitespace().any(code_like))
    {
        allows.push("clippy::doc_markdown".to_owned());
    }
    let item = |line: &String| {
        line.starts_with(['-', '*', '+']) || line.starts_with(|c: char| c.is_ascii_digit())
    };
    if lines.iter().any(item) {
        allows.push("clippy::doc_lazy_continuation".to_owned());
    }
    allows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_stays_prose() {
        let lines = ["    see [x] <b>".to_owned(), "```".to_owned()];
        assert_eq!(doc_lines(&lines), ["see \\[x\\] \\<b\\>", "\\```"]);
    }

    #[test]
    fn identifiers_in_prose_are_allowed() {
        assert_eq!(
            doc_allows(&["the due_date".to_owned()]),
            ["clippy::doc_markdown"]
        );
        assert!(doc_allows(&["Plain words.".to_owned()]).is_empty());
    }
}
