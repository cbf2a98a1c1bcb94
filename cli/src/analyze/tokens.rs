//! Translates SQLite's tokens into sqlparser's, so that its tokenizer is not needed and spans are bytes of the file.
//!
//! Words which SQLite does not reserve at their place become plain names (`interval`, `top`, `end`, a column `rows`).
//! What has no influence on types is left out: INDEXED BY, MATERIALIZED, EXCLUDE, NULLS FIRST, OR IGNORE. Join words are
//! put in order, and `ISNULL` is spelled out: `FROM a CROSS JOIN b ON … INDEXED BY i` → `FROM a JOIN b ON …`.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Span, Token as SqlToken, TokenWithSpan, Word};

use crate::syntax::{Token, TokenKind, unquote};

/// The words that always keep their meaning.
const RESERVED: &[Keyword] = &[
    Keyword::ALL,
    Keyword::AND,
    Keyword::AS,
    Keyword::ASC,
    Keyword::BETWEEN,
    Keyword::BY,
    Keyword::CASE,
    Keyword::COLLATE,
    Keyword::CROSS,
    Keyword::DEFAULT,
    Keyword::DELETE,
    Keyword::DESC,
    Keyword::DISTINCT,
    Keyword::ELSE,
    Keyword::ESCAPE,
    Keyword::EXCEPT,
    Keyword::EXISTS,
    Keyword::FROM,
    Keyword::FULL,
    Keyword::GROUP,
    Keyword::HAVING,
    Keyword::IN,
    Keyword::INNER,
    Keyword::INSERT,
    Keyword::INTERSECT,
    Keyword::INTO,
    Keyword::IS,
    Keyword::JOIN,
    Keyword::LEFT,
    Keyword::LIMIT,
    Keyword::NATURAL,
    Keyword::NOT,
    Keyword::NULL,
    Keyword::OFFSET,
    Keyword::ON,
    Keyword::OR,
    Keyword::ORDER,
    Keyword::OUTER,
    Keyword::RETURNING,
    Keyword::RIGHT,
    Keyword::SELECT,
    Keyword::SET,
    Keyword::THEN,
    Keyword::UNION,
    Keyword::UPDATE,
    Keyword::USING,
    Keyword::VALUES,
    Keyword::WHEN,
    Keyword::WHERE,
    Keyword::WITH,
];

