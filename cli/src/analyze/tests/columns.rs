//! Types and origin of result columns.

use super::{Fixture, ResultColumn};

fn check(table: &[(&str, &str)]) {
    Fixture::shop().check(table, Fixture::columns);
}

#[test]
fn c69_origin_survives_views_ctes_subqueries_joins_and_unions() {
    check(&[
        ("SELECT name FROM person", "name: Text <- person.name"),
        (
            "SELECT p.name AS n FROM person AS p",
            "n: Text <- person.name",
        ),
        (
            "SELECT who, years FROM adult",
            "who: Text <- person.name, years: Integer <- person.age",
        ),
        (
            "SELECT w, n FROM deep",
            "w: Text <- person.name, n: Integer",
        ),
        (
            "WITH q AS (SELECT name AS x FROM person) SELECT x FROM q",
            "x: Text <- person.name",
        ),
        (
            "WITH q(y) AS (SELECT name FROM person) SELECT q.y FROM q",
            "y: Text <- person.name",
        ),
        (
            "SELECT (VALUES (5)) AS a, (VALUES ('x'), (NULL)) AS b",
            "a: Integer, b: Text?",
        ),
        (
            "WITH a AS (SELECT x FROM b), b AS (SELECT name AS x FROM person) SELECT x FROM a",
            "x: Text <- person.name",
        ),
        (
            "WITH a AS (SELECT * FROM note), note AS (SELECT name FROM person) SELECT * FROM a",
            "name: Text <- person.name",
        ),
        (
            "WITH a AS (SELECT nowhere FROM no_such_table) SELECT body FROM note",
            "body: Text <- note.body",
        ),
        (
            "SELECT z.city, p.name FROM (person p LEFT JOIN address a ON a.person_id = p.id) AS z",
            "city: Text? <- address.city, name: Text <- person.name",
        ),
        (
            "SELECT n.id, z.city FROM note n LEFT JOIN (person p JOIN address a ON a.person_id = p.id) z ON z.id = n.id",
            "id: Integer <- note.id, city: Text? <- address.city",
        ),
        (
            "SELECT a.zip, n.body FROM person p, address a ON a.zip = p.nick LEFT JOIN note n USING (id), code",
            "zip: Text <- address.zip, body: Text? <- note.body",
        ),
        (
            "SELECT s.name FROM (SELECT * FROM person) AS s",
            "name: Text <- person.name",
        ),
        (
            "SELECT a.*, p.born FROM address a JOIN person p ON p.id = a.person_id",
            "id: Integer <- address.id, person_id: Integer <- address.person_id, city: Text <- address.city, \
             zip: Text? <- address.zip, born: Text? <- person.born",
        ),
        (
            "SELECT name FROM person UNION SELECT name FROM person",
            "name: Text <- person.name",
        ),
        (
            "SELECT name FROM person UNION ALL SELECT city FROM address",
            "name: Text",
        ),
        (
            "SELECT p1.name, p2.name AS other FROM person p1, person p2",
            "name: Text <- person.name, other: Text <- person.name",
        ),
        (
            "SELECT rowid, oid FROM person",
            "id: Integer <- person.id, id: Integer <- person.id",
        ),
        ("SELECT rowid FROM swap", "rowid: Integer"),
        (
            "SELECT (SELECT name FROM person) AS n",
            "n: Text? <- person.name",
        ),
        (
            "UPDATE person SET age = 1 RETURNING id, name AS n",
            "id: Integer <- person.id, n: Text <- person.name",
        ),
        (
            "DELETE FROM address RETURNING *, city || 'x' AS c",
            "id: Integer <- address.id, person_id: Integer <- address.person_id, city: Text <- address.city, zip: Text? <- address.zip, c: Text",
        ),
        (
            "SELECT title, rowid FROM doc WHERE doc MATCH 'x' ORDER BY rank",
            "title: Text? <- doc.title, rowid: Integer",
        ),
        (
            "SELECT \"name\", [nick], `age` FROM \"person\"",
            "name: Text <- person.name, nick: Text? <- person.nick, age: Integer? <- person.age",
        ),
    ]);
}

