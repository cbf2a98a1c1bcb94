//! SQLite's expression grammar for sqlparser: ranks of operators, predicates, names and CAST.
//!
//! `a IS b`, `x IN tmp`, `a << 2`, `n NOT GLOB 'x*'`, `CAST(a AS UNSIGNED BIG INT)` and `~a * b` come out as SQLite
//! reads them (<https://sqlite.org/lang_expr.html>). Invariant: this dialect only ever sees what SQLite has accepted and
//! what `tokens.rs` has prepared, so it may be lenient.

use sqlparser::ast::{
    BinaryOperator, CastKind, DataType, Expr, Ident, ObjectName, ObjectNamePart, UnaryOperator,
    Value,
};
use sqlparser::dialect::{Dialect, Precedence};
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, Word};

/// The dialect.
#[derive(Debug)]
pub(super) struct Sqlite;

const OR: u8 = 10;
const AND: u8 = 20;
const NOT: u8 = 30;
const EQUALITY: u8 = 40;
const ORDER: u8 = 50;
const ESCAPE: u8 = 60;
const BITS: u8 = 70;
const SUM: u8 = 80;
const PRODUCT: u8 = 90;
const CONCAT: u8 = 100;
const COLLATE: u8 = 110;
const SIGN: u8 = 115;

impl Dialect for Sqlite {
    // The parser gets tokens that the lexer of `syntax` has cut, so that nobody asks for the letters of a name.
    fn is_identifier_start(&self, _: char) -> bool {
        false
    }

    fn is_identifier_part(&self, _: char) -> bool {
        false
    }

    fn supports_filter_during_aggregation(&self) -> bool {
        true
    }

    fn supports_limit_comma(&self) -> bool {
        true
    }

    fn supports_parens_around_table_factor(&self) -> bool {
        true
    }

    fn supports_bitwise_shift_operators(&self) -> bool {
        true
    }

    fn supports_window_clause_named_window_reference(&self) -> bool {
        true
    }

    fn is_select_item_alias(&self, explicit: bool, kw: &Keyword, _parser: &mut Parser<'_>) -> bool {
        explicit || *kw == Keyword::NoKeyword
    }

    fn is_table_factor_alias(
        &self,
        explicit: bool,
        kw: &Keyword,
        _parser: &mut Parser<'_>,
    ) -> bool {
        explicit || *kw == Keyword::NoKeyword
    }

    fn prec_value(&self, prec: Precedence) -> u8 {
        match prec {
            // sqlparser asks for these two when it reads what follows a sign or a tilde.
            Precedence::MulDivModOp | Precedence::PlusMinus => SIGN,
            Precedence::UnaryNot => NOT,
            Precedence::And => AND,
            Precedence::Or => OR,
            _ => EQUALITY,
        }
    }

    fn get_next_precedence(&self, parser: &Parser<'_>) -> Option<Result<u8, ParserError>> {
        Some(Ok(match &parser.peek_token_ref().token {
            Token::Word(word) => match word.keyword {
                Keyword::OR => OR,
                Keyword::AND => AND,
                Keyword::COLLATE => COLLATE,
                Keyword::NOT => match &parser.peek_nth_token_ref(1).token {
                    Token::Word(next) if is_predicate(next) || next.keyword == Keyword::NULL => {
                        EQUALITY
                    }
                    _ => 0,
                },
                Keyword::IS => EQUALITY,
                _ if is_predicate(word) => EQUALITY,
                _ => 0,
            },
            Token::Eq | Token::DoubleEq | Token::Neq => EQUALITY,
            Token::Lt | Token::LtEq | Token::Gt | Token::GtEq => ORDER,
            Token::Ampersand | Token::Pipe | Token::ShiftLeft | Token::ShiftRight => BITS,
            Token::Plus | Token::Minus => SUM,
            Token::Mul | Token::Div | Token::Mod => PRODUCT,
            Token::StringConcat | Token::Arrow | Token::LongArrow => CONCAT,
            _ => 0,
        }))
    }

