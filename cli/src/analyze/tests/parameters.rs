//! Types and nullability of parameters.

use super::Fixture;
use crate::diagnostic::{Code, Severity};

fn check(table: &[(&str, &str)]) {
    Fixture::shop().check(table, Fixture::parameters);
}

#[test]
fn c85_c86_a_parameter_has_the_type_of_what_it_meets() {
    check(&[
        (
            "SELECT 1 FROM person WHERE id = :a AND :b <> name",
            "a: Integer <- person.id, b: Text <- person.name",
        ),
        (
            "SELECT 1 FROM person p JOIN address a ON a.person_id = p.id AND a.city = @c WHERE p.height > $h",
            "c: Text <- address.city, h: Real <- person.height",
        ),
        (
            "SELECT 1 FROM adult WHERE years >= :y",
            "y: Integer <- person.age",
        ),
        (
            "SELECT 1 FROM citizen WHERE city = ?",
            "?1: Text <- address.city",
        ),
        (
            "SELECT age, COUNT(*) FROM person GROUP BY age HAVING MAX(height) > :m",
            "m: Real",
        ),
        (
            "WITH q AS (SELECT id FROM person WHERE name = :n) SELECT * FROM q",
            "n: Text <- person.name",
        ),
        (
            "SELECT (SELECT city FROM address WHERE person_id = :p) FROM person",
            "p: Integer <- address.person_id",
        ),
        (
            "SELECT id FROM person UNION SELECT :x",
            "x: Integer <- person.id",
        ),
        (
            "SELECT q.x FROM (SELECT :p AS x) q JOIN person ON person.id = q.x",
            "p: Integer <- person.id",
        ),
        (
            "SELECT lower(:a), substr(:b, :c), json_extract(:d, '$.x'), abs(:e), round(:f, 2)",
            "a: Text, b: Text, c: Integer, d: Text, e: Any, f: Real",
        ),
        (
            "SELECT id FROM person WHERE (id, name) = (:a, :b)",
            "a: Integer <- person.id, b: Text <- person.name",
        ),
        (
            "SELECT id FROM person WHERE (id, name) IN ((:a, :b), (1, 'x'))",
            "a: Integer <- person.id, b: Text <- person.name",
        ),
        (
            "SELECT id FROM person WHERE id = :a + 1",
            "a: Integer <- person.id",
        ),
        ("SELECT id FROM person WHERE height * :f > 3", "f: Real"),
        (
            "SELECT id FROM person WHERE CASE :kind WHEN 'a' THEN 1 ELSE 2 END = :n",
            "kind: Text, n: Integer",
        ),
        (
            "SELECT id FROM person WHERE EXISTS (SELECT 1 FROM address WHERE city = :c AND person_id = person.id)",
            "c: Text <- address.city",
        ),
        (
            "SELECT id AS x FROM person ORDER BY x = :top DESC",
            "top: Integer <- person.id",
        ),
        (
            "SELECT id FROM person WHERE :active AND active",
            "active: Boolean",
        ),
        (
            "SELECT v FROM code WHERE k IN (:a, :b)",
            "a: Text <- code.k, b: Text <- code.k",
        ),
        ("SELECT 1 FROM doc WHERE doc MATCH :q", "q: Text"),
        ("SELECT value FROM json_each(:list)", "list: Text"),
    ]);
}

#[test]
fn c87_limit_cast_like_and_between_type_parameters() {
    check(&[
        (
            "SELECT id FROM person LIMIT :l OFFSET :o",
            "l: Integer, o: Integer",
        ),
        (
            "SELECT id FROM person LIMIT ?, ?",
            "?1: Integer, ?2: Integer",
        ),
        (
            "SELECT CAST(:a AS REAL), CAST(:b AS BLOB)",
            "a: Real, b: Blob",
        ),
        (
            "SELECT id FROM person WHERE nick LIKE :a OR nick GLOB :b OR nick LIKE '%' || :c || '%' ESCAPE :d",
            "a: Text, b: Text, c: Text, d: Text",
        ),
        (
            "SELECT id FROM person WHERE height BETWEEN :a AND :b AND :c BETWEEN age AND 5",
            "a: Real <- person.height, b: Real <- person.height, c: Integer <- person.age",
        ),
    ]);
}

