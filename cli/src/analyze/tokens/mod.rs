//! Translates SQLite's tokens into sqlparser's, so that its tokenizer is not needed and spans are bytes of the file.
//!
//! Words which SQLite does not reserve at their place become plain names (`interval`, `top`, `end`, a column `rows`).
//! What has no influence on types is left out: INDEXED BY, MATERIALIZED, EXCLUDE, NULLS FIRST, OR IGNORE. Join words are
//! put in order, a comma between tables is the join it is, and `ISNULL` is spelled out:
//! `FROM a CROSS JOIN b ON …, c INDEXED BY i` → `FROM a JOIN b ON … JOIN c`.

mod clause;
mod words;

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Span, Token as SqlToken, TokenWithSpan, Word};

use crate::syntax::{Token, TokenKind, unquote};

use clause::Bracket;

/// Translates `tokens` of the text `file`.
pub(super) fn translate(file: &str, tokens: &[&Token]) -> Vec<TokenWithSpan> {
    let mut translator = Translator {
        file,
        tokens,
        at: 0,
        out: Vec::with_capacity(tokens.len() + 4),
        brackets: vec![Bracket::default()],
        cases: 0,
    };
    while translator.at < tokens.len() {
        translator.step();
    }
    translator.out
}

struct Translator<'a> {
    file: &'a str,
    tokens: &'a [&'a Token],
    at: usize,
    out: Vec<TokenWithSpan>,
    /// The statement, and every parenthesis that is open.
    brackets: Vec<Bracket>,
    /// How many CASEs wait for their END.
    cases: usize,
}

impl Translator<'_> {
    fn step(&mut self) {
        let Some(token) = self.peek(0) else { return };
        match token.kind {
            TokenKind::Word => self.word(),
            TokenKind::QuotedIdentifier => {
                let text = token.text(self.file);
                self.emit(SqlToken::Word(Word {
                    value: unquote(text).into_owned(),
                    // One sign for all four styles would lose that only "x" may turn out to be a string.
                    quote_style: text.chars().next(),
                    keyword: Keyword::NoKeyword,
                }));
            }
            TokenKind::String => self.emit(SqlToken::SingleQuotedString(
                unquote(token.text(self.file)).into_owned(),
            )),
            TokenKind::Blob => {
                self.emit(SqlToken::HexStringLiteral(token.text(self.file).to_owned()));
            }
            TokenKind::Number => {
                self.emit(SqlToken::Number(token.text(self.file).to_owned(), false));
            }
            TokenKind::Parameter => self.parameter(),
            TokenKind::Symbol => self.symbol(),
            TokenKind::Comment | TokenKind::Semicolon | TokenKind::Unknown => self.at += 1,
        }
    }

    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn is_word(&self, ahead: usize, word: &str) -> bool {
        self.peek(ahead)
            .is_some_and(|token| token.is_word(self.file, word))
    }

    fn is_symbol(&self, ahead: usize, symbol: &str) -> bool {
        self.peek(ahead)
            .is_some_and(|token| token.is_symbol(self.file, symbol))
    }

    fn follows(&self, word: &str) -> bool {
        self.at > 0 && self.tokens[self.at - 1].is_word(self.file, word)
    }

    fn follows_symbol(&self, symbol: &str) -> bool {
        self.at > 0 && self.tokens[self.at - 1].is_symbol(self.file, symbol)
    }

    /// Writes one token for the one that is read.
    fn emit(&mut self, token: SqlToken) {
        self.emit_in_place(token);
        self.at += 1;
    }

    /// Writes one token at the place of the one that is read, without going on.
    fn emit_in_place(&mut self, token: SqlToken) {
        let range = self
            .tokens
            .get(self.at)
            .map_or(0..0, |token| token.range.clone());
        // The column is the byte; a line of zero would mean "no place".
        let location = |byte: usize| Location::new(1, u64::try_from(byte).unwrap_or(u64::MAX));
        self.out.push(TokenWithSpan {
            token,
            span: Span::new(location(range.start), location(range.end)),
        });
    }

    fn keyword(&mut self, keyword: Keyword) {
        let value = self
            .peek(0)
            .map_or("", |token| token.text(self.file))
            .to_owned();
        self.emit(SqlToken::Word(Word {
            value,
            quote_style: None,
            keyword,
        }));
    }

    fn added(&mut self, word: &str) {
        self.emit_in_place(SqlToken::make_word(word, None));
    }

    /// `IN :list` gets the parentheses that it has in `IN (:list)`.
    fn parameter(&mut self) {
        let text = self.peek(0).map_or("", |token| token.text(self.file));
        let placeholder = SqlToken::Placeholder(text.to_owned());
        if self.follows("IN") {
            self.emit_in_place(SqlToken::LParen);
            self.emit_in_place(placeholder);
            self.emit(SqlToken::RParen);
        } else {
            self.emit(placeholder);
        }
    }

    fn symbol(&mut self) {
        let text = self.peek(0).map_or("", |token| token.text(self.file));
        let token = match text {
            "(" => SqlToken::LParen,
            ")" => SqlToken::RParen,
            "," if self.bracket().clause.is_from() => return self.comma_join(),
            "," => SqlToken::Comma,
            "." => SqlToken::Period,
            "+" => SqlToken::Plus,
            "-" => SqlToken::Minus,
            "*" => SqlToken::Mul,
            "/" => SqlToken::Div,
            "%" => SqlToken::Mod,
            "||" => SqlToken::StringConcat,
            "->" => SqlToken::Arrow,
            "->>" => SqlToken::LongArrow,
            "=" => SqlToken::Eq,
            "==" => SqlToken::DoubleEq,
            "<>" | "!=" => SqlToken::Neq,
            "<" => SqlToken::Lt,
            "<=" => SqlToken::LtEq,
            ">" => SqlToken::Gt,
            ">=" => SqlToken::GtEq,
            "<<" => SqlToken::ShiftLeft,
            ">>" => SqlToken::ShiftRight,
            "&" => SqlToken::Ampersand,
            "|" => SqlToken::Pipe,
            "~" => SqlToken::Tilde,
            // Unknown to SQLite as well; sqlparser will stop here.
            _ => SqlToken::Backslash,
        };
        match token {
            SqlToken::LParen => self.open(),
            SqlToken::RParen => self.close(),
            _ => {}
        }
        self.emit(token);
    }

    fn word(&mut self) {
        // A name behind a dot or in front of one is never a keyword.
        if self.follows_symbol(".") || self.is_symbol(1, ".") {
            return self.keyword(Keyword::NoKeyword);
        }
        let SqlToken::Word(word) =
            SqlToken::make_word(self.peek(0).map_or("", |t| t.text(self.file)), None)
        else {
            return self.at += 1;
        };
        if self.left_out(word.keyword) || self.joined(word.keyword) || self.spelled_out() {
            return;
        }
        let keyword = if self.keeps(word.keyword) {
            word.keyword
        } else {
            Keyword::NoKeyword
        };
        self.enter_clause(keyword);
        self.keyword(keyword);
    }
}
