//! The promise of this room, tried on data: no NULL meets a column that is called non-null, no foreign storage class a type.
//!
//! Queries are put together from parts by a counter, so every run tries the same ones: expressions in six contexts, over
//! tables that hold NULL wherever they may, joins that miss, and over empty tables.

use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use super::{Fixture, SCHEMA};
use crate::analyze::{Analysis, ResultColumn, SqlType};

const DATA: &str = "
    INSERT INTO person (id, name, nick, age, height, score, active, flag, photo, born, balance, extra) VALUES
        (1, 'ann', 'a', 30, 1.5, 2.5, 1, 1, x'01', '2024-01-02', 10, 'x'),
        (2, 'bob', NULL, NULL, 1.75, NULL, 0, NULL, NULL, NULL, 2.5, NULL),
        (3, 'cid', '', 0, -1.0, 0.0, 1, 0, x'', '2024', 0, 7),
        (4, 'dee', NULL, 7, 0.0, -3.5, 0, 0, x'ff00', 'now', -1, 1.5);
    INSERT INTO address (id, person_id, city, zip) VALUES (1, 1, 'oslo', NULL), (2, 1, 'rome', '1'), (9, 3, 'bern', NULL);
    INSERT INTO note (id, address_id, body) VALUES (1, 1, 'hi'), (2, NULL, 'ho'), (3, 9, '');
    INSERT INTO code VALUES ('notes', 1), ('x', NULL);
    INSERT INTO strict_one VALUES (1, 1, NULL, NULL), (2, 2, 'b', 'c');
    INSERT INTO backwards VALUES (NULL, 'a'), (2, NULL);
    INSERT INTO made VALUES (1, 2), (3, 4);
    INSERT INTO swap VALUES ('a', NULL), (NULL, 'b');
    INSERT INTO doc VALUES ('t', 'b'), (NULL, 'x');
";

/// Expressions over `person p`, `address a` and `note n`.
const EXPRESSIONS: &[&str] = &[
    "p.id", "p.name", "p.nick", "p.age", "p.height", "p.score", "p.active", "p.flag", "p.photo", "p.born",
    "p.balance", "p.extra", "p.rowid", "a.id", "a.city", "a.zip", "a.person_id", "n.body", "n.address_id", "n.id",
    "1", "2.5", "'x'", "NULL", "x'00'", "TRUE", "-1", "9223372036854775807", "CURRENT_DATE", "1e308 * 10", "0",
];

/// Operators with holes for expressions.
const OPERATORS: &[&str] = &[
    "{} + {}", "{} - {}", "{} * {}", "{} / {}", "{} % {}", "{} || {}", "{} & {}", "{} << 1", "-({})", "+({})",
    "~({})", "NOT ({})", "({}) = ({})", "({}) < ({})", "({}) IS ({})", "({}) IS NOT NULL", "({}) ISNULL",
    "({}) BETWEEN ({}) AND ({})", "({}) IN (({}), 1)", "({}) IN ()", "({}) NOT IN (SELECT age FROM person)",
    "({}) LIKE ({})", "({}) GLOB 'a*'", "({}) AND ({})", "({}) OR ({})", "CAST(({}) AS INTEGER)",
    "CAST(({}) AS TEXT)", "CAST(({}) AS REAL)", "CAST(({}) AS BLOB)", "CAST(({}) AS NUMERIC)",
    "CASE WHEN ({}) THEN ({}) ELSE ({}) END", "CASE ({}) WHEN ({}) THEN 1 END", "COALESCE({}, {})",
    "IFNULL({}, {})", "NULLIF({}, {})", "IIF({}, {}, {})", "IIF({}, {})", "abs({})", "length({})", "lower({})",
    "upper({})", "trim({})", "round({}, 1)", "round({})", "substr({}, 1, 2)", "substr({}, {})", "replace({}, 'a', {})",
    "instr({}, {})", "hex({})", "quote({})", "typeof({})", "unicode({})", "char({})", "min({}, {})", "max({}, {}, {})",
    "date({})", "datetime('now', {})", "unixepoch({})", "julianday({})", "strftime('%Y', {})", "sign({})",
    "json_array({})", "json_quote(p.name)", "concat({}, {})", "concat_ws({}, {})", "printf('%d', {})",
    "format({}, 1)", "likely({})", "zeroblob(2)", "soundex({})", "octet_length({})", "ltrim({}, {})",
    "(SELECT {})", "(SELECT MAX({}) FROM code)", "EXISTS (SELECT {})", "(SELECT v FROM code WHERE k = ({}))",
    "({}) COLLATE NOCASE", "json_type('[1]', '$[0]')", "'{\"a\":1}' -> '$.a'", "'{\"a\":1}' ->> '$.a'",
];

