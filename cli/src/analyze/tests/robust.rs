//! Odd but legal SQL is taken apart, and what is not still gives an analysis.

use super::Fixture;
use crate::diagnostic::{Code, Severity};

/// One feature each, from what stock parsers stumble over.
const ODD: &[&str] = &[
    "SELECT a.id FROM person a INDEXED BY person_age WHERE age = 1",
    "SELECT id FROM person NOT INDEXED",
    "SELECT id << 2, id >> 1, ~id * 2 FROM person",
    "SELECT age IS 1, age IS NOT id, age IS NOT DISTINCT FROM id, age ISNULL, age NOTNULL, age NOT NULL FROM person",
    "SELECT id IN strings FROM person, (SELECT 1) WHERE id IN main.strings",
    "SELECT id IN pragma_application_id() FROM person",
    "SELECT id IN (), id NOT IN (), id IN ((SELECT 1), 2) FROM person",
    "WITH q AS MATERIALIZED (SELECT 1), r AS NOT MATERIALIZED (SELECT 2) SELECT * FROM q, r",
    "SELECT CAST(id AS UNSIGNED BIG INT), CAST(id AS VARYING CHARACTER(20)) FROM person",
    "SELECT p.id FROM person p CROSS JOIN address a ON a.id = p.id",
    "SELECT p.id FROM person p LEFT NATURAL JOIN address a",
    "SELECT name FROM person WHERE name NOT GLOB 'x*' AND name NOT LIKE 'a' ESCAPE '!'",
    "SELECT name IS NULL COLLATE NOCASE, name COLLATE NOCASE = 'x' FROM person ORDER BY name COLLATE NOCASE DESC NULLS LAST",
    "SELECT id FROM (person)",
    "SELECT array, format, \"offset\", top, view, end, interval, rows, range FROM (SELECT 1 AS array, 2 AS format, 3 AS \"offset\", 4 AS top, 5 AS view, 6 AS end, 7 AS interval, 8 AS rows, 9 AS range)",
    "SELECT 1 top, 2 qualify, 3 window, 4 array FROM person format",
    "SELECT replace(name, 'a', 'b'), like('a', name), glob('a', name), trim(name), substring(name, 1), round(height), position FROM person, (SELECT 1 AS position)",
    "SELECT SUM(id) OVER (ORDER BY id ROWS 1 PRECEDING EXCLUDE TIES) FROM person",
    "SELECT SUM(id) OVER (ORDER BY id GROUPS BETWEEN :n PRECEDING AND UNBOUNDED FOLLOWING) FROM person",
    "SELECT COUNT(DISTINCT age), GROUP_CONCAT(name, ',' ORDER BY name) FILTER (WHERE id > 1) FROM person",
    "SELECT 'it''s', x'0f', 1_000, .5, 1e3, 0xFF",
    "SELECT \"a\"\"b\" FROM (SELECT 1 AS \"a\"\"b\")",
    "SELECT p . id FROM main . person p",
    "SELECT main.person.id FROM main.person",
    "UPDATE OR IGNORE person SET age = 1",
    "INSERT OR ROLLBACK INTO code DEFAULT VALUES",
    "INSERT INTO code (k) SELECT name FROM person WHERE 1 ON CONFLICT (k) DO UPDATE SET v = (SELECT 1), k = excluded.k WHERE 1",
    "WITH q AS (SELECT 'x' AS k) UPDATE code SET v = 1 WHERE k IN (SELECT k FROM q)",
    "DELETE FROM person AS p WHERE p.id IN (SELECT id FROM note)",
    "VALUES (1), (2)",
    "SELECT * FROM (VALUES (1, 2))",
    "SELECT CASE WHEN id THEN 1 ELSE 2 END AS end FROM person",
    "SELECT -id || 'x', - - id, +id, NOT NOT id FROM person",
    "SELECT 2 LIKE 2 == 1, 1 = 2 < 3, 1 | 2 & 3 << 4",
    "SELECT extra -> '$.a' ->> 'b' FROM person",
    "SELECT rank FROM doc('x') ORDER BY bm25(doc)",
    "SELECT highlight(doc, 0, '<', '>') FROM doc WHERE doc = 'x'",
    "SELECT name FROM sqlite_schema",
    "SELECT name FROM pragma_table_info('person')",
    "SELECT 1 WHERE 1 ORDER BY 1 LIMIT 1 OFFSET 0",
    "SELECT * FROM person p JOIN address a USING (id) JOIN note n USING (id)",
    "SELECT DISTINCT ALL_ FROM (SELECT 1 AS ALL_)",
    "SELECT count(*) filter, 1 over FROM person",
    "SELECT min(age), max(age), name FROM person GROUP BY 3 HAVING count(*) > 1 ORDER BY 1",
    "SELECT (1, 2) < (3, 4), (SELECT 1, 2) = (1, 2)",
    "SELECT \"x\", `y`, [z] FROM (SELECT 1 AS x, 2 AS y, 3 AS z)",
    "SELECT true, false, true AND NOT false IS NOT true",
    "SELECT (WITH c AS (SELECT 1 AS a) SELECT a FROM c)",
    "SELECT * FROM person WHERE name MATCH 'x'",
    "SELECT raise_, 'a' 'b' FROM (SELECT 1 AS raise_)",
    "SELECT * FROM (person p, address a)",
    "SELECT p.id, a.city FROM (person AS p, address AS a), note n WHERE a.id = n.id",
    "SELECT * FROM person p, address a USING (id)",
    "SELECT * FROM person p, address a ON a.person_id = p.id",
    "SELECT * FROM person p, address a ON a.person_id = p.id LEFT JOIN note n USING (id), code",
    "SELECT z.city FROM (person p JOIN address a ON a.person_id = p.id) AS z",
    "SELECT z.city FROM note n LEFT JOIN (person p JOIN address a ON a.person_id = p.id) z ON z.city = n.body",
    "SELECT * FROM (person p LEFT JOIN address a USING (id)) z NATURAL JOIN note",
    "SELECT * FROM person NATURAL LEFT OUTER JOIN address",
    "SELECT * FROM person OUTER LEFT NATURAL JOIN address",
    "SELECT * FROM person LEFT OUTER NATURAL JOIN address",
    "SELECT * FROM person NATURAL INNER JOIN address",
    "SELECT * FROM person INNER NATURAL CROSS JOIN address",
    "SELECT * FROM person OUTER FULL JOIN address USING (id)",
    "SELECT * FROM person RIGHT LEFT JOIN address USING (id)",
    "SELECT * FROM ((person)), ((SELECT 1 AS x)), (((address JOIN note)))",
    "SELECT * FROM ((SELECT 1 AS x UNION SELECT 2)) AS z",
    "SELECT * FROM (VALUES (1, 2), (3, 4)) AS z",
    "WITH a AS (SELECT x FROM b), b AS (SELECT 1 AS x) SELECT x FROM a",
    "WITH a AS (SELECT x FROM b), b AS (SELECT x FROM c), c(x) AS (VALUES (1)) SELECT x FROM a",
    "SELECT name COLLATE NOCASE COLLATE RTRIM COLLATE BINARY FROM person ORDER BY name COLLATE NOCASE COLLATE RTRIM",
    "SELECT CAST(age AS BIG INT), CAST(age AS UNSIGNED BIG INT), CAST(age AS DOUBLE PRECISION), CAST(age AS 'text'), CAST(age AS \"text\"), CAST(age AS), CAST(age AS INT(1, -2)), CAST(age AS x(+1.5)) FROM person",
    "SELECT id FROM person WHERE id = $a(b) AND name = $a::b::c AND age = $::z",
    "SELECT sum(id) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS), sum(id) OVER (ORDER BY id RANGE BETWEEN 1.5 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW), sum(id) OVER (ORDER BY id GROUPS 2 PRECEDING EXCLUDE GROUP) FROM person",
    "SELECT sum(id) OVER w, sum(id) OVER (w ROWS 1 PRECEDING), sum(id) OVER (w2 ORDER BY id), sum(id) OVER () FROM person WINDOW w AS (PARTITION BY age ORDER BY id), w2 AS (PARTITION BY name)",
    "SELECT row_number() OVER (ORDER BY id), ntile(3) OVER (ORDER BY id), lag(name, 1, 'x') OVER (ORDER BY id) FROM person",
    "SELECT sum(id) FILTER (WHERE age > 1) OVER (ORDER BY id) FROM person",
    "UPDATE person INDEXED BY person_age SET nick = 'x' WHERE age = 1",
    "UPDATE person NOT INDEXED SET nick = 'x'",
    "DELETE FROM person INDEXED BY person_name WHERE name = 'x'",
    "UPDATE person SET (nick, age) = (SELECT 'a', 1), name = 'q' WHERE (id, name) = (1, 'x')",
    "UPDATE person SET (nick, age) = ('a', 2)",
    "UPDATE person SET (nick) = ('a')",
    "UPDATE person AS p SET nick = a.city FROM address a JOIN note n ON n.address_id = a.id WHERE a.person_id = p.id RETURNING id, nick AS n",
    "UPDATE person SET nick = q.city FROM (SELECT * FROM address) AS q, note WHERE q.person_id = person.id",
    "INSERT INTO person (id, name, height, active, balance) VALUES (1, 'x', 1, 1, 1) ON CONFLICT (name) WHERE name > 'a' DO NOTHING ON CONFLICT (id) DO UPDATE SET nick = excluded.name, (age, score) = (1, 2) WHERE excluded.id > 1 ON CONFLICT DO NOTHING RETURNING *",
    "INSERT INTO code SELECT name, age FROM person WHERE true ON CONFLICT DO NOTHING",
    "INSERT INTO main.code DEFAULT VALUES",
    "INSERT INTO code AS c VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET v = c.v + excluded.v RETURNING k, v AS n",
    "INSERT OR REPLACE INTO code VALUES ('a', 1), ('b', (SELECT 2))",
    "REPLACE INTO code (v, k) SELECT 1, 'x' UNION SELECT 2, 'y' ORDER BY 1 LIMIT 1",
    "INSERT INTO code WITH q AS (SELECT 'a', 1) SELECT * FROM q",
    "WITH q(a, b) AS (VALUES ('a', 1)) INSERT INTO code SELECT * FROM q",
    "WITH q(a) AS (VALUES ('a')) REPLACE INTO code (k) SELECT a FROM q RETURNING *",
    "WITH q(a) AS (VALUES ('a')) DELETE FROM code WHERE k IN q RETURNING k",
    "SELECT EXISTS (SELECT 1), NOT EXISTS (SELECT 1 WHERE 0), (SELECT 1) IS NOT NULL",
    "SELECT id FROM person WHERE (id, name) IN (VALUES (1, 'a'), (2, 'b'))",
    "SELECT id FROM person WHERE (id, name) IN (SELECT id, city FROM address)",
    "SELECT id FROM person WHERE (id, name) = (SELECT id, city FROM address LIMIT 1)",
    "SELECT id FROM person WHERE (id, name, age) BETWEEN (1, 'a', 2) AND (2, 'b', 3)",
    "SELECT CASE (id, name) WHEN (1, 'a') THEN 1 END FROM person",
    "SELECT id FROM person WHERE (id, name) IS (1, 'x') OR (id, name) IS NOT (1, 'x') OR (id, age) <> (1, 2)",
    "SELECT ((id)), (((id + 1))) FROM person WHERE ((id, name)) = ((1, 'a'))",
    "SELECT count(), count(*), total(age), avg(DISTINCT age), string_agg(name, ','), group_concat(DISTINCT name) FROM person",
    "SELECT group_concat(name ORDER BY id DESC, name COLLATE NOCASE NULLS FIRST), json_group_array(age ORDER BY age) FROM person",
    "SELECT min(1, 2), max(1, 2, 3), iif(1, 2), if(1, 2, 3), abs(-1), likely(1), sqlite_version()",
    "SELECT id FROM person WHERE name LIKE 'a!%' ESCAPE '!' OR name NOT LIKE 'x' OR name GLOB '*' OR id NOT BETWEEN 1 AND 2 AND id NOT IN (1) AND name NOTNULL",
    "SELECT id FROM person WHERE NOT name LIKE 'a' AND NOT EXISTS (SELECT 1) AND NOT (id IN (1))",
    "SELECT 1 IS NOT DISTINCT FROM 2, 1 IS DISTINCT FROM 2, 1 IS TRUE, 1 IS NOT FALSE, NULL IS NOT NULL",
    "SELECT ~1, -+~ - 1, NOT 1 = 2, -1 COLLATE NOCASE, ~~1",
    "SELECT current_date, current_time, current_timestamp, CURRENT_DATE || 'x'",
    "SELECT 1e5, 1.e2, .5e-3, 0xFFFF_FFFF, 9223372036854775808, X'', x'AB'",
    "SELECT DISTINCT name FROM person UNION ALL SELECT city FROM address INTERSECT SELECT body FROM note EXCEPT SELECT k FROM code ORDER BY 1 DESC LIMIT 5, 10",
    "VALUES (1, 'a'), (2, 'b') UNION SELECT 3, 'c' ORDER BY 1",
    "SELECT * FROM person ORDER BY name COLLATE NOCASE ASC NULLS LAST, 2, age + 1 DESC LIMIT (SELECT 1) OFFSET 1 + 1",
    "SELECT * FROM person LIMIT -1",
    "SELECT person.* , a.*, p2.rowid, main.person.name FROM person, address a, person p2",
    "SELECT id FROM main.person WHERE main.person.id = 1 AND person.rowid = 1 AND _rowid_ = oid",
    "SELECT e.value, e.key, e.type, e.fullkey FROM json_each('[1]') AS e, json_tree(:doc, '$.a')",
    "SELECT j.value FROM person p, json_each(p.extra) j",
    "SELECT p.id FROM person p LEFT JOIN json_each(p.extra, '$.x') j ON j.value = p.id",
    "SELECT * FROM pragma_table_info('person') AS t JOIN pragma_index_list('person')",
    "SELECT name FROM pragma_table_list WHERE schema = 'main'",
    "SELECT t.name FROM main.sqlite_master t",
    "SELECT title FROM doc WHERE doc MATCH 'x' AND rank MATCH 'bm25(1.0)' ORDER BY rank",
    "SELECT snippet(doc, -1, '[', ']', '...', 5), bm25(doc, 1.0, 2.0) FROM doc('x')",
    "INSERT INTO doc(doc) VALUES ('optimize')",
    "INSERT INTO doc(doc, rank) VALUES ('merge', 5)",
    "INSERT INTO doc(rowid, title) VALUES (1, 'a')",
    "WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t",
    "WITH t(n) AS (SELECT 1 UNION SELECT n + 1 FROM t LIMIT 5 OFFSET 1) SELECT n FROM t ORDER BY n",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t UNION ALL SELECT n + 2 FROM t ORDER BY 1 LIMIT 9) SELECT * FROM t",
    "SELECT id FROM person GROUP BY 1, name COLLATE NOCASE HAVING max(age) > 1",
    "SELECT ALL id FROM person",
    "SELECT id FROM person WHERE id IN (1, 2,3) AND id IN (SELECT 1 UNION SELECT 2) AND id NOT IN (WITH q AS (SELECT 1) SELECT * FROM q)",
    "SELECT \"nosuch\" FROM person",
    "SELECT name->'a', name->>0, extra->>'$.x'->>'y' FROM person",
    "SELECT 1 == 1, 1 <> 2, 1 != 2, 1 < 2 AND 2 >= 1, 1 || 2 || 3, 5 % 2, 1 & 2 | 3, 1 << 2 >> 3",
    "SELECT 'a' LIKE 'b' COLLATE NOCASE, 1 IN (2) COLLATE NOCASE",
    "SELECT 1 BETWEEN 0 AND 2 AND 3, 1 NOT BETWEEN 0 AND 2 = 1",
    "SELECT 1 ISNULL ISNULL NOTNULL NOT NULL IS NULL",
    "SELECT - 1 IS NULL, - id ISNULL, NOT id NOTNULL FROM person",
    "SELECT sum(x) FROM (SELECT 1 AS x UNION ALL SELECT 2)",
    "SELECT (SELECT count(*) FROM address WHERE person_id = p.id) AS n FROM person p WHERE n > 1",
];

