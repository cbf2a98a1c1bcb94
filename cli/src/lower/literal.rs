//! Rust literals for any text.

/// Code points that Rust or clippy refuse, or that an editor would hide, when they stand in a literal as they are.
fn needs_escape(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// `text` as a string literal of one line.
#[must_use]
pub fn short_string(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if needs_escape(c) => literal.extend(c.escape_unicode()),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// `text` as it is, in a raw string; escaped only when a raw string with one `#` cannot hold it.
///
/// Texts with `"#` are rare, and clippy miscounts the hashes that some of them need.
#[must_use]
pub fn verbatim_string(text: &str) -> String {
    if text.chars().any(needs_escape) || text.contains("\"#") {
        return short_string(text);
    }
    let hash = if text.contains('"') { "#" } else { "" };
    format!("r{hash}\"{text}\"{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_as_few_as_possible() {
        assert_eq!(verbatim_string("a"), "r\"a\"");
        assert_eq!(verbatim_string("\"a\""), "r#\"\"a\"\"#");
        assert_eq!(verbatim_string("\"#"), "\"\\\"#\"");
        assert_eq!(verbatim_string("a\r\nb"), "\"a\\r\\nb\"");
    }

    #[test]
    fn short_strings_have_one_line() {
        assert_eq!(short_string("a\"\\\n\u{202e}"), "\"a\\\"\\\\\\n\\u{202e}\"");
    }
}