const AGGREGATES: &[&str] = &[
    "COUNT({})", "COUNT(*)", "SUM(p.id + length({}))", "TOTAL({})", "AVG({})", "MIN({})", "MAX({})",
    "GROUP_CONCAT({})", "GROUP_CONCAT(p.name, {})", "json_group_array(p.name)", "MIN({}) FILTER (WHERE p.id > 2)",
    "COALESCE(MAX({}), {})", "SUM(p.height * p.balance)", "{}", "SUM(p.flag)", "MAX(p.id) + 1", "{} + COUNT(*)",
];

const WINDOWS: &[&str] = &[
    "row_number() OVER (ORDER BY p.id)", "lag({}) OVER (ORDER BY p.id)", "lead({}, 1, {}) OVER (ORDER BY p.id)",
    "MIN({}) OVER (PARTITION BY p.age)", "MAX({}) OVER (ORDER BY p.id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
    "first_value({}) OVER w", "last_value({}) OVER w", "nth_value({}, 2) OVER w", "COUNT({}) OVER w",
    "percent_rank() OVER w", "ntile(2) OVER w", "SUM(p.id) OVER (ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING)",
];

const JOINS: &[&str] = &[
    "person p JOIN address a ON a.person_id = p.id JOIN note n ON n.address_id = a.id",
    "person p LEFT JOIN address a ON a.person_id = p.id LEFT JOIN note n ON n.address_id = a.id",
    "person p RIGHT JOIN address a ON a.person_id = p.id AND p.nick IS NOT NULL JOIN note n ON n.id > 0",
    "person p FULL JOIN address a ON a.id = p.id FULL JOIN note n ON n.id = a.id",
    "person p LEFT JOIN (address a JOIN note n ON n.address_id = a.id) ON a.person_id = p.id",
    "person p, address a LEFT JOIN note n ON n.address_id = a.id",
    "note n, person p RIGHT JOIN address a ON a.person_id = p.id",
    "person p NATURAL LEFT JOIN address a NATURAL LEFT JOIN note n",
    "(SELECT * FROM person) p LEFT JOIN (SELECT * FROM address) a ON a.id = p.age LEFT JOIN note n ON n.address_id IS a.id",
    "person p LEFT JOIN address a ON 0 RIGHT JOIN note n ON n.id = p.id",
];

const CONDITIONS: &[&str] = &[
    "1", "p.age IS NOT NULL", "p.nick = p.nick", "a.id > 0", "n.body LIKE '%' OR p.flag", "NOT p.flag",
    "a.zip IS NOT NULL AND p.score < 100", "p.age BETWEEN 0 AND p.id", "p.age IN (30, 7)", "p.age NOT IN (SELECT 1 WHERE 0)",
    "p.flag", "p.age + p.score > 0", "n.address_id = a.id", "p.age IS 30", "NOT (p.age IS NULL)", "p.nick IS a.zip", "0",
];