    fn parse_prefix(&self, parser: &mut Parser<'_>) -> Option<Result<Expr, ParserError>> {
        match &parser.peek_token_ref().token {
            Token::Word(word) if word.keyword == Keyword::NoKeyword => Some(parse_name(parser)),
            Token::LParen if is_values(&parser.peek_nth_token_ref(1).token) => {
                Some(parse_scalar_values(parser))
            }
            Token::Number(..)
            | Token::SingleQuotedString(_)
            | Token::HexStringLiteral(_)
            | Token::Placeholder(_) => Some(parser.parse_value().map(Expr::Value)),
            _ => None,
        }
    }

    fn parse_infix(
        &self,
        parser: &mut Parser<'_>,
        expr: &Expr,
        _precedence: u8,
    ) -> Option<Result<Expr, ParserError>> {
        match &parser.peek_token_ref().token {
            Token::Word(word)
                if matches!(word.keyword, Keyword::IS | Keyword::NOT | Keyword::COLLATE)
                    || is_predicate(word) =>
            {
                Some(parse_predicate(parser, expr.clone()))
            }
            _ => None,
        }
    }
}

fn is_predicate(word: &Word) -> bool {
    matches!(
        word.keyword,
        Keyword::IN
            | Keyword::BETWEEN
            | Keyword::LIKE
            | Keyword::GLOB
            | Keyword::REGEXP
            | Keyword::MATCH
    )
}

fn is_values(token: &Token) -> bool {
    matches!(token, Token::Word(word) if word.keyword == Keyword::VALUES)
}

/// `(VALUES (5))` as a value, which would be a call of a function `values` otherwise.
fn parse_scalar_values(parser: &mut Parser<'_>) -> Result<Expr, ParserError> {
    parser.expect_token(&Token::LParen)?;
    let query = parser.parse_query()?;
    parser.expect_token(&Token::RParen)?;
    Ok(Expr::Subquery(query))
}

/// A column, a function call, or CAST, whose type SQLite lets be any words at all.
fn parse_name(parser: &mut Parser<'_>) -> Result<Expr, ParserError> {
    let first = parser.parse_identifier()?;
    if first.quote_style.is_none()
        && first.value.eq_ignore_ascii_case("cast")
        && parser.peek_token_ref().token == Token::LParen
    {
        return parse_cast(parser);
    }
    let mut parts = vec![first];
    while parser.peek_token_ref().token == Token::Period
        && matches!(
            parser.peek_nth_token_ref(1).token,
            Token::Word(_) | Token::SingleQuotedString(_)
        )
    {
        parser.advance_token();
        parts.push(parser.parse_identifier()?);
    }
    if parser.peek_token_ref().token == Token::LParen {
        return parser.parse_function(ObjectName::from(parts));
    }
    Ok(match <[Ident; 1]>::try_from(parts) {
        Ok([only]) => Expr::Identifier(only),
        Err(parts) => Expr::CompoundIdentifier(parts),
    })
}

fn parse_cast(parser: &mut Parser<'_>) -> Result<Expr, ParserError> {
    parser.expect_token(&Token::LParen)?;
    let expr = parser.parse_expr()?;
    parser.expect_keyword(Keyword::AS)?;
    let mut words = Vec::new();
    let mut depth = 0_usize;
    loop {
        let token = parser.next_token();
        match token.token {
            Token::LParen => depth += 1,
            Token::RParen if depth == 0 => break,
            Token::RParen => depth -= 1,
            Token::EOF => return parser.expected(")", token),
            // A size such as (10, 2) says nothing about the type.
            Token::Word(word) if depth == 0 => words.push(word.value),
            _ => {}
        }
    }
    let name = ObjectName(vec![ObjectNamePart::Identifier(Ident::new(
        words.join(" "),
    ))]);
    Ok(Expr::Cast {
        kind: CastKind::Cast,
        expr: Box::new(expr),
        data_type: DataType::Custom(name, Vec::new()),
        format: None,
    })
}

fn parse_predicate(parser: &mut Parser<'_>, left: Expr) -> Result<Expr, ParserError> {
    if parser.parse_keyword(Keyword::COLLATE) {
        let collation = ObjectName::from(vec![parser.parse_identifier()?]);
        return Ok(Expr::Collate {
            expr: Box::new(left),
            collation,
        });
    }
    if parser.parse_keyword(Keyword::IS) {
        return parse_is(parser, left);
    }
    let negated = parser.parse_keyword(Keyword::NOT);
    if parser.parse_keyword(Keyword::NULL) {
        return Ok(Expr::IsNotNull(Box::new(left)));
    }
    if parser.parse_keyword(Keyword::IN) {
        return parse_in(parser, left, negated);
    }
    if parser.parse_keyword(Keyword::BETWEEN) {
        let low = parser.parse_subexpr(EQUALITY)?;
        parser.expect_keyword(Keyword::AND)?;
        let high = parser.parse_subexpr(EQUALITY)?;
        return Ok(Expr::Between {
            expr: Box::new(left),
            negated,
            low: Box::new(low),
            high: Box::new(high),
        });
    }
    parse_like(parser, left, negated)
}

