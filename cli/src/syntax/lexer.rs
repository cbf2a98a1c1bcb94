//! Text in, tokens out, cut as SQLite's own tokenizer cuts them (`sqlite3GetToken`; <https://sqlite.org/lang_expr.html>).
//!
//! `SELECT a->>'x' -- note` gives the words `SELECT` and `a`, the symbol `->>`, the string `'x'` and the comment `-- note`.
//! Nothing is ever refused: bytes SQLite does not know are [`TokenKind::Unknown`]. Tokens come in order and do not overlap;
//! between them lies only what SQLite calls space. All cuts fall on character boundaries, because every byte above 0x7F is
//! part of a word wherever it stands outside of quotes and comments.

use super::token::{Token, TokenKind};

/// Cuts `text` into tokens, comments included.
#[must_use]
pub fn lex(text: &str) -> Vec<Token> {
    lex_from(text, 0)
}

/// Cuts what follows byte `start` of `text`; ranges still count from the start of `text`.
#[must_use]
pub fn lex_from(text: &str, start: usize) -> Vec<Token> {
    let cursor = Cursor(text.as_bytes());
    let mut tokens = Vec::new();
    let mut at = start;
    while at < cursor.0.len() {
        let (kind, end) = cursor.token(at);
        if let Some(kind) = kind {
            tokens.push(Token {
                kind,
                range: at..end,
            });
        }
        at = end;
    }
    tokens
}