/// Whole queries for what the parts do not reach.
const QUERIES: &[&str] = &[
    "SELECT * FROM citizen", "SELECT * FROM adult", "SELECT * FROM deep", "SELECT * FROM code NATURAL LEFT JOIN swap",
    "SELECT * FROM strict_one", "SELECT * FROM backwards", "SELECT * FROM made", "SELECT *, rank FROM doc WHERE doc MATCH 'b'",
    "SELECT id FROM person FULL JOIN address USING (id)", "SELECT * FROM person RIGHT JOIN address USING (id)",
    "SELECT id FROM person RIGHT JOIN address USING (id) LEFT JOIN note USING (id)",
    "SELECT id FROM person RIGHT JOIN address USING (id) RIGHT JOIN note USING (id)",
    "SELECT id FROM person LEFT JOIN address USING (id) RIGHT JOIN note ON note.id = 77",
    "SELECT id FROM person JOIN address USING (id) FULL JOIN note USING (id)",
    "SELECT name, nick FROM person UNION SELECT nick, name FROM person", "SELECT 1 UNION SELECT age FROM person",
    "SELECT nick FROM person INTERSECT SELECT zip FROM address", "SELECT nick FROM person EXCEPT SELECT 'a'",
    "SELECT name FROM person UNION SELECT 'x' INTERSECT SELECT nick FROM person",
    "WITH RECURSIVE c(n, m) AS (SELECT 1, 1 UNION ALL SELECT n + 1, NULL FROM c WHERE n < 3) SELECT * FROM c",
    "WITH RECURSIVE c(n, m) AS (SELECT 1, 2 UNION ALL SELECT m, n / 2.0 FROM c LIMIT 4) SELECT * FROM c",
    "WITH RECURSIVE c(a, b, c, d) AS (SELECT 1, 1, 1, 1 UNION ALL SELECT b, c, d, NULL FROM c LIMIT 6) SELECT * FROM c",
    "SELECT name, (SELECT MAX(p.id)) FROM person p", "SELECT (SELECT COUNT(*) FROM note), (SELECT MIN(id) FROM note)",
    "SELECT p.name, (SELECT COUNT(a.id) FROM address a WHERE a.person_id = p.id) FROM person p",
    "SELECT x FROM (SELECT COUNT(*) AS x, MAX(id) AS y FROM person) WHERE y > 0",
    "SELECT * FROM json_each('[1, null, \"a\", {\"b\": 2}]')", "SELECT * FROM json_tree('{\"a\": [1, null]}')",
    "VALUES (1, 'a', NULL), (2.5, NULL, 3)", "SELECT * FROM (VALUES (1, NULL), (NULL, 'a'))",
    "SELECT s.one, s.name FROM person p LEFT JOIN (SELECT 1 AS one, name FROM person WHERE 0) s ON 1",
    "SELECT e.d FROM person p LEFT JOIN (SELECT DISTINCT id, 5 AS d FROM address) e ON e.id = p.id WHERE e.d = 5",
    "SELECT MAX(name), name FROM person GROUP BY age HAVING COUNT(*) > 0", "SELECT MIN(age), nick FROM person WHERE 0",
    "SELECT name, COUNT(*) FROM person WHERE id > 100", "SELECT 1 + COUNT(*), 'x' FROM person WHERE 0",
    "SELECT rowid, oid, _rowid_ FROM person", "SELECT max(rowid) FROM note GROUP BY body",
    "SELECT \"nothing\", [name] FROM person", "SELECT c.cid FROM (SELECT id AS cid FROM note WHERE id IS NOT NULL) c",
];

