//! Turns the user's SQL comments into rustdoc that means the same and trips nothing.

/// Whether `c` turns the direction of the text around it; rustc refuses such characters also in comments.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `name` as it may stand between backticks in rustdoc.
#[must_use]
pub fn quotable(name: &str) -> String {
    name.chars()
        .filter(|c| !turns_direction(*c))
        .map(|c| if c.is_control() || c == '`' { ' ' } else { c })
        .collect()
}

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
            c if c.is_control() => text.push(' '),
            c if turns_direction(c) => {}
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
    let is_open = |line: &String| line.matches('`').count() % 2 == 1;
    if lines
        .iter()
        .any(|line| is_open(line) || line.split_whitespace().any(code_like))
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
    fn nothing_turns_the_direction_of_the_code() {
        let lines = ["\u{202e}evil\u{2066}".to_owned()];
        assert_eq!(doc_lines(&lines), ["evil"]);
        assert_eq!(quotable("a\u{202e}b`\nc"), "ab  c");
    }

    #[test]
    fn identifiers_in_prose_are_allowed() {
        assert_eq!(
            doc_allows(&["the due_date".to_owned()]),
            ["clippy::doc_markdown"]
        );
        assert_eq!(
            doc_allows(&["the ` alone".to_owned()]),
            ["clippy::doc_markdown"]
        );
        assert!(doc_allows(&["Plain words.".to_owned()]).is_empty());
    }
}
