//! Which words keep their meaning at their place, and which are names there; SQLite's own rule is `%fallback ID` in its
//! grammar (<https://sqlite.org/lang_keywords.html>).
//!
//! `SELECT 1 offset LIMIT 2 OFFSET 1` → the first `offset` is a name, the second one is not.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::Token as SqlToken;

use crate::syntax::TokenKind;

use super::Translator;
use super::clause::Clause;

/// The words that always keep their meaning.
const RESERVED: &[Keyword] = &[
    Keyword::ALL,
    Keyword::AND,
    Keyword::AS,
    Keyword::BETWEEN,
    Keyword::CASE,
    Keyword::COLLATE,
    Keyword::DEFAULT,
    Keyword::DELETE,
    Keyword::DISTINCT,
    Keyword::ELSE,
    Keyword::ESCAPE,
    Keyword::EXCEPT,
    Keyword::EXISTS,
    Keyword::FROM,
    Keyword::GROUP,
    Keyword::HAVING,
    Keyword::IN,
    Keyword::INSERT,
    Keyword::INTERSECT,
    Keyword::INTO,
    Keyword::IS,
    Keyword::JOIN,
    Keyword::LIMIT,
    Keyword::NOT,
    Keyword::NULL,
    Keyword::ON,
    Keyword::OR,
    Keyword::ORDER,
    Keyword::RETURNING,
    Keyword::SELECT,
    Keyword::SET,
    Keyword::THEN,
    Keyword::UNION,
    Keyword::UPDATE,
    Keyword::USING,
    Keyword::VALUES,
    Keyword::WHEN,
    Keyword::WHERE,
];

impl Translator<'_> {
    /// Whether the word at hand, which sqlparser knows as `keyword`, is no name.
    pub(super) fn keeps(&self, keyword: Keyword) -> bool {
        let clause = self.bracket().clause;
        match keyword {
            Keyword::LIKE | Keyword::GLOB | Keyword::REGEXP | Keyword::MATCH => {
                clause != Clause::Tables && self.follows_operand()
            }
            Keyword::ASC | Keyword::DESC => clause == Clause::Order && self.follows_operand(),
            Keyword::BY => ["ORDER", "GROUP", "PARTITION"]
                .iter()
                .any(|word| self.follows(word)),
            Keyword::OFFSET => clause == Clause::Limit,
            Keyword::WITH => self.starts_with(),
            Keyword::END => self.cases > 0 && self.follows_operand(),
            Keyword::OVER => {
                self.follows_symbol(")") && (self.is_symbol(1, "(") || self.is_name(1))
            }
            Keyword::FILTER => self.follows_symbol(")") && self.is_symbol(1, "("),
            Keyword::WINDOW => self.is_name(1) && self.is_word(2, "AS"),
            Keyword::PARTITION => self.is_word(1, "BY"),
            Keyword::RECURSIVE => self.follows("WITH"),
            Keyword::ROWS | Keyword::RANGE | Keyword::GROUPS => self.starts_frame(),
            Keyword::UNBOUNDED
            | Keyword::PRECEDING
            | Keyword::FOLLOWING
            | Keyword::CURRENT
            | Keyword::ROW => self.bracket().frame,
            // `replace(a, b, c)` and friends need no case of their own: they are not in the list.
            other => RESERVED.contains(&other),
        }
    }

    /// Whether WITH begins common table expressions: `WITH a AS`, `WITH a (`.
    fn starts_with(&self) -> bool {
        let begins = self.at == 0 || !self.follows("AS");
        begins
            && self.is_name(1)
            && (self.is_word(1, "RECURSIVE") || self.is_word(2, "AS") || self.is_symbol(2, "("))
    }

    fn is_name(&self, ahead: usize) -> bool {
        let Some(token) = self.peek(ahead) else {
            return false;
        };
        match token.kind {
            TokenKind::QuotedIdentifier | TokenKind::String => true,
            TokenKind::Word => {
                let word = SqlToken::make_word(token.text(self.file), None);
                matches!(word, SqlToken::Word(word) if !RESERVED.contains(&word.keyword))
            }
            _ => false,
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
        self.brackets.len() > 1
            && (self.is_word(1, "BETWEEN")
                || self.is_word(1, "UNBOUNDED")
                || self.is_word(1, "CURRENT")
                || self.is_word(2, "PRECEDING")
                || self.is_word(2, "FOLLOWING"))
            && !self.follows_symbol(",")
    }

    /// Skips what has no influence on types and names.
    pub(super) fn left_out(&mut self, keyword: Keyword) -> bool {
        let count = match keyword {
            _ if self.is_word(0, "INDEXED") && self.is_word(1, "BY") => 3,
            Keyword::NOT if self.is_word(1, "INDEXED") => 2,
            Keyword::NOT if self.follows("AS") && self.is_word(1, "MATERIALIZED") => 2,
            Keyword::MATERIALIZED if self.follows("AS") && self.is_symbol(1, "(") => 1,
            Keyword::NULLS if self.is_word(1, "FIRST") || self.is_word(1, "LAST") => 2,
            Keyword::EXCLUDE if self.bracket().frame => {
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
    pub(super) fn joined(&mut self, keyword: Keyword) -> bool {
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
        self.enter_clause(Keyword::JOIN);
        self.keyword(Keyword::JOIN);
        true
    }

    /// Spells out `ISNULL`, `NOTNULL` and `REPLACE INTO`.
    pub(super) fn spelled_out(&mut self) -> bool {
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