fn database(data: &str) -> Connection {
    let connection = Connection::open_in_memory().expect("a database in memory");
    connection.execute_batch(SCHEMA).expect("the schema");
    connection.execute_batch(data).expect("the data");
    connection
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let length = u64::try_from(from.len()).expect("a short list");
        from[usize::try_from((self.0 >> 33) % length).expect("a short list")]
    }

    fn fill(&mut self, pattern: &str, depth: usize) -> String {
        let mut filled = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("{}") {
            filled.push_str(before);
            filled.push_str(&self.expression(depth));
            rest = after;
        }
        filled + rest
    }

    fn expression(&mut self, depth: usize) -> String {
        let simple = depth == 0 || self.pick(&["a", "b", "c"]) == "a";
        if simple {
            return self.pick(EXPRESSIONS).to_owned();
        }
        let operator = self.pick(OPERATORS);
        self.fill(operator, depth - 1)
    }

    fn query(&mut self, round: usize) -> String {
        let (from, condition) = (self.pick(JOINS), self.pick(CONDITIONS));
        let tail = format!("FROM {from} WHERE {condition}");
        let (first, second) = (self.expression(2), self.expression(2));
        let aggregate = |dice: &mut Self, list: &[&str]| {
            let pattern = dice.pick(list).to_owned();
            dice.fill(&pattern, 1)
        };
        match round % 6 {
            0 | 1 => format!("SELECT {first} AS x, {second} AS y {tail}"),
            2 => format!("SELECT {} AS x, {} AS y {tail}", aggregate(self, AGGREGATES), aggregate(self, AGGREGATES)),
            3 => format!("SELECT {} AS x, {first} AS y {tail} GROUP BY {second}", aggregate(self, AGGREGATES)),
            4 => format!("SELECT q.x, COALESCE(q.y, q.x) AS y FROM note LEFT JOIN (SELECT {first} AS x, {second} AS y {tail}) q ON q.x = note.id"),
            _ => format!("SELECT {} AS x, {first} AS y {tail} WINDOW w AS (ORDER BY p.id)", aggregate(self, WINDOWS)),
        }
    }
}

fn breach(column: &ResultColumn, value: ValueRef<'_>) -> bool {
    match value {
        // The NULL of NaN reads as NaN.
        ValueRef::Null => !column.nullable && !(column.ty == SqlType::Real && column.origin.is_none()),
        ValueRef::Integer(_) => match column.ty {
            SqlType::Integer | SqlType::Boolean | SqlType::Real | SqlType::Any => false,
            SqlType::Text => !column.keeps_numbers,
            SqlType::Blob => true,
        },
        ValueRef::Real(_) => match column.ty {
            SqlType::Real | SqlType::Any => false,
            SqlType::Text => !column.keeps_numbers,
            _ => true,
        },
        ValueRef::Text(_) => !matches!(column.ty, SqlType::Text | SqlType::Any),
        ValueRef::Blob(_) => !matches!(column.ty, SqlType::Blob | SqlType::Any),
    }
}

/// Runs `sql` and gives the first value that breaks a promise.
fn run(connection: &Connection, sql: &str, analysis: &Analysis, binding: &[Value]) -> Option<String> {
    let mut statement = connection.prepare(sql).expect("SQLite accepted it before");
    for (index, value) in binding.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, value).expect("a parameter");
    }
    let mut rows = statement.raw_query();
    // Some queries fail while they run, at an overflow of SUM for example; the rows before that count.
    while let Ok(Some(row)) = rows.next() {
        for (index, column) in analysis.columns.iter().enumerate() {
            let value = row.get_ref(index).expect("a column");
            let overflowed = column.ty == SqlType::Integer && matches!(value, ValueRef::Real(_)) && sql.contains("9223372036854775807");
            if breach(column, value) && !overflowed {
                return Some(format!("{sql}\n   {} {:?} nullable={} met {value:?}", column.label, column.ty, column.nullable));
            }
        }
    }
    None
}

fn try_all(queries: &[String]) -> (usize, Vec<String>) {
    let mut shop = Fixture::shop();
    let databases = [database(DATA), database("")];
    let (mut tried, mut broken) = (0, Vec::new());
    for sql in queries {
        let (Some(analysis), _) = shop.try_analyze(sql) else { continue };
        tried += 1;
        broken.extend(databases.iter().find_map(|connection| run(connection, sql, &analysis, &[])));
    }
    (tried, broken)
}

