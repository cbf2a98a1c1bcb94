//! Tokens as SQLite's own tokenizer cuts them.
//!
//! A [`Token`] is a kind and a range of bytes; its text stays in the file. Everything that reads one gets the whole text
//! of the file handed in, since ranges count from the file's first byte.

use std::borrow::Cow;
use std::ops::Range;

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A keyword or a bare identifier.
    Word,
    /// An identifier in `"…"`, `` `…` `` or `[…]`.
    QuotedIdentifier,
    /// A string in `'…'`.
    String,
    /// A blob literal, `x'…'`.
    Blob,
    /// A number.
    Number,
    /// A bind parameter: `?`, `?1`, `:a`, `@a`, `$a`.
    Parameter,
    /// A `--` or `/* */` comment.
    Comment,
    /// An operator or a bracket; one token for `||`, `->>`, `<>` and the like.
    Symbol,
    /// `;`
    Semicolon,
    /// What SQLite would call an unrecognized token.
    Unknown,
}

/// A token and its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub range: Range<usize>,
}

impl Token {
    /// Its text; `file` is the whole text it was cut from.
    #[must_use]
    pub fn text<'a>(&self, file: &'a str) -> &'a str {
        file.get(self.range.clone()).unwrap_or("")
    }

    /// Whether it is the bare word `word`, in any letter case.
    #[must_use]
    pub fn is_word(&self, file: &str, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text(file).eq_ignore_ascii_case(word)
    }

    /// Whether it is the operator or bracket `symbol`.
    #[must_use]
    pub fn is_symbol(&self, file: &str, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.text(file) == symbol
    }

    /// Whether SQLite's parser sees it: everything but comments.
    #[must_use]
    pub fn is_significant(&self) -> bool {
        self.kind != TokenKind::Comment
    }

    /// The name it stands for where a name is expected: quotes taken off and doubled quotes halved.
    ///
    /// SQLite takes strings for names as well (`CREATE TABLE 'a'`), so they give one, too; other tokens give none.
    #[must_use]
    pub fn name<'a>(&self, file: &'a str) -> Option<Cow<'a, str>> {
        match self.kind {
            TokenKind::Word | TokenKind::QuotedIdentifier | TokenKind::String => {
                Some(unquote(self.text(file)))
            }
            _ => None,
        }
    }
}

/// Takes the quotes off an identifier in any of SQLite's four styles: `"a""b"` is `a"b`; a bare word stays as it is.
#[must_use]
pub fn unquote(word: &str) -> Cow<'_, str> {
    let mut chars = word.chars();
    let (Some(open), Some(close)) = (chars.next(), chars.next_back()) else {
        return Cow::Borrowed(word);
    };
    let inner = chars.as_str();
    match (open, close) {
        // A bracket has no way to write `]` inside, so nothing is doubled there.
        ('[', ']') => Cow::Borrowed(inner),
        ('"', '"') | ('`', '`') | ('\'', '\'') => {
            let doubled: String = [open, open].iter().collect();
            if inner.contains(&doubled) {
                Cow::Owned(inner.replace(&doubled, open.encode_utf8(&mut [0; 4])))
            } else {
                Cow::Borrowed(inner)
            }
        }
        _ => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn c32_all_four_quotings_give_the_bare_name() {
        for (quoted, name) in [
            ("a", "a"),
            ("\"a\"", "a"),
            ("`a`", "a"),
            ("[a]", "a"),
            ("'a'", "a"),
            ("\"a\"\"b\"", "a\"b"),
            ("`a``b`", "a`b"),
            ("'it''s'", "it's"),
            ("[a[b]", "a[b"),
            ("[\"\"]", "\"\""),
            ("\"\"", ""),
            ("\"", "\""),
            ("", ""),
            ("\"naïve ü\"", "naïve ü"),
        ] {
            assert_eq!(unquote(quoted), name, "{quoted}");
        }
    }
}
