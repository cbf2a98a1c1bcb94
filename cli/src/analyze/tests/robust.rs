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
    let (analysis, problems) =
        shop.try_analyze("SELECT p.name, p.id + :x AS y FROM (person p, address a)");
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
