//! Every word that SQLite takes for a name at some place is a name for us at that place.

use sqlparser::keywords::ALL_KEYWORDS;

use super::Fixture;
use crate::diagnostic::Code;

/// Statements in which `{}` is a name.
const PLACES: &[&str] = &[
    "SELECT 1 {}",
    "SELECT 1 AS {}",
    "SELECT id {} FROM note",
    "SELECT (1) {}, 2",
    "SELECT 'a' {} WHERE 1",
    "SELECT * FROM note {}",
    "SELECT * FROM note AS {}",
    "SELECT * FROM note {} WHERE 1",
    "SELECT * FROM note {} JOIN code ON 1",
    "SELECT * FROM code, note {}, person",
    "SELECT * FROM (SELECT 1) {}",
    "SELECT * FROM (note) {}",
    "SELECT * FROM json_each('[]') {} LIMIT 1",
    "SELECT {} FROM (SELECT 1 AS {})",
    "SELECT {} + 1, {} IS NULL, 1 IN ({}), {} COLLATE NOCASE FROM (SELECT 1 AS {})",
    "SELECT a.{}, a.{} z FROM (SELECT 1 AS {}) a WHERE {} > 1 ORDER BY {} DESC",
    "SELECT {}.id, {}.* FROM note {}",
    "SELECT {}.id FROM note AS {} GROUP BY {}.id HAVING {}.id > 1",
    "WITH {} AS (SELECT 1 AS a) SELECT a FROM {}",
    "WITH a({}) AS (SELECT 1) SELECT {} FROM a",
    "SELECT sum(id) OVER {} FROM note WINDOW {} AS (ORDER BY id)",
    "SELECT sum(id) OVER ({}) FROM note WINDOW {} AS (PARTITION BY id)",
    "SELECT sum({}) OVER (PARTITION BY {} ORDER BY {} ROWS 1 PRECEDING) FROM (SELECT 1 AS {})",
    "SELECT CASE {} WHEN {} THEN {} ELSE {} END FROM (SELECT 1 AS {})",
    "SELECT CASE WHEN 1 THEN 2 END {}",
    "SELECT count(*) {}, count(*) AS {} FROM note",
    "SELECT CAST({} AS {}), CAST(1 AS big {}) FROM (SELECT 1 AS {})",
    "SELECT 1 COLLATE {}",
    "INSERT INTO note AS {} (body) VALUES ('x') ON CONFLICT (id) DO UPDATE SET body = {}.body",
    "UPDATE note AS {} SET body = {}.body WHERE {}.id = 1",
    "DELETE FROM note AS {} WHERE {}.id = 1",
    "DELETE FROM note RETURNING id {}",
    "DELETE FROM note RETURNING id AS {}, body",
    "SELECT * FROM note JOIN (SELECT 1 AS {}) USING ({})",
];

#[test]
fn every_name_sqlite_takes_is_a_name() {
    let mut shop = Fixture::shop();
    let mut puzzled = Vec::new();
    let mut accepted = 0;
    for pattern in PLACES {
        for word in ALL_KEYWORDS {
            let sql = pattern.replace("{}", word);
            if shop.catalog.prepare(&sql).is_err() {
                continue;
            }
            accepted += 1;
            let (analysis, problems) = shop.try_analyze(&sql);
            let odd = problems
                .iter()
                .any(|problem| problem.code == Code::NotTakenApart);
            if analysis.is_none() || odd {
                puzzled.push(sql);
            }
        }
    }
    assert!(accepted > 30_000, "{accepted}");
    assert!(
        puzzled.is_empty(),
        "{}\n{}",
        puzzled.len(),
        puzzled.join("\n")
    );
}
