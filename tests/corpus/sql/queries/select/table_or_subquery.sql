-- table-or-subquery: names, aliases, INDEXED BY, functions, subqueries, joins in parentheses

-- @@{ name=schemaName }
SELECT id FROM main.person;

-- @@{ name=schemaNameAlias }
SELECT p.id FROM main.person AS p;

-- @@{ name=aliasAs }
SELECT p.id FROM person AS p;

-- @@{ name=aliasBare }
SELECT p.id FROM person p;

-- @@{ name=aliasString }
SELECT p.id FROM person AS 'p';

-- @@{ name=aliasQuoted }
SELECT "the p".id FROM person "the p";

-- @@{ name=aliasBracket }
SELECT [the p].id FROM person [the p];

-- @@{ name=aliasWordOfSqlite }
SELECT offset.id FROM person AS offset;

-- @@{ name=aliasBareWord }
SELECT top.id, view.city FROM person top, address view;

-- @@{ name=indexedBy }
SELECT id FROM person INDEXED BY person_age WHERE age = :age;

-- @@{ name=indexedByAlias }
SELECT p.id FROM main.person AS p INDEXED BY person_name WHERE p.name = :name;

-- @@{ name=notIndexed }
SELECT id FROM person NOT INDEXED WHERE age = :age;

-- @@{ name=tableFunction }
SELECT key, value FROM json_each('[1, 2]');

-- @@{ name=tableFunctionAlias }
SELECT j.key, j.value FROM json_each('{"a": 1}') AS j;

-- @@{ name=tableFunctionNoArguments }
SELECT name FROM pragma_table_list WHERE name = 'person';

-- @@{ name=tableFunctionLateral }
SELECT p.id, j.value FROM person AS p, json_each(json_array(p.id, p.name)) AS j;

-- @@{ name=tableFunctionSchema }
SELECT name FROM pragma_table_info('person', 'main');

-- @@{ name=subquery }
SELECT id, name FROM (SELECT id, name FROM person WHERE age > :lo);

-- @@{ name=subqueryAlias }
SELECT q.name FROM (SELECT name FROM person) AS q;

-- @@{ name=subqueryAliasBare }
SELECT q.name FROM (SELECT name FROM person) q;

-- @@{ name=subqueryOfSubquery }
SELECT name FROM (SELECT name FROM (SELECT name, age FROM person) WHERE age = :age);

-- @@{ name=subqueryCompound }
SELECT t FROM (SELECT name AS t FROM person UNION ALL SELECT city FROM address) AS q;

-- @@{ name=subqueryWith }
SELECT a FROM (WITH c AS (SELECT 1 AS a) SELECT a FROM c);

-- @@{ name=subqueryValues }
SELECT column1, column2 FROM (VALUES (1, 'a'), (2, 'b'));

-- @@{ name=subqueryValuesAlias }
SELECT v.column1 AS n FROM (VALUES (1), (2)) AS v;

-- @@{ name=subqueryLimit }
SELECT name FROM (SELECT name FROM person ORDER BY id LIMIT 2);

-- @@{ name=subqueryParenthesised }
SELECT name FROM ((SELECT name FROM person));

-- @@{ name=tableParenthesised }
SELECT id FROM (person);

-- @@{ name=tableParenthesisedAlias }
SELECT p.id FROM (person) AS p;

-- @@{ name=tableParenthesisedTwice }
SELECT id FROM ((person));

-- @@{ name=listParenthesised }
SELECT p.id, c.k FROM (person AS p, code AS c);

-- @@{ name=listParenthesisedFirst }
SELECT p.id, c.k, t.label FROM (person AS p, code AS c), tree AS t;

-- @@{ name=joinParenthesised }
SELECT p.id, a.city FROM (person AS p JOIN address AS a ON a.person_id = p.id);

-- @@{ name=joinParenthesisedAlias }
SELECT z.name, z.city FROM (person AS p JOIN address AS a ON a.person_id = p.id) AS z;

-- @@{ name=joinParenthesisedInside }
SELECT p.name, a.city, n.body FROM person AS p LEFT JOIN (address AS a JOIN note AS n ON n.person_id = a.person_id) ON a.person_id = p.id;

-- @@{ name=viewOfViews }
SELECT w, n FROM deep;

-- @@{ name=viewAlias }
SELECT d.w FROM deep AS d;

-- @@{ name=schemaTable }
SELECT name, type FROM sqlite_schema WHERE type = 'view';

-- @@{ name=schemaTableMaster }
SELECT m.tbl_name FROM main.sqlite_master AS m WHERE m.type = 'index';

-- @@{ name=sequenceTable }
SELECT name, seq FROM sqlite_sequence;

-- @@{ name=stringTable }
SELECT id FROM 'person';

-- @@{ name=tableNamedInMain }
SELECT main.address.city FROM main.address;

-- @@{ name=selfJoin }
SELECT a.label, b.label AS parent FROM tree AS a JOIN tree AS b ON b.id = a.parent;

-- @@{ name=selfJoinThree }
SELECT a.label AS a, b.label AS b, c.label AS c FROM tree a, tree b, tree c WHERE b.id = a.parent AND c.id = b.parent;

-- @@{ name=dbstat }
SELECT count(*) AS pages FROM dbstat WHERE name = 'person';
