//! Which result columns can be NULL.

use super::Fixture;

fn check(table: &[(&str, &str)]) {
    Fixture::shop().check(table, Fixture::columns);
}

#[test]
fn c73_c74_keys_and_not_null_are_non_null() {
    check(&[
        (
            "SELECT id, name, nick, name AS n2 FROM person",
            "id: Integer <- person.id, name: Text <- person.name, nick: Text? <- person.nick, n2: Text <- person.name",
        ),
        (
            "SELECT k, v FROM code",
            "k: Text <- code.k, v: Integer? <- code.v",
        ),
        ("SELECT id FROM backwards", "id: Integer? <- backwards.id"),
        (
            "SELECT * FROM strict_one",
            "id: Integer <- strict_one.id, a: Integer <- strict_one.a, b: Any? <- strict_one.b, c: Text? <- strict_one.c",
        ),
    ]);
}

#[test]
fn c75_the_optional_side_of_an_outer_join_is_nullable() {
    check(&[
        (
            "SELECT p.id, a.id AS aid, a.city FROM person p LEFT JOIN address a ON a.person_id = p.id",
            "id: Integer <- person.id, aid: Integer? <- address.id, city: Text? <- address.city",
        ),
        (
            "SELECT p.id, a.city FROM person p RIGHT JOIN address a ON a.person_id = p.id",
            "id: Integer? <- person.id, city: Text <- address.city",
        ),
        (
            "SELECT p.id, a.city FROM person p FULL JOIN address a ON a.person_id = p.id",
            "id: Integer? <- person.id, city: Text? <- address.city",
        ),
        (
            "SELECT n.body, p.id, a.city FROM note n, person p RIGHT JOIN address a ON a.person_id = p.id",
            "body: Text? <- note.body, id: Integer? <- person.id, city: Text <- address.city",
        ),
        (
            "SELECT pid, name, city, aid FROM citizen",
            "pid: Integer <- person.id, name: Text <- person.name, city: Text? <- address.city, aid: Integer? <- address.id",
        ),
        (
            "WITH q AS (SELECT * FROM citizen) SELECT city FROM q",
            "city: Text? <- address.city",
        ),
        (
            "SELECT s.x, s.one FROM person LEFT JOIN (SELECT name AS x, 1 AS one FROM person) s ON 0",
            "x: Text? <- person.name, one: Integer?",
        ),
        (
            "SELECT a.city, n.body FROM person p LEFT JOIN (address a JOIN note n ON n.address_id = a.id) ON a.person_id = p.id",
            "city: Text? <- address.city, body: Text? <- note.body",
        ),
        (
            "SELECT id, city FROM person LEFT JOIN address USING (id)",
            "id: Integer <- person.id, city: Text? <- address.city",
        ),
        (
            "SELECT id, name FROM person RIGHT JOIN address USING (id)",
            "id: Integer, name: Text? <- person.name",
        ),
        (
            "SELECT id FROM person FULL JOIN address USING (id)",
            "id: Integer",
        ),
        (
            "SELECT id FROM person FULL JOIN address USING (id) RIGHT JOIN code ON 0",
            "id: Integer?",
        ),
        (
            "SELECT id FROM code LEFT JOIN (person FULL JOIN address USING (id)) ON 0",
            "id: Integer?",
        ),
        (
            "SELECT id FROM person FULL JOIN address USING (id) LEFT JOIN code ON 0",
            "id: Integer",
        ),
        (
            "SELECT * FROM code NATURAL LEFT OUTER JOIN swap",
            "k: Text <- code.k, v: Integer? <- code.v",
        ),
        (
            "SELECT a.rowid AS r FROM person p LEFT JOIN address a ON 1",
            "r: Integer? <- address.id",
        ),
    ]);
}

#[test]
fn c79_conditions_prove_columns_non_null() {
    check(&[
        (
            "SELECT age FROM person WHERE age IS NOT NULL",
            "age: Integer <- person.age",
        ),
        (
            "SELECT age FROM person WHERE age = :p",
            "age: Integer <- person.age",
        ),
        (
            "SELECT age FROM person WHERE age NOTNULL AND nick = 'x' OR 1",
            "age: Integer? <- person.age",
        ),
        (
            "SELECT age, nick FROM person WHERE (age > 3 AND nick LIKE 'x%') AND id = 1",
            "age: Integer <- person.age, nick: Text <- person.nick",
        ),
        (
            "SELECT age FROM person WHERE age IS NOT NULL OR id = 1",
            "age: Integer? <- person.age",
        ),
        (
            "SELECT age FROM person WHERE NOT (age = 1)",
            "age: Integer <- person.age",
        ),
        (
            "SELECT age FROM person WHERE age IS :p",
            "age: Integer? <- person.age",
        ),
        (
            "SELECT n.address_id FROM note n JOIN address a ON a.id = n.address_id",
            "address_id: Integer <- note.address_id",
        ),
        (
            "SELECT a.city, a.zip FROM person p LEFT JOIN address a ON a.person_id = p.id WHERE a.id = 3",
            "city: Text <- address.city, zip: Text? <- address.zip",
        ),
        (
            "SELECT n.address_id FROM address a LEFT JOIN note n ON n.address_id = a.id",
            "address_id: Integer? <- note.address_id",
        ),
        (
            "SELECT n.address_id FROM note n JOIN address a ON a.id = n.address_id RIGHT JOIN person p ON p.id = a.person_id",
            "address_id: Integer? <- note.address_id",
        ),
        (
            "SELECT MAX(age) AS m FROM person WHERE age > 1 GROUP BY nick",
            "m: Integer",
        ),
        (
            "SELECT age FROM person WHERE age IN (1, 2)",
            "age: Integer <- person.age",
        ),
        (
            "SELECT age FROM person WHERE ((age, nick)) IN (SELECT 1, 'a')",
            "age: Integer <- person.age",
        ),
        (
            "SELECT age FROM person WHERE -(age + 1) > 0",
            "age: Integer <- person.age",
        ),
        (
            "SELECT age, nick FROM person WHERE CAST(age AS TEXT) = '1' AND nick COLLATE NOCASE = 'a'",
            "age: Integer <- person.age, nick: Text <- person.nick",
        ),
        (
            "SELECT nick FROM person WHERE upper(nick) = 'A'",
            "nick: Text <- person.nick",
        ),
        (
            "SELECT age FROM person WHERE age NOT IN (SELECT 1 WHERE 0)",
            "age: Integer? <- person.age",
        ),
        (
            "UPDATE person SET age = NULL WHERE age IS NOT NULL RETURNING age",
            "age: Integer? <- person.age",
        ),
    ]);
}

