//! Takes a statement apart with sqlparser: tokens in, syntax tree out, or nothing when it is too odd.
//!
//! `INSERT INTO t AS a (x) VALUES (:x) ON CONFLICT (x) DO UPDATE SET n = excluded.n RETURNING *` gives the INSERT with
//! its RETURNING, the alias `a`, and the upsert as `UPDATE t SET n = excluded.n`, since sqlparser knows only some upserts
//! and SQLite has several per statement.

use std::thread;

use sqlparser::ast::{Ident, Query, SetExpr, Statement as Tree};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token as SqlToken, TokenWithSpan};

use crate::source::SourceMap;
use crate::syntax::{Statement, StatementKind, Token};

use super::dialect::Sqlite;
use super::tokens::translate;

/// A statement, taken apart.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The statement without its upsert clauses.
    pub(super) tree: Tree,
    /// Its `DO UPDATE` clauses, as UPDATE statements.
    pub(super) upserts: Vec<Tree>,
    /// The alias of an INSERT's table.
    pub(super) alias: Option<Ident>,
}

/// Takes `statement` apart.
pub(super) fn parse_statement(sources: &SourceMap, statement: &Statement) -> Option<Parsed> {
    let text = sources.file(statement.file()).text.as_str();
    let tokens: Vec<&Token> = statement.significant().collect();
    if statement.kind != StatementKind::Insert {
        return Some(Parsed {
            tree: parse_tokens(translate(text, &tokens))?,
            upserts: Vec::new(),
            alias: None,
        });
    }
    let parts = InsertParts::of(text, &tokens);
    let target = translate(text, &parts.target);
    let mut upserts = Vec::new();
    for clause in &parts.updates {
        let mut update = translate(text, &clause[..1]);
        update.extend(target.iter().cloned());
        update.extend(translate(text, &clause[1..]));
        upserts.push(parse_tokens(update)?);
    }
    let alias = parts
        .alias
        .and_then(|token| Some(Ident::new(token.name(text)?)));
    Some(Parsed {
        tree: parse_tokens(translate(text, &parts.insert))?,
        upserts,
        alias,
    })
}

/// Whether some window of `statement` may leave out rows of its frame; the tree says nothing of EXCLUDE.
pub(super) fn excludes_rows(sources: &SourceMap, statement: &Statement) -> bool {
    let text = sources.file(statement.file()).text.as_str();
    let mut tokens = statement.significant();
    tokens.any(|token| token.is_word(text, "EXCLUDE"))
}

/// Takes the query of a view apart; `body` is the byte where it starts.
pub(super) fn parse_view(
    sources: &SourceMap,
    statement: &Statement,
    body: usize,
) -> Option<Box<Query>> {
    let text = sources.file(statement.file()).text.as_str();
    let tokens: Vec<&Token> = statement
        .significant()
        .filter(|token| token.range.start >= body)
        .collect();
    match parse_tokens(translate(text, &tokens))? {
        Tree::Query(query) if !matches!(*query.body, SetExpr::Insert(_) | SetExpr::Update(_)) => {
            Some(query)
        }
        _ => None,
    }
}

/// So many tokens in a chain can nest deeper than a small stack allows.
const LONG: usize = 600;

/// So deep may the parser go on the stack it is called on.
const SHALLOW: usize = 16;

/// So deep may it go at all; what is deeper is not taken apart.
const DEEP: usize = 200;

/// Room for that.
const ROOMY: usize = 64 * 1024 * 1024;

/// Parses on this stack if that goes well, and with more room if it does not.
fn parse_tokens(tokens: Vec<TokenWithSpan>) -> Option<Tree> {
    let short = tokens.len() < LONG;
    if short && let Some(tree) = parse_here(tokens.clone(), SHALLOW) {
        return Some(tree);
    }
    let thread = thread::Builder::new().stack_size(ROOMY);
    let parsing = thread.spawn(|| parse_here(tokens, DEEP)).ok()?;
    parsing.join().ok()?
}

fn parse_here(tokens: Vec<TokenWithSpan>, deepest: usize) -> Option<Tree> {
    let parser = Parser::new(&Sqlite).with_recursion_limit(deepest);
    let mut parser = parser.with_tokens_with_locations(tokens);
    let tree = parser.parse_statement().ok()?;
    // Tokens that are left over were not understood.
    (parser.peek_token_ref().token == SqlToken::EOF).then_some(tree)
}

/// The tokens of an INSERT, sorted by what they say.
struct InsertParts<'a> {
    /// Everything but the alias and the upsert clauses.
    insert: Vec<&'a Token>,
    /// The table's name.
    target: Vec<&'a Token>,
    alias: Option<&'a Token>,
    /// Per `DO UPDATE`: from UPDATE on.
    updates: Vec<Vec<&'a Token>>,
}

impl<'a> InsertParts<'a> {
    fn of(text: &str, tokens: &[&'a Token]) -> Self {
        let mut parts = Self {
            insert: Vec::new(),
            target: Vec::new(),
            alias: None,
            updates: Vec::new(),
        };
        let mut depth = 0_usize;
        let mut at = 0;
        while let Some(&token) = tokens.get(at) {
            let word = |ahead: usize, word: &str| {
                tokens
                    .get(at + ahead)
                    .is_some_and(|t| t.is_word(text, word))
            };
            depth += usize::from(token.is_symbol(text, "("));
            depth = depth.saturating_sub(usize::from(token.is_symbol(text, ")")));
            if depth == 0 && parts.target.is_empty() && word(0, "INTO") {
                parts.insert.push(token);
                at = parts.take_target(text, tokens, at + 1);
            } else if depth == 0 && word(0, "ON") && word(1, "CONFLICT") && !parts.target.is_empty()
            {
                at = parts.take_upsert(text, tokens, at + 2);
            } else {
                parts.insert.push(token);
                at += 1;
            }
        }
        parts
    }

    fn take_target(&mut self, text: &str, tokens: &[&'a Token], start: usize) -> usize {
        let dotted = tokens
            .get(start + 1)
            .is_some_and(|token| token.is_symbol(text, "."));
        let end = (start + if dotted { 3 } else { 1 }).min(tokens.len());
        self.target.extend_from_slice(&tokens[start..end]);
        self.insert.extend_from_slice(&tokens[start..end]);
        if tokens
            .get(end)
            .is_some_and(|token| token.is_word(text, "AS"))
        {
            self.alias = tokens.get(end + 1).copied();
            return end + 2;
        }
        end
    }

    /// Reads from behind ON CONFLICT up to the next such clause or RETURNING.
    fn take_upsert(&mut self, text: &str, tokens: &[&'a Token], start: usize) -> usize {
        let mut depth = 0_usize;
        let mut update: Option<Vec<&'a Token>> = None;
        let mut at = start;
        while let Some(&token) = tokens.get(at) {
            depth += usize::from(token.is_symbol(text, "("));
            depth = depth.saturating_sub(usize::from(token.is_symbol(text, ")")));
            let next_is = |word: &str| {
                tokens
                    .get(at + 1)
                    .is_some_and(|next| next.is_word(text, word))
            };
            let ends = token.is_word(text, "RETURNING")
                || (token.is_word(text, "ON") && next_is("CONFLICT"));
            if depth == 0 && ends {
                break;
            }
            if update.is_none() && depth == 0 && token.is_word(text, "DO") && next_is("UPDATE") {
                update = Some(Vec::new());
            } else if let Some(update) = &mut update {
                update.push(token);
            }
            at += 1;
        }
        self.updates.extend(update);
        at
    }
}
