//! Functions and collations of the application.

use super::{Fixture, SCHEMA};
use crate::diagnostic::Code;

const DECLARED: &str = r#"
collations = ["german"]
[functions]
slug = { arguments = 1, returns = "TEXT", nullable = false }
Shout = { returns = "VARCHAR(20)" }
score = { arguments = 2, returns = "BOOLEAN", nullable = false }
anything = {}
now_in = { arguments = 0, returns = "INTEGER", nullable = false }
regexp = { arguments = 2, nullable = false }
"#;

fn declaring(declarations: &str, schema: &str) -> Fixture {
    let fixture = Fixture::declaring(
        &declarations.replace("[functions]", "[databases.App.functions]"),
        schema,
    );
    assert_eq!(fixture.problems, []);
    fixture
}

#[test]
fn c146_a_call_has_the_declared_type_and_nullability() {
    let mut shop = declaring(DECLARED, SCHEMA);
    shop.check(
        &[
            ("SELECT slug(nick) AS s FROM person", "s: Text"),
            (
                "SELECT SLUG(1) AS s, \"slug\"('a') AS t",
                "s: Text, t: Text",
            ),
            (
                "SELECT shout() AS a, shout('a', 'b') AS b",
                "a: Text?, b: Text?",
            ),
            ("SELECT score(id, name) AS s FROM person", "s: Boolean"),
            ("SELECT anything(1) AS a", "a: Any?"),
            ("SELECT now_in() + 1 AS n", "n: Integer"),
            ("SELECT coalesce(shout(1), slug(2)) AS s", "s: Text"),
            ("SELECT nick REGEXP 'a' AS m FROM person", "m: Boolean"),
            ("SELECT nick NOT REGEXP 'a' AS m FROM person", "m: Boolean"),
            ("SELECT (SELECT slug(name) FROM person) AS s", "s: Text?"),
            (
                "SELECT slug(p.name) AS s, max(slug(name)) OVER () AS m FROM person p",
                "s: Text, m: Text",
            ),
            (
                "SELECT name FROM person ORDER BY name COLLATE german",
                "name: Text <- person.name",
            ),
            (
                "UPDATE person SET nick = slug(name) RETURNING slug(nick) AS s",
                "s: Text",
            ),
        ],
        Fixture::columns,
    );
    shop.check(
        &[
            (
                "SELECT 1 FROM person WHERE slug(name) = :slug",
                "slug: Text",
            ),
            (
                "SELECT 1 FROM person WHERE id = now_in() + :n",
                "n: Integer",
            ),
            ("SELECT 1 FROM person WHERE name REGEXP :p", "p: Text"),
        ],
        Fixture::parameters,
    );
}

#[test]
fn c146_a_function_of_sqlite_can_be_replaced() {
    let replaced = r#"[functions]
lower = { arguments = 1, returns = "BLOB" }
max = { arguments = 3, returns = "TEXT", nullable = false }
ifnull = { returns = "INTEGER" }
like = { arguments = 2 }
glob = { returns = "INTEGER", nullable = false }
"#;
    let mut shop = declaring(replaced, SCHEMA);
    shop.check(
        &[
            ("SELECT lower(name) AS l FROM person", "l: Blob?"),
            (
                "SELECT max(1, 2, 3) AS m, max(1, 2) AS n",
                "m: Text, n: Integer",
            ),
            ("SELECT max(id) AS m FROM person", "m: Integer?"),
            ("SELECT ifnull(nick, 'a') AS i FROM person", "i: Integer?"),
            ("SELECT name LIKE 'a' AS m FROM person", "m: Boolean?"),
            (
                "SELECT name LIKE 'a' ESCAPE 'b' AS m FROM person",
                "m: Boolean",
            ),
            ("SELECT nick GLOB 'a' AS m FROM person", "m: Integer"),
            ("SELECT nick NOT GLOB 'a' AS m FROM person", "m: Boolean"),
            (
                "SELECT nick FROM person WHERE lower(nick) = x'61'",
                "nick: Text? <- person.nick",
            ),
            // A LIKE of the application may hold for NULL.
            (
                "SELECT nick FROM person WHERE nick LIKE 'a'",
                "nick: Text? <- person.nick",
            ),
            (
                "SELECT nick FROM person WHERE nick GLOB 'a'",
                "nick: Text? <- person.nick",
            ),
        ],
        Fixture::columns,
    );
}