#[test]
fn c80_compounds_merge_their_arms() {
    check(&[
        (
            "SELECT name FROM person UNION SELECT nick FROM person",
            "name: Text?",
        ),
        ("SELECT 1 AS x UNION ALL SELECT NULL", "x: Integer?"),
        (
            "SELECT name FROM person EXCEPT SELECT nick FROM person",
            "name: Text <- person.name",
        ),
        (
            "SELECT nick FROM person INTERSECT SELECT name FROM person",
            "nick: Text",
        ),
        ("SELECT 1 AS x UNION SELECT 'a'", "x: Any"),
        (
            "SELECT id FROM person UNION SELECT height FROM person ORDER BY 1 LIMIT 3",
            "id: Real",
        ),
        (
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10) SELECT n FROM c",
            "n: Integer",
        ),
        (
            "WITH RECURSIVE c(n, m) AS (SELECT 1, 2 UNION ALL SELECT n + 1, NULL FROM c LIMIT 3) SELECT n, m FROM c",
            "n: Integer, m: Integer?",
        ),
        (
            "WITH RECURSIVE c(n, m) AS (SELECT 1, 2 UNION ALL SELECT m, n * 1.5 FROM c LIMIT 3) SELECT n, m FROM c",
            "n: Real, m: Real",
        ),
    ]);
}

#[test]
fn returning_on_a_view_may_be_null() {
    check(&[
        (
            "INSERT INTO adult (who, years) VALUES ('a', 1) RETURNING who",
            "who: Text? <- person.name",
        ),
        (
            "INSERT INTO person (name, height, active, balance) VALUES ('a', 1, 1, 1) RETURNING id, name, nick",
            "id: Integer <- person.id, name: Text <- person.name, nick: Text? <- person.nick",
        ),
        (
            "REPLACE INTO code VALUES ('a', 1) RETURNING k",
            "k: Text <- code.k",
        ),
        (
            "WITH x AS (SELECT 1 AS one) INSERT INTO code SELECT 'a', one FROM x RETURNING k AS kk",
            "kk: Text <- code.k",
        ),
        (
            "INSERT INTO code AS c (k, v) VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET v = c.v + excluded.v WHERE c.v > 1 RETURNING v",
            "v: Integer? <- code.v",
        ),
        (
            "INSERT INTO code VALUES ('a', 1) ON CONFLICT (k) WHERE v > 1 DO NOTHING ON CONFLICT DO UPDATE SET v = 1 RETURNING *",
            "k: Text <- code.k, v: Integer? <- code.v",
        ),
    ]);
}

#[test]
fn nan_is_no_null_for_reals_but_for_all_else() {
    check(&[(
        "SELECT height - height AS a, height * 2 > 3 AS b, COALESCE(height + 1, 2.0) AS c, (height + 1) || '' AS d, round(height * 2) AS e FROM person",
        "a: Real, b: Boolean?, c: Real, d: Text?, e: Real",
    )]);
    check(&[
        (
            "SELECT CASE age WHEN 1 THEN height - height ELSE name END AS x FROM person WHERE id IS NOT NULL",
            "x: Any?",
        ),
        // '9e999' is infinite as a number.
        (
            "SELECT (name - name) > 3 AS b, name || 'x' AS c FROM person",
            "b: Boolean?, c: Text",
        ),
    ]);
}

#[test]
fn an_aggregate_belongs_to_the_query_of_all_its_columns() {
    check(&[
        (
            "SELECT name, (SELECT sum(1) FILTER (WHERE p.age > 1) FROM address) AS x FROM person p",
            "name: Text? <- person.name, x: Integer?",
        ),
        (
            "SELECT name, (SELECT group_concat('a' ORDER BY p.age) FROM address) AS x FROM person p",
            "name: Text? <- person.name, x: Text?",
        ),
        (
            "SELECT name, (SELECT sum(1) FILTER (WHERE p.age > city) FROM address) AS x FROM person p",
            "name: Text <- person.name, x: Integer?",
        ),
    ]);
}

#[test]
fn a_parameter_that_nothing_types_may_be_null() {
    check(&[(
        "SELECT :a < :b AS x, ifnull(:c, :d) AS y",
        "x: Boolean?, y: Any?",
    )]);
}