#[test]
fn odd_statements_are_taken_apart() {
    let mut shop = Fixture::shop();
    let mut puzzled = Vec::new();
    for sql in ODD {
        let (analysis, problems) = shop.try_analyze(sql);
        if analysis.is_none()
            || problems
                .iter()
                .any(|problem| problem.code == Code::NotTakenApart)
        {
            puzzled.push(format!("{sql}: {problems:?}"));
        }
    }
    assert!(puzzled.is_empty(), "\n{}", puzzled.join("\n"));
}

#[test]
fn what_is_not_taken_apart_is_known_by_metadata() {
    let mut shop = Fixture::shop();
    let deep = format!("{}p.id + :x{}", "(".repeat(250), ")".repeat(250));
    let (analysis, problems) =
        shop.try_analyze(&format!("SELECT p.name, {deep} AS y FROM person p"));
    let analysis = analysis.expect("accepted by SQLite");
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].code, problems[0].severity),
        (Code::NotTakenApart, Severity::Note)
    );
    let columns: Vec<_> = analysis.columns.iter().map(super::show_column).collect();
    assert_eq!(columns, ["name: Text? <- person.name", "y: Any?"]);
    assert_eq!(analysis.parameters.len(), 1);
}

#[test]
fn long_chains_and_deep_nesting_do_not_exhaust_the_stack() {
    let mut shop = Fixture::shop();
    let nested = |open: &str, inner: &str, close: &str, depth: usize| {
        format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
    };
    let mut statements = vec![
        vec!["SELECT id FROM person"; 400].join(" UNION ALL "),
        format!("SELECT {}", nested("(", "1", ")", 90)),
        format!("SELECT {}", nested("(SELECT ", "1", ")", 40)),
        nested("SELECT * FROM (", "SELECT * FROM person", ")", 40),
        format!("SELECT {}", nested("(SELECT MAX(", "1", "))", 40)),
        format!("SELECT {}", nested("lower(", "'x'", ")", 90)),
        format!("SELECT {} 1", "NOT ".repeat(400)),
        format!("SELECT {} 1", "- ".repeat(400)),
    ];
    for link in [
        " OR id = 1",
        " AND id IS 1",
        " || id",
        " IS 1",
        " COLLATE nocase",
        " ISNULL",
        " IN (1)",
        " LIKE 'a'",
    ] {
        statements.push(format!(
            "SELECT id FROM person WHERE id {}",
            link.repeat(900)
        ));
    }
    let both = format!("id {} IS 1", " || id".repeat(900));
    statements.push(format!("SELECT id FROM person WHERE {both}"));
    for sql in statements {
        let (analysis, problems) = shop.try_analyze(&sql);
        let refused = problems
            .iter()
            .any(|problem| problem.code == Code::QueryRejected);
        assert!(analysis.is_some() || refused, "{}", &sql[..60]);
    }
}
