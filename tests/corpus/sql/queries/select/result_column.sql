-- result-column: an expression with and without AS, *, table.*

-- @@{ name=star }
SELECT * FROM person;

-- @@{ name=tableStar }
SELECT a.*, p.name AS owner FROM address AS a JOIN person AS p ON p.id = a.person_id;

-- @@{ name=starOfTwo }
SELECT c.*, t.label FROM code AS c, tree AS t;

-- @@{ name=severalStars }
SELECT t.*, c.* FROM tree AS t, code AS c;

-- @@{ name=columnAlone }
SELECT name FROM person;

-- @@{ name=columnAs }
SELECT name AS who FROM person;

-- @@{ name=columnAsWithoutAs }
SELECT name who FROM person;

-- @@{ name=columnAsString }
SELECT name AS 'the who' FROM person;

-- @@{ name=columnAsStringWithoutAs }
SELECT name 'who else' FROM person;

-- @@{ name=columnAsQuoted }
SELECT name AS "who is", nick AS [and nick], age AS `and age` FROM person;

-- @@{ name=qualified }
SELECT person.name, main.person.age FROM person;

-- @@{ name=qualifiedQuoted }
SELECT "person"."name", [person].[nick], `person`.`age` FROM "person";

-- @@{ name=rowidNames }
SELECT rowid AS a, oid AS b, _rowid_ AS c FROM address;

-- @@{ name=expressionLabels }
SELECT 1 + 1, upper(name), age > 3 FROM person;

-- @@{ name=literalLabels }
SELECT 1, 'a', x'00', NULL, 1.5;

-- @@{ name=sameColumnTwice }
SELECT name, name AS again FROM person;

-- @@{ name=distinct }
SELECT DISTINCT person_id FROM address;

-- @@{ name=distinctTwo }
SELECT DISTINCT kind, day FROM event;

-- @@{ name=all }
SELECT ALL kind FROM event;

-- @@{ name=subqueryColumn }
SELECT (SELECT count(*) FROM address AS a WHERE a.person_id = p.id) AS addresses FROM person AS p;

-- @@{ name=aliasWord }
SELECT name AS key, age AS rows, nick AS window FROM person;

-- @@{ name=aliasWordBare }
SELECT name key, age rows, nick over FROM person;

-- @@{ name=nothingFrom }
SELECT 1 AS one WHERE 1 = 1;

-- @@{ name=starOfSubquery }
SELECT * FROM (SELECT id, name FROM person);

-- @@{ name=starOfView }
SELECT * FROM citizen;

-- @@{ name=starOfWithoutRowid }
SELECT * FROM code;

-- @@{ name=starOfGenerated }
SELECT * FROM generated;

-- @@{ name=starOfStrict }
SELECT * FROM strict_one;

-- @@{ name=starOfTypeNames }
SELECT * FROM type_names;

-- @@{ name=starOfWords }
SELECT * FROM words;

-- @@{ name=starOfQuoted }
SELECT * FROM "quoted table";

-- @@{ name=starOfCopied }
SELECT * FROM copied;

-- @@{ name=starOfDefaults }
SELECT id, a, b, c, d, e, f, g, k, l, m FROM defaults;

-- @@{ name=starOfReferences }
SELECT * FROM references_all;

-- @@{ name=starOfComposite }
SELECT * FROM composite;

-- @@{ name=starOfConflicts }
SELECT * FROM conflicts;

-- @@{ name=starOfPkDescending }
SELECT * FROM pk_descending;

-- @@{ name=starOfPkText }
SELECT * FROM pk_text;

-- @@{ name=starOfStrictKeyed }
SELECT * FROM strict_keyed;

-- @@{ name=starOfKeyedStrict }
SELECT * FROM keyed_strict;

-- @@{ name=starOfChecked }
SELECT * FROM checked;

-- @@{ name=starOfAscending }
SELECT * FROM pk_ascending;

-- @@{ name=starOfPart }
SELECT * FROM part;