#[test]
fn c146_declared_functions_and_collations_stand_in_the_schema() {
    let mut fixture = declaring(
        DECLARED,
        "CREATE TABLE t (a TEXT COLLATE german, b TEXT AS (slug(a)), c TEXT CHECK (score(c, 1)));
         CREATE INDEX i ON t(slug(a), b COLLATE german) WHERE anything(a);
         CREATE VIEW v AS SELECT slug(a) AS s, shout(c) AS u FROM t ORDER BY a COLLATE German;
         CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET c = slug(a); END;",
    );
    fixture.check(&[("SELECT s, u FROM v", "s: Text, u: Text?")], |f, sql| {
        f.columns(sql)
    });
}

#[test]
fn c146_what_is_not_declared_is_rejected_at_the_name_with_the_lines_to_add() {
    let schema = "CREATE TABLE t (a TEXT)";
    let first =
        "declare what the application registers, in `sqlitenow.toml`:\n[databases.App.functions]\n";
    let next = "declare what the application registers, below `[databases.App.functions]`:\n";
    let collation = "declare what the application registers, below `[databases.App]`:\n";
    for (declared, sql, at, help) in [
        (
            "",
            "SELECT slug(a, '-') FROM t",
            "slug",
            format!("{first}slug = {{ arguments = 2 }}"),
        ),
        (
            "",
            "SELECT slug() FROM t",
            "slug",
            format!("{first}slug = {{ arguments = 0 }}"),
        ),
        (
            "",
            "SELECT slug(*) FROM t",
            "slug",
            format!("{first}slug = {{ arguments = 0 }}"),
        ),
        (
            "",
            "SELECT slug(pick(a, 1), (2)) FROM t",
            "pick",
            format!("{first}pick = {{ arguments = 2 }}"),
        ),
        (
            "",
            "SELECT \"naïf\"(1)",
            "\"naïf\"",
            format!("{first}\"naïf\" = {{ arguments = 1 }}"),
        ),
        (
            "",
            "SELECT a REGEXP 'x' FROM t",
            "REGEXP",
            format!("{first}regexp = {{ arguments = 2 }}"),
        ),
        (
            DECLARED,
            "SELECT hold(a) FROM t",
            "hold",
            format!("{next}hold = {{ arguments = 1 }}"),
        ),
        (
            "",
            "SELECT a FROM t ORDER BY a COLLATE german",
            "german",
            format!("{collation}collations = [\"german\"]"),
        ),
        (
            DECLARED,
            "SELECT a FROM t ORDER BY a COLLATE [de \"x\"]",
            "[de \"x\"]",
            format!("{collation}collations = [\"german\", \"de \\\"x\\\"\"]"),
        ),
        (
            DECLARED,
            "SELECT slug(a, 1) FROM t",
            "slug",
            "`slug` is declared with 1 argument; leave `arguments` out for any number".to_owned(),
        ),
    ] {
        let mut fixture = declaring(declared, schema);
        let (analysis, problems) = fixture.try_analyze(sql);
        assert!(analysis.is_none(), "{sql}");
        let [problem] = problems.as_slice() else {
            panic!("{sql}: {problems:?}")
        };
        assert_eq!(problem.code, Code::QueryRejected, "{sql}");
        let span = problem.primary.as_ref().expect("a place").span;
        assert_eq!(fixture.sources.text(span), at, "{sql}");
        assert_eq!(problem.help, [help], "{sql}");
    }
}

#[test]
fn c146_what_the_schema_does_not_find_declared_is_rejected_as_well() {
    for (sql, at) in [
        ("CREATE TABLE t (a TEXT COLLATE german)", "german"),
        ("CREATE TABLE t (a TEXT, b AS (german(a)))", "german"),
        (
            "CREATE TABLE t (a TEXT); CREATE INDEX i ON t(a COLLATE german)",
            "german",
        ),
        (
            "CREATE TABLE t (a TEXT); CREATE INDEX i ON t(german(a))",
            "german",
        ),
        ("CREATE VIEW v AS SELECT german(1) AS g", "german"),
        (
            "CREATE TABLE t (a TEXT); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT german(1); END",
            "german",
        ),
    ] {
        let fixture = Fixture::new(sql);
        let [problem] = fixture.problems.as_slice() else {
            panic!("{sql}: {:?}", fixture.problems)
        };
        assert_eq!(problem.code, Code::SchemaRejected, "{sql}");
        let span = problem.primary.as_ref().expect("a place").span;
        assert_eq!(fixture.sources.text(span), at, "{sql}");
        assert!(
            problem.help[0].starts_with("declare"),
            "{sql}: {:?}",
            problem.help
        );
    }
}