#[test]
fn c88_c89_stored_parameters_are_typed_by_their_column() {
    check(&[
        (
            "INSERT INTO address (person_id, city, zip) VALUES (:p, :c, :z)",
            "p: Integer <- address.person_id, c: Text <- address.city, z: Text? <- address.zip",
        ),
        (
            "INSERT INTO address VALUES (?, ?, ?, ?), (?, ?, ?, ?)",
            "?1: Integer? <- address.id, ?2: Integer <- address.person_id, ?3: Text <- address.city, ?4: Text? <- address.zip, ?5: Integer? <- address.id, ?6: Integer <- address.person_id, ?7: Text <- address.city, ?8: Text? <- address.zip",
        ),
        (
            "INSERT INTO made VALUES (:a, :b)",
            "a: Integer <- made.a, b: Integer <- made.b",
        ),
        (
            "INSERT INTO address (person_id, city) SELECT id, :c FROM person WHERE age = :a",
            "c: Text <- address.city, a: Integer <- person.age",
        ),
        (
            "INSERT INTO code VALUES (:k, :v) ON CONFLICT (k) DO UPDATE SET v = :w WHERE v < :x",
            "k: Text <- code.k, v: Integer? <- code.v, w: Integer? <- code.v, x: Integer <- code.v",
        ),
        (
            "UPDATE person SET name = :n, nick = :k, id = :new WHERE id = :id",
            "n: Text <- person.name, k: Text? <- person.nick, new: Integer <- person.id, id: Integer <- person.id",
        ),
        (
            "UPDATE person SET (name, age) = (:n, :a)",
            "n: Text <- person.name, a: Integer? <- person.age",
        ),
        (
            "UPDATE person SET age = a.id + :x FROM address a WHERE a.person_id = person.id AND a.city = :c",
            "x: Integer, c: Text <- address.city",
        ),
        (
            "UPDATE person SET name = COALESCE(:n, name)",
            "n: Text? <- person.name",
        ),
        (
            "UPDATE person SET age = CASE WHEN :set THEN :age ELSE age END",
            "set: Boolean, age: Integer? <- person.age",
        ),
        ("DELETE FROM code WHERE k = :k", "k: Text <- code.k"),
        (
            "INSERT INTO adult VALUES (:w, :y)",
            "w: Text <- person.name, y: Integer <- person.age",
        ),
        ("REPLACE INTO code (k) VALUES (:k)", "k: Text <- code.k"),
        (
            "INSERT OR IGNORE INTO code (k) VALUES (lower(:k))",
            "k: Text",
        ),
    ]);
}

#[test]
fn c90_comparison_is_plain_and_is_makes_it_optional() {
    check(&[
        (
            "SELECT 1 FROM person WHERE age = :a",
            "a: Integer <- person.age",
        ),
        (
            "SELECT 1 FROM person WHERE age IS :a",
            "a: Integer? <- person.age",
        ),
        (
            "SELECT 1 FROM person WHERE age IS NOT :a",
            "a: Integer? <- person.age",
        ),
        (
            "SELECT 1 FROM person WHERE :a IS NULL OR age = :a",
            "a: Integer? <- person.age",
        ),
        (
            "SELECT 1 FROM person WHERE (CAST(:a AS INTEGER) IS NULL OR age > :a)",
            "a: Integer? <- person.age",
        ),
        (
            "SELECT 1 FROM person WHERE age = COALESCE(:a, age)",
            "a: Integer? <- person.age",
        ),
    ]);
}

#[test]
fn c84_words_in_strings_comments_and_quoted_names_are_no_parameters() {
    check(&[(
        "SELECT ':a' AS a, \"b:b\", [c:c] /* :d @d ? */ FROM (SELECT 1 AS \"b:b\", 2 AS \"c:c\") WHERE 'x:y' <> :real -- :e ?2",
        "real: Text",
    )]);
}

#[test]
fn c83_a_parameter_is_one_entry_per_number() {
    check(&[
        (
            "SELECT :a, ?, ?1 FROM person WHERE id = :a AND name = ?2",
            "a: Integer <- person.id, ?2: Text <- person.name",
        ),
        (
            "SELECT 1 FROM person WHERE id = ?5",
            "?5: Integer <- person.id",
        ),
    ]);
}

