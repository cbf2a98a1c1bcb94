-- literal-value: numbers, strings, blobs, NULL, booleans, times

-- @@{ name=integers }
SELECT 0 AS a, 1 AS b, -1 AS c, +2 AS d, 9223372036854775807 AS e, -9223372036854775808 AS f;

-- @@{ name=bigInteger }
SELECT 9223372036854775808 AS a, 1_000_000 AS b;

-- @@{ name=hexadecimal }
SELECT 0x1F AS a, 0XfF AS b, 0xFFFFFFFFFFFFFFFF AS c, 0x1_0 AS d;

-- @@{ name=reals }
SELECT 1.5 AS a, .5 AS b, 5. AS c, 1e3 AS d, 1.5E-3 AS e, 2e+2 AS f, 1_0.2_5 AS g;

-- @@{ name=strings }
SELECT 'a' AS a, 'it''s' AS b, '' AS c, 'ünï' AS d, 'two
lines' AS e;

-- @@{ name=blobs }
SELECT x'' AS a, X'00fF' AS b;

-- @@{ name=nulls }
SELECT NULL IS NULL AS a, coalesce(NULL, 1) AS b;

-- @@{ name=booleans }
SELECT TRUE AS a, FALSE AS b, true + 1 AS c;

-- @@{ name=times }
SELECT length(CURRENT_TIME) AS a, length(CURRENT_DATE) AS b, length(CURRENT_TIMESTAMP) AS c;

-- @@{ name=varyingTimes }
SELECT CURRENT_TIME AS a, CURRENT_DATE AS b, CURRENT_TIMESTAMP AS c;

-- @@{ name=stringForName }
SELECT "no such column" AS a;
