//! What holds for every text.

use proptest::prelude::*;

use crate::syntax::{TokenKind, comments_behind, lex};

use super::{cut, texts};

/// Pieces whose mixture meets the traps: quotes, comments, triggers, marks, several bytes in one character.
fn sql() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("SELECT "),
        Just("'"),
        Just("\""),
        Just("`"),
        Just("["),
        Just("]"),
        Just("--"),
        Just("\n"),
        Just("/*"),
        Just("*/"),
        Just(";"),
        Just("; END;"),
        Just("CREATE TRIGGER "),
        Just("BEGIN "),
        Just("END"),
        Just(":a"),
        Just("?1"),
        Just("$a(b"),
        Just(")"),
        Just("x'0"),
        Just("1_0"),
        Just("0x"),
        Just("é"),
        Just("🦀"),
        Just("\u{FEFF}"),
        Just("\0"),
        Just(" "),
        Just("\r\n"),
        Just("@@{"),
        Just("->>"),
        Just("a"),
    ];
    prop_oneof![
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn tokens_tile_the_text(text in sql()) {
        let mut end = 0;
        for token in lex(&text) {
            prop_assert!(token.range.start >= end && token.range.end > token.range.start);
            let gap = text.get(end..token.range.start).expect("gaps lie on boundaries");
            prop_assert!(gap.chars().all(|c| " \t\n\r\u{b}\u{c}\u{FEFF}".contains(c)), "{gap:?}");
            prop_assert!(text.get(token.range.clone()).is_some());
            end = token.range.end;
        }
        prop_assert!(text.get(end..).is_some());
    }

    #[test]
    fn statements_lie_in_order_and_own_their_tokens(text in sql()) {
        let (sources, file, statements) = cut(&text);
        let mut end = 0;
        for statement in &statements {
            prop_assert!(statement.span.start >= end);
            end = statement.span.end;
            let (first, last) = (statement.tokens.first().unwrap(), statement.tokens.last().unwrap());
            prop_assert_eq!(first.range.start, statement.span.start);
            prop_assert_eq!(last.range.end, statement.span.end);
            prop_assert!(first.is_significant() && last.is_significant());
            prop_assert!(!statement.text(&sources).is_empty());
            for parameter in &statement.parameters {
                prop_assert!((1..=32_766).contains(&parameter.number));
                prop_assert!(!sources.text(parameter.span).is_empty());
            }
        }
        let behind = comments_behind(file, &text, &statements);
        let comments = statements.iter().map(|s| s.comments.len()).sum::<usize>() + behind.len();
        prop_assert_eq!(comments, lex(&text).iter().filter(|t| t.kind == TokenKind::Comment).count());
    }

    #[test]
    fn joined_again_the_statements_stay_the_same(text in sql()) {
        // A quote or comment that never closes would swallow the semicolon.
        let mut first = texts(&text);
        first.retain(|s| texts(&format!("{s}\n;")) == [s.as_str()]);
        let joined = first.join("\n;\n");
        prop_assert_eq!(texts(&joined), first);
    }

    #[test]
    fn what_sqlite_does_not_recognize_is_our_first_unknown_token(text in sql()) {
        // SQLite reads no further than a NUL, and takes `#1` for a token that stands in a wrong place.
        let text = format!("SELECT {}", text.replace(['\0', '#'], " "));
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        if let Err(rusqlite::Error::SqlInputError { msg, .. }) = connection.prepare(&text)
            && let Some(token) = msg.strip_prefix("unrecognized token: ")
        {
            let tokens = lex(&text);
            let first = tokens.iter().find(|t| t.kind == TokenKind::Unknown);
            let first = first.map(|t| format!("\"{}\"", t.text(&text)));
            prop_assert_eq!(first.as_deref(), Some(token));
        }
    }
}
