//! A statement as it stands in its file.

use crate::source::{FileId, SourceMap, Span};

use super::Token;

/// The kind of a statement, by its leading keywords (behind `WITH …`, by the main verb).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatementKind {
    /// `SELECT`, `VALUES`, and either behind `WITH`.
    Select,
    /// `INSERT` and `REPLACE`.
    Insert,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
    /// `CREATE [TEMP] TABLE`.
    CreateTable,
    /// `CREATE VIRTUAL TABLE`.
    CreateVirtualTable,
    /// `CREATE [TEMP] VIEW`.
    CreateView,
    /// `CREATE [UNIQUE] INDEX`.
    CreateIndex,
    /// `CREATE [TEMP] TRIGGER`.
    CreateTrigger,
    /// Anything else: `PRAGMA`, `BEGIN`, and every `EXPLAIN`, whose rows are not those of what it explains.
    Other,
}

/// A bind parameter at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// SQLite's number of it, from 1 to 32766.
    pub number: usize,
    /// The name without its prefix; none for `?` and `?1`.
    pub name: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// What it stands for at this place.
    pub role: ParameterRole,
}

/// What a bind parameter stands for at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterRole {
    /// One value.
    Value,
    /// All values of a list: `x IN :list`.
    List {
        /// Whether it is written `x IN (:list)`.
        parenthesized: bool,
    },
}

impl Parameter {
    /// Whether it stands for a whole list here.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.role != ParameterRole::Value
    }
}

/// A comment that belongs to a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands, delimiters included (for `--`: without the line end).
    pub span: Span,
    /// Whether it stands in front of the statement's first token.
    pub leading: bool,
}

/// One statement, from its first token to its last; without leading comments and without its semicolon.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Where it stands.
    pub span: Span,
    /// What it does.
    pub kind: StatementKind,
    /// Its tokens, inner comments included, ranges in bytes of the file.
    pub tokens: Vec<Token>,
    /// Every place of every bind parameter, in order.
    pub parameters: Vec<Parameter>,
    /// The comments in front of it (behind the previous statement), inside of it, and between its last token and its
    /// semicolon or the end of the file; in order.
    pub comments: Vec<Comment>,
}

impl StatementKind {
    /// Whether it reads or writes rows: what a query file holds.
    #[must_use]
    pub fn is_about_rows(self) -> bool {
        matches!(
            self,
            Self::Select | Self::Insert | Self::Update | Self::Delete
        )
    }
}

impl Statement {
    /// Its text, from its first token to its last.
    #[must_use]
    pub fn text<'a>(&self, sources: &'a SourceMap) -> &'a str {
        sources.text(self.span)
    }

    /// The file it stands in.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.span.file
    }

    /// The span of one of its tokens.
    #[must_use]
    pub fn span_of(&self, token: &Token) -> Span {
        Span::new(self.span.file, token.range.clone())
    }

    /// Its tokens without comments: what SQLite's parser sees.
    #[must_use]
    pub fn significant(&self) -> impl DoubleEndedIterator<Item = &Token> + Clone {
        self.tokens.iter().filter(|token| token.is_significant())
    }

    /// Whether it is an INSERT, UPDATE or DELETE.
    #[must_use]
    pub fn is_write(&self) -> bool {
        matches!(
            self.kind,
            StatementKind::Insert | StatementKind::Update | StatementKind::Delete
        )
    }

    /// Whether it is an INSERT, UPDATE or DELETE with a RETURNING clause.
    #[must_use]
    pub fn has_returning(&self, sources: &SourceMap) -> bool {
        self.returning(sources).is_some()
    }

    /// The keyword RETURNING of an INSERT, UPDATE or DELETE: the one outside of parentheses, since SQLite reserves it.
    #[must_use]
    pub fn returning(&self, sources: &SourceMap) -> Option<&Token> {
        let text = &sources.file(self.span.file).text;
        let mut depth = 0_usize;
        self.significant().find(|token| {
            if token.is_symbol(text, "(") {
                depth += 1;
            } else if token.is_symbol(text, ")") {
                depth = depth.saturating_sub(1);
            }
            self.is_write() && depth == 0 && token.is_word(text, "RETURNING")
        })
    }
}