#[test]
fn c65_c66_c68_c71_c72_c76_c77_expressions_are_typed() {
    check(&[
        (
            "SELECT 1 AS a, 1.5 AS b, 'x' AS c, x'00' AS d, NULL AS e, TRUE AS f, 0x1F AS g",
            "a: Integer, b: Real, c: Text, d: Blob, e: Any?, f: Boolean, g: Integer",
        ),
        (
            "SELECT CAST(extra AS INTEGER) AS a, CAST(1 AS TEXT) AS b, CAST(name AS BIG INT) AS c, CAST(1 AS DECIMAL(10, 2)) AS d FROM person",
            "a: Integer?, b: Text, c: Integer, d: Real",
        ),
        (
            "SELECT name || nick AS a, name || 1 AS b FROM person",
            "a: Text?, b: Text",
        ),
        (
            "SELECT id + 1 AS a, id * height AS b, id + age AS c, -id AS d, ~id AS e, id & 3 AS f, id << 2 AS g, -height AS h FROM person",
            "a: Integer, b: Real, c: Integer?, d: Integer, e: Integer, f: Integer, g: Integer, h: Real",
        ),
        (
            "SELECT id / 2 AS a, height / 2 AS b, id % 3 AS c FROM person",
            "a: Integer?, b: Real?, c: Integer?",
        ),
        (
            "SELECT id = 1 AS a, age > 1 AS b, name LIKE 'a%' AS c, nick GLOB 'x' AS d, id IN (1, 2) AS e, age IN (SELECT age FROM person) AS f, age IS 1 AS g, age IS NULL AS h, NOT active AS i, id BETWEEN 1 AND age AS j FROM person",
            "a: Boolean, b: Boolean?, c: Boolean, d: Boolean?, e: Boolean, f: Boolean?, g: Boolean, h: Boolean, i: Boolean, j: Boolean?",
        ),
        (
            "SELECT EXISTS (SELECT 1 FROM person) AS a, NOT EXISTS (SELECT 1) AS b",
            "a: Boolean, b: Boolean",
        ),
        (
            "SELECT CASE WHEN id > 1 THEN 1 ELSE 2.5 END AS a, CASE id WHEN 1 THEN 'x' END AS b, CASE WHEN active THEN name ELSE nick END AS c, CASE WHEN 1 THEN 1 ELSE 'x' END AS d FROM person",
            "a: Real, b: Text?, c: Text?, d: Any",
        ),
        (
            "SELECT COALESCE(age, 0) AS a, IFNULL(nick, name) AS b, COALESCE(nick, nick) AS c, NULLIF(name, 'x') AS d, IIF(active, 1, 2) AS e, IIF(active, 1) AS f, COALESCE(flag, 0) AS g, COALESCE(age, 'x') AS h FROM person",
            "a: Integer, b: Text, c: Text? <- person.nick, d: Text?, e: Integer, f: Integer?, g: Boolean, h: Any",
        ),
        (
            "SELECT length(name) AS a, 1 AS b, json_array(1) AS c, lower(nick) AS d, upper(name) AS e, abs(id) AS f, round(height, 1) AS g, substr(name, 1, 2) AS h, substr(photo, 1) AS i, hex(photo) AS j, typeof(extra) AS k, date('now') AS l, date(born) AS m, unixepoch('now') AS n, julianday() AS o, instr(name, 'x') AS p, replace(name, 'a', 'b') AS q, random() AS r, min(id, 1) AS s, max(id, height) AS t FROM person",
            "a: Integer, b: Integer, c: Text, d: Text?, e: Text, f: Integer, g: Real, h: Text, i: Blob?, j: Text, k: Text, l: Text, m: Text?, n: Integer, o: Real, p: Integer, q: Text, r: Integer, s: Integer, t: Real",
        ),
        (
            "SELECT CURRENT_TIMESTAMP AS a, current_date AS b",
            "a: Text, b: Text",
        ),
        (
            "SELECT json_extract(extra, '$.a') AS a, extra -> 'a' AS b, extra ->> 'a' AS c, unknown_column AS d FROM (SELECT extra, 1 AS unknown_column FROM person)",
            "a: Any?, b: Text?, c: Any?, d: Integer",
        ),
        (
            "VALUES (1, 'a'), (2.5, NULL)",
            "column1: Real, column2: Text?",
        ),
        (
            "SELECT value, key, type FROM json_each('[1]')",
            "value: Any?, key: Any?, type: Text",
        ),
        (
            "SELECT balance, balance + 1 AS a, height + balance AS b FROM person",
            "balance: Real <- person.balance, a: Real, b: Real",
        ),
        ("SELECT \"no such\" AS a", "a: Text"),
    ]);
}

