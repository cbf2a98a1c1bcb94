//! How much of what SQLite's rules prove to be non-null is called so: a table of columns with their truth, by hand.

use super::Fixture;

/// Queries over the shop; for each of their columns `!` when it can be proven non-null, else `?`.
const TRUTH: &[(&str, &str)] = &[
    // Columns and keys.
    (
        "SELECT id, name, nick, age, height, active, rowid, oid FROM person",
        "!!??!!!!",
    ),
    ("SELECT k, v FROM code", "!?"),
    ("SELECT id, a FROM backwards", "??"),
    ("SELECT id, a, b, c FROM strict_one", "!!??"),
    ("SELECT a, b, total, twice FROM made", "!!??"),
    (
        "SELECT p.id, p.name AS n, p.nick AS k FROM person AS p",
        "!!?",
    ),
    (
        "SELECT q.i, q.n FROM (SELECT id AS i, nick AS n FROM person) q",
        "!?",
    ),
    (
        "WITH q AS (SELECT id, age FROM person) SELECT * FROM q",
        "!?",
    ),
    ("SELECT who, years FROM adult", "!!"),
    ("SELECT w, n FROM deep", "!!"),
    ("SELECT pid, name, city, aid FROM citizen", "!!??"),
    // Literals and names that stand for values.
    (
        "SELECT 1, 2.5, 'x', x'00', TRUE, NULL, CURRENT_DATE, -1",
        "!!!!!?!!",
    ),
    // Operators.
    (
        "SELECT id + 1, id * 2 - 3, name || '!', -id, ~id, id << 2, height * 2 FROM person",
        "!!!!!!!",
    ),
    (
        "SELECT age + 1, name || nick, -age, id / 2, id % 2 FROM person",
        "?????",
    ),
    (
        "SELECT id = 1, name < 'x', age = 1, age IS 1, age IS NULL, age IS NOT NULL, NOT active FROM person",
        "!!?!!!!",
    ),
    (
        "SELECT active AND id > 1, active OR flag, id BETWEEN 1 AND 2, age BETWEEN 1 AND 2 FROM person",
        "!?!?",
    ),
    (
        "SELECT age IS NOT NULL AND age > 3, age IS NULL OR age > 3, nick IS NULL OR length(nick) > 1 FROM person",
        "!!!",
    ),
    (
        "SELECT id IN (1, 2), age IN (1, 2), id IN (1, NULL), id IN (SELECT id FROM note), age IN () FROM person",
        "!??!!",
    ),
    (
        "SELECT name LIKE 'a%', nick LIKE 'a%', name GLOB '*', EXISTS (SELECT 1 FROM note) FROM person",
        "!?!!",
    ),
    (
        "SELECT CAST(id AS TEXT), CAST(age AS TEXT), name COLLATE NOCASE FROM person",
        "!?!",
    ),
    ("SELECT extra ->> '$.a', '{}' -> '$.a' FROM person", "??"),
    // CASE and its kin.
    (
        "SELECT CASE WHEN active THEN 1 ELSE 2 END, CASE WHEN active THEN 1 END FROM person",
        "!?",
    ),
    (
        "SELECT CASE WHEN age IS NULL THEN 0 ELSE age END, CASE WHEN age IS NOT NULL THEN age ELSE 0 END FROM person",
        "!!",
    ),
    (
        "SELECT CASE WHEN age > 3 THEN age ELSE 3 END, CASE age WHEN 3 THEN age ELSE 0 END FROM person",
        "!!",
    ),
    (
        "SELECT CASE WHEN age IS NULL THEN 0 WHEN nick IS NULL THEN 1 ELSE age + length(nick) END FROM person",
        "!",
    ),
    (
        "SELECT CASE WHEN age IS NULL OR score IS NULL THEN 0 ELSE age END, CASE WHEN age > 1 THEN nick ELSE '' END FROM person",
        "!?",
    ),
    (
        "SELECT IIF(active, 1, 2), IIF(active, 1), IIF(age IS NULL, 0, age), IIF(age > 1, age, 1) FROM person",
        "!?!!",
    ),
    (
        "SELECT COALESCE(age, 0), COALESCE(nick, name), COALESCE(age, score), IFNULL(nick, ''), NULLIF(id, 1) FROM person",
        "!!?!?",
    ),
    // Functions.
    (
        "SELECT length(name), lower(name), upper(nick), abs(id), round(height), substr(name, 1, 2), trim(name) FROM person",
        "!!?!!!!",
    ),
    (
        "SELECT hex(photo), typeof(extra), quote(nick), instr(name, 'x'), replace(name, 'a', ''), concat(nick, age) FROM person",
        "!!!!!!",
    ),
    (
        "SELECT json_array(age), json_object('a', nick), printf('%d', age), format('%s', name), concat_ws(',', nick) FROM person",
        "!!!!!",
    ),
    (
        "SELECT date('now'), datetime('now', '-7 days'), strftime('%Y', 'now'), date(born), unixepoch('now'), julianday() FROM person",
        "!!!?!!",
    ),
    (
        "SELECT random(), changes(), sqlite_version(), min(id, 1), max(age, 1), zeroblob(2), char(65), unicode(name) FROM person",
        "!!!!?!!?",
    ),
    (
        "SELECT floor(height), sqrt(height), pi(), degrees(height), sign(height), likely(id), soundex(name) FROM person",
        "!?!!!!!",
    ),
    (
        "SELECT json('1'), json_valid(name), json_extract(name, '$'), json_set('{}', '$.a', age), json_type('[1]') FROM person",
        "!!?!!",
    ),
    // Joins.
    (
        "SELECT p.id, a.id, a.city, a.zip FROM person p JOIN address a ON a.person_id = p.id",
        "!!!?",
    ),
    (
        "SELECT p.id, a.id, a.city FROM person p LEFT JOIN address a ON a.person_id = p.id",
        "!??",
    ),
    (
        "SELECT p.id, a.id, a.city FROM person p RIGHT JOIN address a ON a.person_id = p.id",
        "?!!",
    ),
    (
        "SELECT p.id, a.id FROM person p FULL JOIN address a ON a.person_id = p.id",
        "??",
    ),
    (
        "SELECT p.id, a.city FROM person p LEFT JOIN address a ON a.person_id = p.id WHERE a.id IS NOT NULL",
        "!!",
    ),
    (
        "SELECT p.id, a.city FROM person p LEFT JOIN address a ON a.person_id = p.id WHERE a.city = 'x'",
        "!!",
    ),
    (
        "SELECT n.address_id, a.city FROM note n JOIN address a ON a.id = n.address_id",
        "!!",
    ),
    (
        "SELECT n.address_id, a.city FROM note n, address a WHERE a.id = n.address_id",
        "!!",
    ),
    (
        "SELECT id, name, city FROM person JOIN address USING (id)",
        "!!!",
    ),
    (
        "SELECT id, name, city FROM person LEFT JOIN address USING (id)",
        "!!?",
    ),
    (
        "SELECT id, name, city FROM person RIGHT JOIN address USING (id)",
        "!?!",
    ),
    ("SELECT id FROM person FULL JOIN address USING (id)", "!"),
    (
        "SELECT n.body, a.city FROM person p LEFT JOIN (address a JOIN note n ON n.address_id = a.id) ON a.person_id = p.id",
        "??",
    ),
    (
        "SELECT s.one FROM person LEFT JOIN (SELECT 1 AS one) s ON 1",
        "?",
    ),
    (
        "SELECT a.city, n.body FROM address a CROSS JOIN note n",
        "!!",
    ),
    // Conditions.
    ("SELECT age, nick FROM person WHERE age IS NOT NULL", "!?"),
    (
        "SELECT age, nick, score FROM person WHERE age = :a AND nick LIKE :n",
        "!!?",
    ),
    ("SELECT age FROM person WHERE age > 3 OR age < 1", "!"),
    (
        "SELECT age, nick FROM person WHERE age > 3 OR nick = 'x'",
        "??",
    ),
    ("SELECT age FROM person WHERE NOT (age IS NULL)", "!"),
    ("SELECT age FROM person WHERE NOT (age = 1 OR age = 2)", "!"),
    (
        "SELECT age, nick FROM person WHERE NOT (age = 1 AND nick = 'x')",
        "??",
    ),
    ("SELECT age FROM person WHERE age IN (1, 2)", "!"),
    ("SELECT age FROM person WHERE age NOT IN (1, 2)", "!"),
    ("SELECT age FROM person WHERE age IN (:list)", "!"),
    ("SELECT age FROM person WHERE age NOT IN (:list)", "?"),
    (
        "SELECT age FROM person WHERE age IN (SELECT id FROM note)",
        "!",
    ),
    (
        "SELECT age FROM person WHERE age NOT IN (SELECT id FROM note)",
        "?",
    ),
    ("SELECT age, score FROM person WHERE age + score > 0", "!!"),
    ("SELECT nick FROM person WHERE length(nick) > 1", "!"),
    ("SELECT nick FROM person WHERE lower(nick) = 'x'", "!"),
    ("SELECT age FROM person WHERE age BETWEEN 1 AND 2", "!"),
    ("SELECT age FROM person WHERE age NOT BETWEEN 1 AND 2", "!"),
    ("SELECT age FROM person WHERE age IS 3", "!"),
    ("SELECT age FROM person WHERE age IS :p", "?"),
    ("SELECT flag FROM person WHERE flag", "!"),
    ("SELECT flag FROM person WHERE flag IS TRUE", "!"),
    ("SELECT flag FROM person WHERE flag IS NOT TRUE", "?"),
    (
        "SELECT age, nick FROM person WHERE (age, nick) = (1, 'x')",
        "!!",
    ),
    (
        "SELECT age, nick FROM person WHERE (age, nick) IN ((1, 'x'))",
        "!!",
    ),
    ("SELECT age FROM person WHERE :p IS NULL OR age = :p", "?"),
    ("SELECT born FROM person WHERE date(born) > '2024'", "!"),
    // Aggregates.
    (
        "SELECT COUNT(*), COUNT(age), TOTAL(age), SUM(id), MIN(name), AVG(id), json_group_array(age) FROM person",
        "!!!???!",
    ),
    (
        "SELECT MAX(id), SUM(id), MIN(name), AVG(height), GROUP_CONCAT(name), MAX(age) FROM person GROUP BY nick",
        "!!!!!?",
    ),
    (
        "SELECT age, COUNT(*), SUM(id) FILTER (WHERE id > 3) FROM person GROUP BY age",
        "?!?",
    ),
    (
        "SELECT age, MAX(age) FROM person WHERE age > 1 GROUP BY nick",
        "!!",
    ),
    (
        "SELECT age, MAX(age), COUNT(*) FROM person GROUP BY age HAVING age IS NOT NULL",
        "!!!",
    ),
    ("SELECT name, COUNT(*) FROM person GROUP BY name", "!!"),
    ("SELECT name, MAX(id) FROM person", "??"),
    (
        "SELECT COALESCE(SUM(id), 0), COUNT(*) + 1, COUNT(*) > 0 FROM person",
        "!!!",
    ),
    // Subqueries.
    (
        "SELECT (SELECT 1), (SELECT COUNT(*) FROM note), (SELECT MAX(id) FROM note), (SELECT id FROM note WHERE id = 1)",
        "!!??",
    ),
    (
        "SELECT (SELECT COUNT(*) FROM note LIMIT 1), (SELECT COUNT(*) FROM note LIMIT 0), COALESCE((SELECT id FROM note), 0)",
        "!?!",
    ),
    (
        "SELECT (SELECT COUNT(*) FROM address a WHERE a.person_id = p.id) FROM person p",
        "!",
    ),
    (
        "SELECT (SELECT COALESCE(MAX(id), 0) FROM note), (SELECT p.id) FROM person p",
        "!!",
    ),
    // Windows.
    (
        "SELECT row_number() OVER w, rank() OVER w, percent_rank() OVER w, ntile(2) OVER w, COUNT(*) OVER w FROM person WINDOW w AS (ORDER BY id)",
        "!!!!!",
    ),
    (
        "SELECT SUM(id) OVER (ORDER BY id), MIN(name) OVER (PARTITION BY age), MAX(age) OVER () FROM person",
        "!!?",
    ),
    (
        "SELECT SUM(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), AVG(id) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING) FROM person",
        "!!",
    ),
    (
        "SELECT SUM(id) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING), SUM(id) OVER (ROWS 1 PRECEDING EXCLUDE CURRENT ROW) FROM person",
        "??",
    ),
    (
        "SELECT first_value(name) OVER (ORDER BY id), last_value(id) OVER (ORDER BY id), nth_value(id, 2) OVER (ORDER BY id) FROM person",
        "!!?",
    ),
    (
        "SELECT lag(name) OVER (ORDER BY id), lag(name, 1, '') OVER (ORDER BY id), lead(id, 2, 0) OVER (ORDER BY id) FROM person",
        "?!!",
    ),
    (
        "SELECT SUM(COUNT(*)) OVER (ORDER BY age) FROM person GROUP BY age",
        "!",
    ),
    // Compounds and recursion.
    ("SELECT id FROM person UNION SELECT id FROM note", "!"),
    (
        "SELECT id, name FROM person UNION ALL SELECT id, zip FROM address",
        "!?",
    ),
    (
        "SELECT name FROM person EXCEPT SELECT zip FROM address",
        "!",
    ),
    (
        "SELECT nick FROM person INTERSECT SELECT name FROM person",
        "!",
    ),
    ("VALUES (1, 'a'), (2, NULL)", "!?"),
    (
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 9) SELECT n FROM c",
        "!",
    ),
    (
        "WITH RECURSIVE c(n, m) AS (SELECT 1, 1 UNION ALL SELECT n + 1, NULL FROM c LIMIT 3) SELECT n, m FROM c",
        "!?",
    ),
    (
        "WITH RECURSIVE up(id, body) AS (SELECT id, body FROM note UNION ALL SELECT n.id, up.body FROM note n JOIN up ON up.id < n.id) SELECT * FROM up",
        "!!",
    ),
    // Writes.
    (
        "INSERT INTO note (body) VALUES ('x') RETURNING id, body, address_id",
        "!!?",
    ),
    (
        "UPDATE person SET age = 1 RETURNING id, name, nick, age + id",
        "!!??",
    ),
    ("DELETE FROM address RETURNING id, city, zip", "!!?"),
    (
        "INSERT INTO code VALUES ('a', 1) ON CONFLICT DO UPDATE SET v = 2 RETURNING k, v",
        "!?",
    ),
    (
        "INSERT INTO adult (who, years) VALUES ('a', 1) RETURNING who, years",
        "??",
    ),
    // Full text and table-valued functions.
    (
        "SELECT key, value, type, id, fullkey, path FROM json_each('[1]')",
        "??!!!!",
    ),
    ("SELECT rowid, title FROM doc", "!?"),
];

