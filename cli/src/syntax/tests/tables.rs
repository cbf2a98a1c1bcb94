//! Texts and what is cut of them.

use crate::syntax::{StatementKind, TokenKind, comments_behind, lex};

use super::{cut, texts};

#[test]
fn tokens_are_cut_as_sqlite_cuts_them() {
    use TokenKind::{
        Blob, Comment, Number, Parameter, QuotedIdentifier, Semicolon, String, Symbol, Unknown,
        Word,
    };
    for (text, expected) in [
        ("a.b", &[("a", Word), (".", Symbol), ("b", Word)][..]),
        (
            "a->>'$.x'",
            &[("a", Word), ("->>", Symbol), ("'$.x'", String)],
        ),
        ("a->b", &[("a", Word), ("->", Symbol), ("b", Word)]),
        ("1||2", &[("1", Number), ("||", Symbol), ("2", Number)]),
        (
            "a<<b>>c",
            &[
                ("a", Word),
                ("<<", Symbol),
                ("b", Word),
                (">>", Symbol),
                ("c", Word),
            ],
        ),
        (
            "<>==!=<=>=",
            &[
                ("<>", Symbol),
                ("==", Symbol),
                ("!=", Symbol),
                ("<=", Symbol),
                (">=", Symbol),
            ],
        ),
        ("!", &[("!", Unknown)]),
        ("'it''s'", &[("'it''s'", String)]),
        ("'open", &[("'open", Unknown)]),
        (
            "\"a\"\"b\"`c``d`[e f]",
            &[
                ("\"a\"\"b\"", QuotedIdentifier),
                ("`c``d`", QuotedIdentifier),
                ("[e f]", QuotedIdentifier),
            ],
        ),
        ("x'0aF1' X''", &[("x'0aF1'", Blob), ("X''", Blob)]),
        ("x'0' y", &[("x'0'", Unknown), ("y", Word)]),
        ("x'0g' y", &[("x'0g'", Unknown), ("y", Word)]),
        ("ax'00'", &[("ax", Word), ("'00'", String)]),
        ("0x1F 0X1_f", &[("0x1F", Number), ("0X1_f", Number)]),
        ("1_000.5e-1_0", &[("1_000.5e-1_0", Number)]),
        (
            ".5 1. 1.e5 1e5",
            &[
                (".5", Number),
                ("1.", Number),
                ("1.e5", Number),
                ("1e5", Number),
            ],
        ),
        ("1e 1x", &[("1e", Unknown), ("1x", Unknown)]),
        ("1e+", &[("1e", Unknown), ("+", Symbol)]),
        (
            "? ?1 ?01",
            &[("?", Parameter), ("?1", Parameter), ("?01", Parameter)],
        ),
        (
            ":a @a $a",
            &[(":a", Parameter), ("@a", Parameter), ("$a", Parameter)],
        ),
        (
            "$a::b(c d)",
            &[("$a::b(c", Unknown), ("d", Word), (")", Symbol)],
        ),
        ("$a::b(c)d", &[("$a::b(c)", Parameter), ("d", Word)]),
        (":é1+", &[(":é1", Parameter), ("+", Symbol)]),
        (": #1", &[(":", Unknown), ("#1", Unknown)]),
        ("a--b;\nc", &[("a", Word), ("--b;", Comment), ("c", Word)]),
        ("a/*b;*/c", &[("a", Word), ("/*b;*/", Comment), ("c", Word)]),
        (
            "/**/a/*/ */",
            &[("/**/", Comment), ("a", Word), ("/*/ */", Comment)],
        ),
        ("a/*open", &[("a", Word), ("/*open", Comment)]),
        ("a/*", &[("a", Word), ("/", Symbol), ("*", Symbol)]),
        (
            "\u{FEFF}a\u{FEFF};",
            &[("a\u{FEFF}", Word), (";", Semicolon)],
        ),
        ("naïve 🦀", &[("naïve", Word), ("🦀", Word)]),
        ("a\0b", &[("a", Word), ("\0", Unknown), ("b", Word)]),
        (
            "'a\0b'",
            &[
                ("'a", Unknown),
                ("\0", Unknown),
                ("b", Word),
                ("'", Unknown),
            ],
        ),
        (
            "a \u{b}b\u{b}",
            &[("a", Word), ("b", Word), ("\u{b}", Unknown)],
        ),
        (
            "^ \\ { } ~",
            &[
                ("^", Unknown),
                ("\\", Unknown),
                ("{", Unknown),
                ("}", Unknown),
                ("~", Symbol),
            ],
        ),
    ] {
        let tokens = lex(text);
        let found: Vec<(&str, TokenKind)> = tokens.iter().map(|t| (t.text(text), t.kind)).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn c18_semicolons_in_strings_identifiers_comments_and_bodies_end_nothing() {
    let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE WHEN 1 THEN ';' END; DELETE FROM b; END";
    for (text, expected) in [
        (
            "SELECT ';'; SELECT \";\", `;`, [;]",
            &["SELECT ';'", "SELECT \";\", `;`, [;]"][..],
        ),
        (
            "SELECT 1 /* ; */ + 2 -- ;\n; SELECT 3",
            &["SELECT 1 /* ; */ + 2", "SELECT 3"],
        ),
        (" ;; SELECT 1 ;;; ", &["SELECT 1"]),
        ("SELECT 1", &["SELECT 1"]),
        ("-- nothing\n/* at all */", &[]),
        ("", &[]),
        ("\u{FEFF}", &[]),
        ("\u{FEFF}SELECT 1;", &["SELECT 1"]),
        ("SELECT 1; /* open", &["SELECT 1"]),
        (trigger, &[trigger]),
        (&format!("{trigger};SELECT 1;"), &[trigger, "SELECT 1"]),
        (
            "create temp trigger [end] after insert on a begin select 1; /* ; */ end ; select 2",
            &[
                "create temp trigger [end] after insert on a begin select 1; /* ; */ end",
                "select 2",
            ],
        ),
        (
            "EXPLAIN QUERY PLAN CREATE TEMPORARY TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END; SELECT 2",
            &[
                "EXPLAIN QUERY PLAN CREATE TEMPORARY TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
                "SELECT 2",
            ],
        ),
        // A trigger without a body is wrong, but it does not swallow the rest of the file.
        (
            "CREATE TRIGGER t AFTER INSERT ON a; SELECT 1",
            &["CREATE TRIGGER t AFTER INSERT ON a", "SELECT 1"],
        ),
        (
            "CREATE TABLE trigger (a); SELECT 1",
            &["CREATE TABLE trigger (a)", "SELECT 1"],
        ),
        ("BEGIN; SELECT 1; END;", &["BEGIN", "SELECT 1", "END"]),
    ] {
        assert_eq!(texts(text), expected, "{text}");
    }
}

#[test]
fn c19_a_comment_between_two_statements_belongs_to_the_second() {
    let text = "-- a\nSELECT 1 -- b\n, 2 /* c */; -- d\n;;/* e */ SELECT 3 -- f\n";
    let (sources, file, statements) = cut(text);
    let comments: Vec<Vec<(&str, bool)>> = statements
        .iter()
        .map(|s| {
            s.comments
                .iter()
                .map(|c| (sources.text(c.span), c.leading))
                .collect()
        })
        .collect();
    assert_eq!(
        comments,
        [
            vec![("-- a", true), ("-- b", false), ("/* c */", false)],
            vec![("-- d", true), ("/* e */", true), ("-- f", false)],
        ],
        "{text}"
    );
    assert!(comments_behind(file, text, &statements).is_empty());
}

#[test]
fn comments_behind_the_last_semicolon_belong_to_nothing() {
    for (text, expected) in [
        ("SELECT 1; -- a\n/* b */", &["-- a", "/* b */"][..]),
        ("-- a\n", &["-- a"]),
        ("SELECT 1 /* a */; /* b */ ; /* c", &["/* b */", "/* c"]),
        ("SELECT 1 -- a", &[]),
    ] {
        let (sources, file, statements) = cut(text);
        let behind = comments_behind(file, text, &statements);
        let found: Vec<&str> = behind.iter().map(|c| sources.text(c.span)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn kinds_come_from_the_leading_keywords() {
    use StatementKind as K;
    for (text, kind) in [
        ("SELECT 1", K::Select),
        ("/* a */ values (1)", K::Select),
        ("INSERT INTO a VALUES (1)", K::Insert),
        ("INSERT OR REPLACE INTO a SELECT 1", K::Insert),
        ("REPLACE INTO a VALUES (1)", K::Insert),
        ("UPDATE a SET b = 1", K::Update),
        ("DELETE FROM a", K::Delete),
        ("WITH a AS (SELECT 1) SELECT * FROM a", K::Select),
        (
            "WITH a(x) AS (VALUES (1)), b AS NOT MATERIALIZED (SELECT (1)) DELETE FROM c",
            K::Delete,
        ),
        (
            "WITH RECURSIVE a AS (SELECT 1) INSERT INTO c SELECT * FROM a",
            K::Insert,
        ),
        (
            "WITH replace AS (SELECT 1) SELECT * FROM replace",
            K::Select,
        ),
        (
            "WITH a AS (SELECT 1) REPLACE INTO c SELECT * FROM a",
            K::Insert,
        ),
        ("WITH a AS (DELETE) /* x */ UPDATE c SET d = 1", K::Update),
        ("WITH a AS (SELECT 1", K::Select),
        ("CREATE TABLE a (b)", K::CreateTable),
        ("create temp table a (b)", K::CreateTable),
        (
            "CREATE VIRTUAL TABLE a USING fts5(b)",
            K::CreateVirtualTable,
        ),
        ("CREATE TEMPORARY VIEW a AS SELECT 1", K::CreateView),
        ("CREATE UNIQUE INDEX a ON b (c)", K::CreateIndex),
        ("CREATE INDEX a ON b (c)", K::CreateIndex),
        (
            "CREATE TRIGGER a AFTER INSERT ON b BEGIN SELECT 1; END",
            K::CreateTrigger,
        ),
        ("EXPLAIN SELECT 1", K::Other),
        ("PRAGMA user_version", K::Other),
        ("\"SELECT\" 1", K::Other),
        ("(SELECT 1)", K::Other),
        ("🦀", K::Other),
    ] {
        let (_, _, statements) = cut(text);
        assert_eq!(statements[0].kind, kind, "{text}");
    }
}

#[test]
fn returning_is_found_outside_of_parentheses() {
    for (text, found) in [
        ("INSERT INTO a VALUES (1) RETURNING *", true),
        ("DELETE FROM a returning b", true),
        ("UPDATE a SET b = \"returning\" -- RETURNING\n", false),
        ("SELECT 1", false),
    ] {
        let (sources, _, statements) = cut(text);
        assert_eq!(statements[0].has_returning(&sources), found, "{text}");
    }
}

#[test]
fn names_of_parameters_lose_their_prefix() {
    let (sources, _, statements) = cut("SELECT :a, @b, $c::d(e), ?, ?7");
    let found: Vec<(usize, Option<&str>, &str)> = statements[0]
        .parameters
        .iter()
        .map(|p| (p.number, p.name.as_deref(), sources.text(p.span)))
        .collect();
    assert_eq!(
        found,
        [
            (1, Some("a"), ":a"),
            (2, Some("b"), "@b"),
            (3, Some("c::d(e)"), "$c::d(e)"),
            (4, None, "?"),
            (7, None, "?7"),
        ]
    );
}

#[test]
fn impossible_parameter_numbers_stay_in_bounds() {
    let (_, _, statements) = cut("SELECT ?0, ?99999999999999999999999, ?, :a");
    let numbers: Vec<usize> = statements[0].parameters.iter().map(|p| p.number).collect();
    assert_eq!(numbers, [1, 32_766, 32_766, 32_766]);
}