#[test]
fn c67_c77_c78_aggregates_know_when_sets_are_empty() {
    check(&[
        (
            "SELECT COUNT(*) AS a, COUNT(age) AS b, SUM(id) AS c, TOTAL(id) AS d, AVG(height) AS e, MIN(name) AS f, MAX(age) AS g, GROUP_CONCAT(name) AS h FROM person",
            "a: Integer, b: Integer, c: Integer?, d: Real, e: Real?, f: Text?, g: Integer?, h: Text?",
        ),
        (
            "SELECT age, SUM(id) AS c, AVG(height) AS e, MIN(name) AS f, MAX(age) AS g, GROUP_CONCAT(name, ', ') AS h, SUM(height) AS i FROM person GROUP BY age",
            "age: Integer? <- person.age, c: Integer, e: Real, f: Text, g: Integer?, h: Text, i: Real",
        ),
        (
            "SELECT age, SUM(id) FILTER (WHERE id > 3) AS c FROM person GROUP BY age",
            "age: Integer? <- person.age, c: Integer?",
        ),
        (
            "SELECT name, MAX(id) AS m FROM person",
            "name: Text? <- person.name, m: Integer?",
        ),
        (
            "SELECT name, COUNT(*) AS m FROM person GROUP BY name",
            "name: Text <- person.name, m: Integer",
        ),
        (
            "SELECT name, 1 + id AS x, COUNT(*) AS c FROM person HAVING COUNT(*) >= 0",
            "name: Text? <- person.name, x: Integer?, c: Integer",
        ),
        (
            "SELECT (SELECT COUNT(*) FROM address) AS a, (SELECT MAX(id) FROM address) AS b, (SELECT COUNT(*) FROM address GROUP BY id) AS c, (SELECT COUNT(*) FROM address LIMIT 1) AS d",
            "a: Integer, b: Integer?, c: Integer?, d: Integer",
        ),
        ("SELECT json_group_array(name) AS a FROM person", "a: Text"),
        (
            "SELECT name, (SELECT MAX(person.id)) AS m FROM person",
            "name: Text? <- person.name, m: Integer?",
        ),
        (
            "SELECT SUM(flag) AS a, SUM(extra) AS b, SUM(balance) AS c FROM person GROUP BY id",
            "a: Integer?, b: Any?, c: Real",
        ),
    ]);
}

#[test]
fn window_functions_know_their_frames() {
    check(&[
        (
            "SELECT row_number() OVER (ORDER BY id) AS a, rank() OVER w AS b, percent_rank() OVER w AS c FROM person WINDOW w AS (ORDER BY age)",
            "a: Integer, b: Integer, c: Real",
        ),
        (
            "SELECT SUM(id) OVER (PARTITION BY age ORDER BY id) AS a, SUM(id) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS b, MIN(name) OVER w AS c, COUNT(*) OVER () AS d FROM person WINDOW w AS (PARTITION BY age)",
            "a: Integer, b: Integer?, c: Text, d: Integer",
        ),
        (
            "SELECT lag(name) OVER (ORDER BY id) AS a, lead(name, 1, 'x') OVER (ORDER BY id) AS b, first_value(name) OVER (ORDER BY id) AS c, nth_value(name, 2) OVER (ORDER BY id) AS d, first_value(name) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING EXCLUDE TIES) AS e FROM person",
            "a: Text?, b: Text, c: Text, d: Text?, e: Text?",
        ),
    ]);
}