/// Translates `tokens` of the text `file`.
pub(super) fn translate(file: &str, tokens: &[&Token]) -> Vec<TokenWithSpan> {
    let mut translator = Translator {
        file,
        tokens,
        at: 0,
        out: Vec::with_capacity(tokens.len() + 4),
        open: Vec::new(),
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
    /// For every open parenthesis: whether a window frame has begun in it.
    open: Vec<bool>,
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
            TokenKind::Parameter => {
                self.emit(SqlToken::Placeholder(token.text(self.file).to_owned()));
            }
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

    fn symbol(&mut self) {
        let text = self.peek(0).map_or("", |token| token.text(self.file));
        let token = match text {
            "(" => SqlToken::LParen,
            ")" => SqlToken::RParen,
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
            SqlToken::LParen => self.open.push(false),
            SqlToken::RParen => {
                self.open.pop();
            }
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
        match keyword {
            Keyword::CASE => self.cases += 1,
            Keyword::END => self.cases = self.cases.saturating_sub(1),
            Keyword::ROWS | Keyword::RANGE | Keyword::GROUPS => {
                if let Some(frame) = self.open.last_mut() {
                    *frame = true;
                }
            }
            _ => {}
        }
        self.keyword(keyword);
    }

    fn keeps(&self, keyword: Keyword) -> bool {
        let calls = self.is_symbol(1, "(");
        match keyword {
            Keyword::LIKE | Keyword::GLOB | Keyword::REGEXP | Keyword::MATCH => {
                !calls || self.follows_operand()
            }
            Keyword::END => self.cases > 0,
            Keyword::OVER => self.follows_symbol(")"),
            Keyword::FILTER => self.follows_symbol(")") && calls,
            Keyword::WINDOW => self.is_word(2, "AS"),
            Keyword::PARTITION => self.is_word(1, "BY"),
            Keyword::RECURSIVE => self.follows("WITH"),
            Keyword::ROWS | Keyword::RANGE | Keyword::GROUPS => self.starts_frame(),
            Keyword::UNBOUNDED
            | Keyword::PRECEDING
            | Keyword::FOLLOWING
            | Keyword::CURRENT
            | Keyword::ROW => self.open.last().copied().unwrap_or(false),
            // `replace(a, b, c)` and friends need no case of their own: they are not in the list.
            other => RESERVED.contains(&other),
        }
    }

    fn follows_operand(&self) -> bool {
        match self.out.last().map(|token| &token.token) {
            Some(SqlToken::Word(word)) => matches!(
                word.keyword,
                Keyword::NoKeyword | Keyword::NOT | Keyword::NULL | Keyword::END
            ),
            Some(
                SqlToken::RParen
                | SqlToken::Number(..)
                | SqlToken::SingleQuotedString(_)
                | SqlToken::HexStringLiteral(_)
                | SqlToken::Placeholder(_),
            ) => true,
            _ => false,
        }
    }

    fn starts_frame(&self) -> bool {
        !self.open.is_empty()
            && (self.is_word(1, "BETWEEN")
                || self.is_word(1, "UNBOUNDED")
                || self.is_word(1, "CURRENT")
                || self.is_word(2, "PRECEDING")
                || self.is_word(2, "FOLLOWING"))
            && !self.follows_symbol(",")
    }

    /// Skips what has no influence on types and names.
    fn left_out(&mut self, keyword: Keyword) -> bool {
        let count = match keyword {
            _ if self.is_word(0, "INDEXED") && self.is_word(1, "BY") => 3,
            Keyword::NOT if self.is_word(1, "INDEXED") => 2,
            Keyword::NOT if self.follows("AS") && self.is_word(1, "MATERIALIZED") => 2,
            Keyword::MATERIALIZED if self.follows("AS") && self.is_symbol(1, "(") => 1,
            Keyword::NULLS if self.is_word(1, "FIRST") || self.is_word(1, "LAST") => 2,
            Keyword::EXCLUDE if self.open.last().copied().unwrap_or(false) => {
                let mut count = 1;
                while self.peek(count).is_some() && !self.is_symbol(count, ")") {
                    count += 1;
                }
                count
            }
            // The conflict clause of INSERT and UPDATE.
            Keyword::OR if self.follows("INSERT") || self.follows("UPDATE") => 2,
            _ => return false,
        };
        self.at += count;
        true
    }

    /// Puts the words in front of JOIN in an order that sqlparser knows: SQLite takes them in any.
    fn joined(&mut self, keyword: Keyword) -> bool {
        const WORDS: [&str; 7] = [
            "NATURAL", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "OUTER",
        ];
        let starts = matches!(
            keyword,
            Keyword::NATURAL
                | Keyword::LEFT
                | Keyword::RIGHT
                | Keyword::FULL
                | Keyword::INNER
                | Keyword::CROSS
                | Keyword::OUTER
        );
        if !starts {
            return false;
        }
        let count = (0..4)
            .take_while(|&ahead| WORDS.iter().any(|word| self.is_word(ahead, word)))
            .count();
        if !self.is_word(count, "JOIN") {
            return false;
        }
        let has = |word: &str| (0..count).any(|ahead| self.is_word(ahead, word));
        let (natural, left, right) = (has("NATURAL"), has("LEFT"), has("RIGHT"));
        let full = has("FULL") || (left && right);
        if natural {
            self.added("NATURAL");
        }
        match (full, left, right) {
            (true, ..) => self.added("FULL"),
            (_, true, _) => self.added("LEFT"),
            (_, _, true) => self.added("RIGHT"),
            _ => {}
        }
        self.at += count;
        self.keyword(Keyword::JOIN);
        true
    }

    /// Spells out `ISNULL`, `NOTNULL` and `REPLACE INTO`.
    fn spelled_out(&mut self) -> bool {
        let words: &[&str] = if self.is_word(0, "ISNULL") {
            &["IS", "UNKNOWN"]
        } else if self.is_word(0, "NOTNULL") {
            &["IS", "NOT", "UNKNOWN"]
        } else if self.is_word(0, "REPLACE") && self.is_word(1, "INTO") {
            &["INSERT"]
        } else {
            return false;
        };
        for word in words {
            self.added(word);
        }
        self.at += 1;
        true
    }
}