#[test]
fn c81_no_null_and_no_foreign_class_meets_a_promise() {
    let mut dice = Dice(7);
    let rounds = 200_000;
    let mut queries: Vec<String> = QUERIES.iter().map(|&sql| sql.to_owned()).collect();
    for operator in OPERATORS.iter().chain(EXPRESSIONS) {
        for join in JOINS {
            queries.push(format!("SELECT {} AS x FROM {join}", dice.fill(operator, 0)));
        }
    }
    queries.extend((0..rounds).map(|round| dice.query(round)));
    let (tried, broken) = try_all(&queries);
    assert!(broken.is_empty(), "{} of {tried}:\n{}", broken.len(), broken[..broken.len().min(25)].join("\n"));
    assert!(tried * 10 > queries.len() * 9, "only {tried} of {} were accepted", queries.len());
}

#[test]
fn returning_keeps_its_promises() {
    let mut shop = Fixture::shop();
    for sql in [
        "INSERT INTO person (name, height, active, balance) VALUES ('z', 1, 1, 1) RETURNING *",
        "INSERT INTO person (name, height, active, balance) VALUES ('z', 1, 1, 1) RETURNING id + 1, name || nick, rowid",
        "UPDATE person SET age = NULL, nick = NULL WHERE age IS NOT NULL AND nick = 'a' RETURNING age, nick, id",
        "DELETE FROM person WHERE nick IS NOT NULL RETURNING nick, name, born",
        "INSERT INTO adult (who) VALUES ('q') RETURNING who, years",
        "INSERT INTO backwards (a) VALUES ('q') RETURNING id",
        "INSERT INTO code VALUES ('notes', 5) ON CONFLICT DO UPDATE SET v = NULL RETURNING *",
        "REPLACE INTO swap VALUES ('a', NULL) RETURNING *, rowid",
        "INSERT INTO made VALUES (5, 6) RETURNING *",
        "UPDATE note SET address_id = a.id FROM address a LEFT JOIN person p ON p.id = 99 RETURNING body, address_id",
    ] {
        let analysis = shop.analyze(sql);
        assert_eq!(run(&database(DATA), sql, &analysis, &[]), None);
    }
}

#[test]
fn parameters_keep_their_promises() {
    let mut shop = Fixture::shop();
    for sql in [
        "SELECT :a AS x, :a + 1 AS y, COALESCE(:b, 'x') AS z FROM person WHERE id > :a",
        "SELECT :a AS x FROM person WHERE age IS :a",
        "SELECT :a AS x, name FROM person WHERE :a IS NULL OR name = :a",
        "SELECT name FROM person UNION SELECT :n",
        "SELECT q.x, q.y FROM (SELECT :p AS x, lower(:q) AS y) q LEFT JOIN person ON person.id = q.x",
        "WITH c AS (SELECT :p AS x) SELECT x, x || 'a' AS y FROM c JOIN person ON person.nick IS x",
        "SELECT CASE WHEN :f THEN :x ELSE age END AS y FROM person",
        "SELECT :u AS u, typeof(:u) AS t",
        "SELECT IIF(:c, :h, height) AS x, :h * 2 AS y FROM person WHERE height > :h",
    ] {
        let analysis = shop.analyze(sql);
        for with_null in [false, true] {
            let binding: Vec<Value> = analysis
                .parameters
                .iter()
                .map(|parameter| match parameter.ty {
                    _ if with_null && (parameter.nullable || parameter.ty == SqlType::Any) => Value::Null,
                    SqlType::Boolean | SqlType::Integer => Value::Integer(1),
                    SqlType::Real => Value::Real(-0.5),
                    SqlType::Text | SqlType::Any => Value::Text("ann".to_owned()),
                    SqlType::Blob => Value::Blob(vec![1]),
                })
                .collect();
            assert_eq!(run(&database(DATA), sql, &analysis, &binding), None);
        }
    }
}