#[test]
fn c70_an_alias_takes_nothing_from_a_column_of_its_name() {
    check(&[
        ("SELECT age + 0 AS name FROM person", "name: Integer?"),
        ("SELECT NULLIF(id, 1) AS id FROM person", "id: Integer?"),
    ]);
}

#[test]
fn values_say_which_views_they_pass_and_which_alias_shows_them() {
    let mut shop = Fixture::shop();
    let analysis = shop.analyze("SELECT d.w FROM deep AS d");
    let column = &analysis.columns[0];
    let through: Vec<String> = column
        .through
        .iter()
        .map(|o| format!("{}.{}", o.table, o.column))
        .collect();
    assert_eq!(through, ["deep.w", "adult.who"]);
    assert_eq!(path(column), "d:deep.w adult:adult.who person:person.name");
    let analysis = shop.analyze("SELECT born, name FROM person");
    assert_eq!(
        analysis
            .columns
            .iter()
            .map(|c| c.keeps_numbers)
            .collect::<Vec<_>>(),
        [true, false]
    );
}

#[test]
fn numbers_are_what_sqlite_makes_of_them() {
    check(&[
        (
            "SELECT -9223372036854775808 AS a, -(9223372036854775808) AS b, 9223372036854775808 AS c",
            "a: Integer, b: Integer, c: Real",
        ),
        (
            "SELECT CAST(id AS BOOLEAN) AS a, CAST(id = 1 AS BOOLEAN) AS b FROM person",
            "a: Integer, b: Boolean",
        ),
    ]);
}

/// The items through which a column comes: `alias:table.column`, with `?` where an outer join can leave it out.
fn path(column: &ResultColumn) -> String {
    let steps = column.path.iter().map(|step| {
        let relation = step.relation.as_deref().unwrap_or("");
        let mark = if step.optional { "?" } else { "" };
        format!("{}{mark}:{relation}.{}", step.alias, step.column)
    });
    steps.collect::<Vec<_>>().join(" ")
}

#[test]
fn columns_say_through_which_items_they_come() {
    let mut fixture = Fixture::new(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT NOT NULL, m TEXT);
         CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL);
         CREATE VIEW v AS SELECT x.n AS name, y.id AS b_id FROM a AS x LEFT JOIN b AS y ON y.a_id = x.id;",
    );
    let cases = [
        ("SELECT n FROM a", "a:a.n", false),
        ("SELECT one.m FROM a AS one", "one:a.m", true),
        (
            "SELECT y.rowid FROM a LEFT JOIN b AS y ON y.a_id = a.id",
            "y?:b.id",
            false,
        ),
        ("SELECT name FROM v", "v:v.name x:a.n", false),
        (
            "SELECT w.b_id FROM a LEFT JOIN v AS w",
            "w?:v.b_id y?:b.id",
            false,
        ),
        (
            "SELECT s.k FROM (SELECT m AS k FROM a WHERE m IS NOT NULL) AS s",
            "s:.k a:a.m",
            false,
        ),
        (
            "WITH c AS (SELECT n FROM a) SELECT z.n FROM c AS z",
            "z:.n a:a.n",
            false,
        ),
        (
            "SELECT s.k FROM (SELECT nullif(n, '') AS k FROM a) AS s",
            "s:.k",
            true,
        ),
        ("SELECT upper(n) FROM a", "", false),
        ("SELECT (SELECT n FROM a)", "", false),
        ("SELECT n, max(id) FROM a", "", false),
        ("SELECT n FROM a UNION SELECT n FROM a", "", false),
    ];
    for (sql, expected, null_inside) in cases {
        let analysis = fixture.analyze(sql);
        let column = &analysis.columns[0];
        assert_eq!(path(column), expected, "{sql}");
        if !expected.is_empty() {
            assert_eq!(column.null_inside, null_inside, "{sql}");
        }
    }
}
