//! Advice for statements that SQLite cannot read: letters that look like SQL's own signs, keywords used as names.
//!
//! In: a statement that was rejected. Out: what to write instead, if that can be told: `“a”` → "replace `“` (U+201C)
//! by `"`".

use crate::source::SourceMap;
use crate::syntax::{Statement, StatementKind, Token, TokenKind};

/// Words behind which a name must follow.
const BEFORE_NAMES: &[&str] = &["AS", "FROM", "INTO", "JOIN", "TABLE", "UPDATE"];

/// What to do about the first word of `statement` that holds a sign which SQL does not know.
#[must_use]
pub fn advise_lookalike(statement: &Statement, sources: &SourceMap) -> Option<String> {
    let text = &sources.file(statement.file()).text;
    let mut words = statement
        .significant()
        .filter(|token| token.kind == TokenKind::Word);
    words.find_map(|token| token.text(text).chars().find_map(replacement))
}

/// Whether a name is expected behind `token`.
pub(super) fn stands_before_name(token: &Token, text: &str, kind: StatementKind) -> bool {
    let in_list = kind == StatementKind::CreateTable
        && (token.is_symbol(text, "(") || token.is_symbol(text, ","));
    let word = token.text(text).to_ascii_uppercase();
    in_list || token.is_symbol(text, ".") || BEFORE_NAMES.contains(&word.as_str())
}

/// SQLite takes every character beyond ASCII for a letter, also those that look like something else.
fn replacement(c: char) -> Option<String> {
    let number = u32::from(c);
    let meant = match c {
        '\u{a0}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => {
            return Some(format!(
                "replace U+{number:04X}, which looks like a space, by a space"
            ));
        }
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {
            return Some(format!("remove the invisible U+{number:04X}"));
        }
        '‘' | '’' | '‚' => '\'',
        '“' | '”' | '„' => '"',
        '‐'..='―' | '−' => '-',
        '\u{37e}' => ';',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(number - 0xfee0)?,
        _ => return None,
    };
    Some(format!("replace `{c}` (U+{number:04X}) by `{meant}`"))
}

#[cfg(test)]
mod tests {
    use super::replacement;

    #[test]
    fn signs_that_look_like_others_are_named() {
        for (c, advice) in [
            (
                '\u{a0}',
                "replace U+00A0, which looks like a space, by a space",
            ),
            ('\u{200b}', "remove the invisible U+200B"),
            ('“', "replace `“` (U+201C) by `\"`"),
            ('−', "replace `−` (U+2212) by `-`"),
            ('，', "replace `，` (U+FF0C) by `,`"),
            ('Ａ', "replace `Ａ` (U+FF21) by `A`"),
        ] {
            assert_eq!(replacement(c).as_deref(), Some(advice));
        }
        assert!("aä日é🦀".chars().all(|c| replacement(c).is_none()));
    }
}