#[test]
fn c94_a_lone_parameter_behind_in_is_a_list() {
    check(&[
        (
            "SELECT 1 FROM person WHERE id IN :ids",
            "ids: Integer[] <- person.id",
        ),
        (
            "SELECT 1 FROM person WHERE nick NOT IN (:nicks) AND height IN (/* metres */ @h)",
            "nicks: Text[] <- person.nick, h: Real[] <- person.height",
        ),
        (
            "SELECT 1 FROM person WHERE id IN ? OR age IN (?)",
            "?1: Integer[] <- person.id, ?2: Integer[] <- person.age",
        ),
        (
            "UPDATE person SET nick = :nick WHERE photo IN :photos",
            "nick: Text? <- person.nick, photos: Blob[] <- person.photo",
        ),
        (
            "DELETE FROM person WHERE flag IN (:flags)",
            "flags: Boolean[] <- person.flag",
        ),
        (
            "INSERT INTO code SELECT name, age FROM person WHERE age IN :ages ON CONFLICT (k) DO UPDATE SET v = 1 WHERE v IN :old",
            "ages: Integer[] <- person.age, old: Integer[] <- code.v",
        ),
        (
            "WITH q AS (SELECT id FROM person WHERE name IN :names) SELECT * FROM q WHERE id IN (SELECT person_id FROM address WHERE city IN :cities)",
            "names: Text[] <- person.name, cities: Text[] <- address.city",
        ),
        (
            "SELECT age FROM person p JOIN address a ON a.person_id = p.id AND a.city IN :c GROUP BY age HAVING COUNT(*) IN :n",
            "c: Text[] <- address.city, n: Integer[]",
        ),
        (
            "SELECT id IN :ids FROM person ORDER BY extra IN :any",
            "ids: Integer[] <- person.id, any: Any[] <- person.extra",
        ),
        (
            "SELECT 1 FROM person WHERE :ids IS NULL OR id IN :ids",
            "ids: Integer[]? <- person.id",
        ),
        (
            "SELECT 1 FROM person WHERE id IN :x OR age IN (:x)",
            "x: Integer[] <- person.id",
        ),
    ]);
}

#[test]
fn c95_several_values_or_one_in_brackets_of_its_own_are_no_list() {
    check(&[
        (
            "SELECT 1 FROM person WHERE id IN (:a, :b)",
            "a: Integer <- person.id, b: Integer <- person.id",
        ),
        (
            "SELECT 1 FROM person WHERE id IN ((:a))",
            "a: Integer <- person.id",
        ),
        (
            "SELECT 1 FROM person WHERE id IN (:a + 1)",
            "a: Integer <- person.id",
        ),
    ]);
}

#[test]
fn a_list_elsewhere_taken_for_a_value_marks_both_places() {
    let mut shop = Fixture::shop();
    for (sql, value, list) in [
        (
            "SELECT 1 FROM person WHERE id IN :x AND age = :x",
            46..48,
            33..35,
        ),
        (
            "SELECT 1 FROM person WHERE id = :x AND age IN (:x)",
            32..34,
            47..49,
        ),
        (
            "SELECT :x FROM person WHERE :x IS NULL OR id IN :x",
            7..9,
            48..50,
        ),
    ] {
        let (_, problems) = shop.try_analyze(sql);
        let [problem] = problems.as_slice() else {
            panic!("{sql}: {problems:?}")
        };
        assert_eq!(
            (problem.code, problem.severity),
            (Code::ConflictingParameter, Severity::Error)
        );
        let primary = problem.primary.as_ref().map(|label| label.span.range());
        assert_eq!(primary, Some(value), "{sql}");
        assert_eq!(problem.secondary[0].span.range(), list, "{sql}");
    }
}

#[test]
fn c91_conflicting_uses_mark_both_places() {
    let mut shop = Fixture::shop();
    let sql = "SELECT 1 FROM person WHERE id = :x AND name = :x";
    let (_, problems) = shop.try_analyze(sql);
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert_eq!(
        (problem.code, problem.severity),
        (Code::ConflictingParameter, Severity::Error)
    );
    let place = |span: crate::source::Span| span.range();
    assert_eq!(
        problem.primary.as_ref().map(|label| place(label.span)),
        Some(46..48)
    );
    assert_eq!(place(problem.secondary[0].span), 32..34);
}

#[test]
fn c92_a_parameter_that_nothing_types_is_a_warning() {
    let mut shop = Fixture::shop();
    let (analysis, problems) = shop.try_analyze("SELECT :x AS y");
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert_eq!(
        (problem.code, problem.severity),
        (Code::UntypedParameter, Severity::Warning)
    );
    assert!(problem.help[0].contains("param=x"));
    assert!(analysis.is_some());
}

#[test]
fn the_result_knows_the_parameter() {
    Fixture::shop().check(
        &[
            ("SELECT :x AS y FROM person WHERE id = :x", "y: Integer"),
            ("SELECT :x + id AS y FROM person", "y: Integer"),
            ("SELECT COALESCE(:x, 'a') AS y", "y: Text"),
            ("SELECT :x AS y FROM person WHERE nick IS :x", "y: Text?"),
        ],
        Fixture::columns,
    );
}
