-- delete-stmt: WHERE, schema name, alias, INDEXED BY, view

-- @@{ name=all }
DELETE FROM audit;

-- @@{ name=where }
DELETE FROM code WHERE k = :key;

-- @@{ name=whereTrue }
DELETE FROM event WHERE 1;

-- @@{ name=alias }
DELETE FROM event AS e WHERE e.amount > :n;

-- @@{ name=aliasBare }
DELETE FROM event AS rows WHERE rows.id = 1;

-- @@{ name=schemaName }
DELETE FROM main.event WHERE main.event.id = 1;

-- @@{ name=indexedBy }
DELETE FROM person INDEXED BY person_name WHERE name = :name;

-- @@{ name=notIndexed }
DELETE FROM person NOT INDEXED WHERE name = :name;

-- @@{ name=subquery }
DELETE FROM note WHERE person_id IN (SELECT id FROM person WHERE age < :age);

-- @@{ name=exists }
DELETE FROM person WHERE NOT EXISTS (SELECT 1 FROM address WHERE person_id = person.id);

-- @@{ name=cascades }
DELETE FROM person WHERE id = 1;

-- @@{ name=view }
DELETE FROM adult WHERE who = 'ann';

-- @@{ name=quoted }
DELETE FROM "quoted table" WHERE [c d] IS NULL;

-- @@{ name=rowValues }
DELETE FROM event WHERE (day, kind) IN (VALUES ('2024-01-01', 'in'), ('2024-01-01', 'out'));

-- @@{ name=between }
DELETE FROM event WHERE amount NOT BETWEEN :lo AND :n;

-- @@{ name=triggered }
DELETE FROM note WHERE id = 2;

-- @@{ name=failingRestrict }
DELETE FROM person WHERE id = 3;

-- @@{ name=withoutRowid }
DELETE FROM keyed_strict WHERE a = 1 AND b = 'a';