/// `IS` compares any two values and never gives NULL; `IS DISTINCT FROM` is `IS NOT`.
///
/// UNKNOWN is how `tokens.rs` spells `ISNULL` and `NOTNULL`: they take no operand, so `a ISNULL || b` is
/// `(a ISNULL) || b`, where `a IS NULL || b` is `a IS (NULL || b)`.
fn parse_is(parser: &mut Parser<'_>, left: Expr) -> Result<Expr, ParserError> {
    let mut negated = parser.parse_keyword(Keyword::NOT);
    if parser.parse_keyword(Keyword::UNKNOWN) {
        let left = Box::new(left);
        return Ok(if negated {
            Expr::IsNotNull(left)
        } else {
            Expr::IsNull(left)
        });
    }
    if parser.parse_keywords(&[Keyword::DISTINCT, Keyword::FROM]) {
        negated = !negated;
    }
    let left = Box::new(left);
    let right = parser.parse_subexpr(EQUALITY)?;
    Ok(match (&right, negated) {
        (Expr::Value(value), false) if value.value == Value::Null => Expr::IsNull(left),
        (Expr::Value(value), true) if value.value == Value::Null => Expr::IsNotNull(left),
        (_, false) => Expr::IsNotDistinctFrom(left, Box::new(right)),
        (_, true) => Expr::IsDistinctFrom(left, Box::new(right)),
    })
}

fn parse_in(parser: &mut Parser<'_>, left: Expr, negated: bool) -> Result<Expr, ParserError> {
    let expr = Box::new(left);
    if !parser.consume_token(&Token::LParen) {
        // The name of a table, or a call of a table-valued function.
        let array_expr = Box::new(parse_name(parser)?);
        return Ok(Expr::InUnnest {
            expr,
            array_expr,
            negated,
        });
    }
    if parser.consume_token(&Token::RParen) {
        return Ok(Expr::InList {
            expr,
            list: Vec::new(),
            negated,
        });
    }
    if parser
        .peek_one_of_keywords(&[Keyword::SELECT, Keyword::WITH, Keyword::VALUES])
        .is_some()
    {
        let subquery = parser.parse_query()?;
        parser.expect_token(&Token::RParen)?;
        return Ok(Expr::InSubquery {
            expr,
            subquery,
            negated,
        });
    }
    let list = parser.parse_comma_separated(Parser::parse_expr)?;
    parser.expect_token(&Token::RParen)?;
    Ok(Expr::InList {
        expr,
        list,
        negated,
    })
}

fn parse_like(parser: &mut Parser<'_>, left: Expr, negated: bool) -> Result<Expr, ParserError> {
    let keyword = parser.expect_one_of_keywords(&[
        Keyword::LIKE,
        Keyword::GLOB,
        Keyword::REGEXP,
        Keyword::MATCH,
    ])?;
    let right = Box::new(parser.parse_subexpr(EQUALITY)?);
    let escape_char = if parser.parse_keyword(Keyword::ESCAPE) {
        Some(Box::new(parser.parse_subexpr(ESCAPE)?))
    } else {
        None
    };
    let expr = Box::new(left);
    let op = match keyword {
        Keyword::GLOB => BinaryOperator::Glob,
        Keyword::REGEXP => BinaryOperator::Regexp,
        Keyword::MATCH => BinaryOperator::Match,
        _ => {
            return Ok(Expr::Like {
                negated,
                any: false,
                expr,
                pattern: right,
                escape_char,
            });
        }
    };
    let plain = Expr::BinaryOp {
        left: expr,
        op,
        right,
    };
    Ok(if negated {
        Expr::UnaryOp {
            op: UnaryOperator::Not,
            expr: Box::new(plain),
        }
    } else {
        plain
    })
}