/// Bytes with SQLite's habit of reading a NUL behind the end.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.0.get(at).copied().unwrap_or(0)
    }

    /// The kind of the token that starts at `at` (none for space) and where it ends.
    fn token(&self, at: usize) -> (Option<TokenKind>, usize) {
        let next = self.byte(at + 1);
        let (kind, end) = match self.byte(at) {
            b' ' | b'\t' | b'\n' | 0x0C | b'\r' => return (None, self.while_matches(at, is_space)),
            0xEF if next == 0xBB && self.byte(at + 2) == 0xBF => return (None, at + 3),
            b'-' if next == b'-' => (
                TokenKind::Comment,
                self.while_matches(at, |b| b != b'\n' && b != 0),
            ),
            b'/' if next == b'*' && self.byte(at + 2) != 0 => {
                (TokenKind::Comment, self.block_comment(at))
            }
            b'\'' | b'"' | b'`' => self.quoted(at),
            b'[' => self.bracketed(at),
            b'x' | b'X' if next == b'\'' => self.blob(at),
            b'0'..=b'9' => self.number(at),
            b'.' if next.is_ascii_digit() => self.number(at),
            b'?' => (
                TokenKind::Parameter,
                self.while_matches(at + 1, |b| b.is_ascii_digit()),
            ),
            b'$' | b':' | b'@' | b'#' => self.named_parameter(at),
            b';' => (TokenKind::Semicolon, at + 1),
            first if is_word(first) => (TokenKind::Word, self.while_matches(at, is_word)),
            _ => self.symbol(at),
        };
        (Some(kind), end)
    }

    /// Where the run of bytes that satisfy `claim` ends.
    fn while_matches(&self, at: usize, claim: impl Fn(u8) -> bool) -> usize {
        let rest = self.0.get(at..).unwrap_or_default();
        at + rest.iter().position(|&b| !claim(b)).unwrap_or(rest.len())
    }

    fn symbol(&self, at: usize) -> (TokenKind, usize) {
        let length = match (self.byte(at), self.byte(at + 1)) {
            (b'-', b'>') if self.byte(at + 2) == b'>' => 3,
            (first, second) if is_pair(first, second) => 2,
            (
                b'-' | b'(' | b')' | b'+' | b'*' | b'/' | b'%' | b'=' | b'<' | b'>' | b'|' | b','
                | b'&' | b'~' | b'.',
                _,
            ) => 1,
            _ => return (TokenKind::Unknown, at + 1),
        };
        (TokenKind::Symbol, at + length)
    }

    /// A comment that is still open at the end is a comment all the same.
    fn block_comment(&self, at: usize) -> usize {
        let mut end = at + 2;
        loop {
            match (self.byte(end), self.byte(end + 1)) {
                (b'*', b'/') => return end + 2,
                (0, _) => return end,
                _ => end += 1,
            }
        }
    }

    fn quoted(&self, at: usize) -> (TokenKind, usize) {
        let delimiter = self.byte(at);
        let mut end = at + 1;
        loop {
            let byte = self.byte(end);
            if byte == 0 {
                return (TokenKind::Unknown, end);
            }
            end += 1;
            if byte == delimiter {
                if self.byte(end) != delimiter {
                    break;
                }
                end += 1;
            }
        }
        let kind = if delimiter == b'\'' {
            TokenKind::String
        } else {
            TokenKind::QuotedIdentifier
        };
        (kind, end)
    }

    fn bracketed(&self, at: usize) -> (TokenKind, usize) {
        let end = self.while_matches(at, |b| b != b']' && b != 0);
        if self.byte(end) == b']' {
            (TokenKind::QuotedIdentifier, end + 1)
        } else {
            (TokenKind::Unknown, end)
        }
    }

    fn blob(&self, at: usize) -> (TokenKind, usize) {
        let end = self.while_matches(at + 2, |b| b.is_ascii_hexdigit());
        if self.byte(end) == b'\'' && (end - at).is_multiple_of(2) {
            return (TokenKind::Blob, end + 1);
        }
        let end = self.while_matches(end, |b| b != b'\'' && b != 0);
        let closed = usize::from(self.byte(end) == b'\'');
        (TokenKind::Unknown, end + closed)
    }

    fn number(&self, at: usize) -> (TokenKind, usize) {
        let digits = |from| self.while_matches(from, |b| b.is_ascii_digit() || b == b'_');
        let hexadecimal = self.byte(at) == b'0'
            && matches!(self.byte(at + 1), b'x' | b'X')
            && self.byte(at + 2).is_ascii_hexdigit();
        let mut end;
        if hexadecimal {
            end = self.while_matches(at + 2, |b| b.is_ascii_hexdigit() || b == b'_');
        } else {
            end = digits(at);
            if self.byte(end) == b'.' {
                end = digits(end + 1);
            }
            if matches!(self.byte(end), b'e' | b'E') {
                let sign = usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
                if self.byte(end + 1 + sign).is_ascii_digit() {
                    end = digits(end + 1 + sign);
                }
            }
        }
        let tail = self.while_matches(end, is_word);
        if tail > end {
            (TokenKind::Unknown, tail)
        } else {
            (TokenKind::Number, end)
        }
    }

    /// `:a`, `@a`, `$a`, and Tcl's `$a::b(c)`, which SQLite takes behind any of the prefixes.
    fn named_parameter(&self, at: usize) -> (TokenKind, usize) {
        let mut end = at + 1;
        let mut named = false;
        loop {
            match self.byte(end) {
                b'(' if named => {
                    end = self.while_matches(end, |b| b != 0 && !is_space(b) && b != b')');
                    if self.byte(end) != b')' {
                        return (TokenKind::Unknown, end);
                    }
                    end += 1;
                    break;
                }
                b':' if self.byte(end + 1) == b':' => end += 2,
                byte if is_word(byte) => {
                    named = true;
                    end += 1;
                }
                _ => break,
            }
        }
        // `#1` names a register inside SQLite itself and is refused in statements from outside.
        if named && self.byte(at) != b'#' {
            (TokenKind::Parameter, end)
        } else {
            (TokenKind::Unknown, end)
        }
    }
}

/// Whether the two bytes are one operator.
fn is_pair(first: u8, second: u8) -> bool {
    matches!(
        &[first, second],
        b"->" | b"==" | b"<=" | b"<>" | b"<<" | b">=" | b">>" | b"!=" | b"||"
    )
}

/// Space inside a run of space; a vertical tab alone starts none.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0D)
}

/// What may stand in a word: letters, digits, `_`, `$` and every byte of a character beyond ASCII.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..)
}
