//! Text in, statements out: `/* seed */ INSERT …; SELECT ';' -- end` gives two.
//!
//! A semicolon ends a statement, except in the body of a trigger, which `; END ;` ends (the rule of `sqlite3_complete`,
//! <https://sqlite.org/c3ref/complete.html>). Nothing between two semicolons is no statement. A statement owns the comments
//! between the semicolon of the one before and its own. The bounds are the ones SQLite finds.

use crate::source::{FileId, Span};

use super::kind::{classify, starts_trigger};
use super::lexer::{lex, lex_from};
use super::parameter;
use super::statement::{Comment, Statement};
use super::token::{Token, TokenKind};

/// Cuts the text of `file` into its statements.
#[must_use]
pub fn split(file: FileId, text: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut pending = Pending::default();
    for token in lex(text) {
        if token.kind != TokenKind::Semicolon || !pending.ends_here() {
            pending.push(text, token);
        } else if pending.significant > 0 {
            statements.extend(std::mem::take(&mut pending).finish(file, text));
        }
    }
    statements.extend(pending.finish(file, text));
    statements
}

/// The comments of `file` that belong to no statement: those behind the last semicolon.
///
/// `statements` are what [`split`] gave for the same text.
#[must_use]
pub fn comments_behind(file: FileId, text: &str, statements: &[Statement]) -> Vec<Comment> {
    let owned = statements.last().map_or(0, |last| {
        let comments = last.comments.last().map_or(0, |comment| comment.span.end);
        comments.max(last.span.end)
    });
    lex_from(text, owned)
        .into_iter()
        .filter(|token| token.kind == TokenKind::Comment)
        .map(|token| comment(file, text, &token, false))
        .collect()
}

/// SQLite ends a `--` comment in front of the line feed, so the other half of a line end of Windows is cut off here.
fn comment(file: FileId, text: &str, token: &Token, leading: bool) -> Comment {
    let written = token.text(text);
    let line_end = usize::from(written.starts_with("--") && written.ends_with('\r'));
    Comment {
        span: Span::new(file, token.range.start..token.range.end - line_end),
        leading,
    }
}

/// The tokens since the last semicolon that ended a statement.
#[derive(Default)]
struct Pending {
    tokens: Vec<Token>,
    significant: usize,
    trigger: Trigger,
}

/// How far the statement is on its way through a trigger.
#[derive(Default, Clone, Copy, PartialEq)]
enum Trigger {
    /// Not enough words yet.
    #[default]
    Unknown,
    /// It is no trigger.
    No,
    /// In front of `BEGIN`; a semicolon here ends a statement that SQLite will reject, and spares those behind it.
    Head,
    /// Behind `BEGIN`.
    Body,
    /// Behind a semicolon of the body.
    BodySemicolon,
    /// Behind `; END`.
    End,
}

/// So many significant tokens tell whether a statement creates a trigger.
const TRIGGER_START: usize = 6;

impl Pending {
    fn ends_here(&self) -> bool {
        !matches!(self.trigger, Trigger::Body | Trigger::BodySemicolon)
    }

    fn push(&mut self, text: &str, token: Token) {
        let significant = token.is_significant();
        if significant {
            self.significant += 1;
            self.advance(text, &token);
        }
        self.tokens.push(token);
        if significant && self.trigger == Trigger::Unknown {
            self.look(text);
        }
    }

    fn look(&mut self, text: &str) {
        let start: Vec<&Token> = self
            .tokens
            .iter()
            .filter(|token| token.is_significant())
            .collect();
        if starts_trigger(text, &start) {
            self.trigger = Trigger::Head;
        } else if self.significant >= TRIGGER_START {
            self.trigger = Trigger::No;
        }
    }

    fn advance(&mut self, text: &str, token: &Token) {
        self.trigger = match self.trigger {
            Trigger::Head if token.is_word(text, "BEGIN") => Trigger::Body,
            Trigger::Body | Trigger::BodySemicolon | Trigger::End
                if token.kind == TokenKind::Semicolon =>
            {
                Trigger::BodySemicolon
            }
            Trigger::BodySemicolon if token.is_word(text, "END") => Trigger::End,
            Trigger::BodySemicolon | Trigger::End => Trigger::Body,
            state => state,
        };
    }

    fn finish(self, file: FileId, text: &str) -> Option<Statement> {
        let first = self.tokens.iter().position(Token::is_significant)?;
        let last = self.tokens.iter().rposition(Token::is_significant)?;
        let comments = (0..)
            .zip(&self.tokens)
            .filter(|(_, token)| token.kind == TokenKind::Comment)
            .map(|(index, token)| comment(file, text, token, index < first))
            .collect();
        let mut tokens = self.tokens;
        tokens.truncate(last + 1);
        tokens.drain(..first);
        let significant: Vec<&Token> = tokens
            .iter()
            .filter(|token| token.is_significant())
            .collect();
        let (start, end) = (
            significant.first()?.range.start,
            significant.last()?.range.end,
        );
        Some(Statement {
            span: Span::new(file, start..end),
            kind: classify(text, &significant),
            parameters: parameter::number(file, text, &tokens),
            comments,
            tokens,
        })
    }
}
