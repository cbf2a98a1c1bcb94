-- binary-operator: every one, and their precedence

-- @@{ name=concat }
SELECT name || nick AS a, name || 1 AS b, 1 || 2 AS c FROM person;

-- @@{ name=arrows }
SELECT meta -> '$.tag' AS a, meta ->> '$.tag' AS b, meta -> 'deep' ->> 'x' AS c FROM note;

-- @@{ name=multiply }
SELECT age * 2 AS a, height * 2 AS b, age * height AS c FROM person;

-- @@{ name=divide }
SELECT age / 2 AS a, height / 2 AS b, age / 0 AS c, 7 / 2 AS d FROM person;

-- @@{ name=modulo }
SELECT age % 2 AS a, 7 % 3 AS b, 7.5 % 2 AS c FROM person;

-- @@{ name=add }
SELECT age + 1 AS a, height + 1 AS b, age + height AS c, 1 + 1 AS d FROM person;

-- @@{ name=subtract }
SELECT age - 1 AS a, 1 - 1.5 AS b FROM person;

-- @@{ name=shifts }
SELECT 1 << 4 AS a, 256 >> 2 AS b, age << 1 AS c FROM person;

-- @@{ name=bitAnd }
SELECT 6 & 3 AS a, age & 1 AS b FROM person;

-- @@{ name=bitOr }
SELECT 6 | 3 AS a, age | 1 AS b FROM person;

-- @@{ name=less }
SELECT age < 5 AS a, age <= 5 AS b, age > 5 AS c, age >= 5 AS d FROM person;

-- @@{ name=equal }
SELECT age = 30 AS a, age == 30 AS b, age <> 30 AS c, age != 30 AS d FROM person;

-- @@{ name=isOperator }
SELECT age IS 30 AS a, age IS NOT 30 AS b, age IS NULL AS c, nick IS name AS d FROM person;

-- @@{ name=isDistinct }
SELECT age IS DISTINCT FROM 30 AS a, age IS NOT DISTINCT FROM NULL AS b FROM person;

-- @@{ name=isTruth }
SELECT age IS TRUE AS a, age IS NOT TRUE AS b, age IS FALSE AS c, age IS NOT FALSE AS d FROM person;

-- @@{ name=andOr }
SELECT active AND age > 1 AS a, active OR age > 1 AS b, NOT active AND age OR 1 AS c FROM person;

-- @@{ name=precedence }
SELECT 1 + 2 * 3 AS a, 1 | 2 & 3 << 1 AS b, 1 = 2 < 3 AS c, 2 * 3 || 4 AS d, NOT 1 = 2 AND 0 AS e, 1 BETWEEN 0 AND 2 = 1 AS f;

-- @@{ name=precedenceLike }
SELECT 'a' LIKE 'a' = 1 AS a, 1 IS 1 < 2 AS b, 'x' || 'y' IN ('xy') AS c, -1 || 2 AS d;

-- @@{ name=parentheses }
SELECT (1 + 2) * 3 AS a, ((age)) AS b, (((name || 'x'))) AS c FROM person;

-- @@{ name=compareColumns }
SELECT p.name FROM person AS p, tree AS t WHERE p.id = t.id AND p.name <> t.label;

-- @@{ name=compareBlob }
SELECT id FROM person WHERE photo = x'01';

-- @@{ name=chain }
SELECT name FROM person WHERE id = 1 AND age > 2 AND height > 1 AND score IS NOT NULL AND nick <> '' OR id = 2;