/// Columns that could be known to be non-null and are not, and why.
const DULL: &[(&str, &str)] = &[];

#[test]
fn nearly_all_columns_that_are_provably_non_null_are_plain() {
    let mut shop = Fixture::shop();
    let (mut provable, mut plain) = (0, 0);
    let mut dull = Vec::new();
    let mut wrong = Vec::new();
    for (sql, truth) in TRUTH {
        let columns = shop.analyze(sql).columns;
        assert_eq!(columns.len(), truth.len(), "{sql}");
        for (number, (column, truth)) in (1..).zip(columns.iter().zip(truth.chars())) {
            let place = format!("{sql}\n     column {number}");
            match (truth, column.nullable) {
                ('!', false) => plain += 1,
                ('!', true) => dull.push(place),
                (_, false) => wrong.push(place),
                (_, true) => {}
            }
            provable += usize::from(truth == '!');
        }
    }
    println!("{plain} of {provable} provably non-null columns are plain");
    assert!(wrong.is_empty(), "may be NULL:\n{}", wrong.join("\n"));
    let known: Vec<_> = DULL.iter().map(|(place, _)| *place).collect();
    assert_eq!(dull, known, "\n{}", dull.join("\n"));
    assert!(provable >= 150, "only {provable} columns");
    assert!(plain * 100 >= provable * 95, "{plain} of {provable}");
}
