-- unary-operator: - + ~ NOT, chained and with binary operators

-- @@{ name=minus }
SELECT -age AS a, - -1 AS b, -(-score) AS c FROM person;

-- @@{ name=plus }
SELECT +name AS a, +age AS b, +NULL AS c FROM person;

-- @@{ name=tilde }
SELECT ~id AS a, ~~id AS b, ~id * 2 AS c, -~id AS d FROM person;

-- @@{ name=not }
SELECT NOT active AS a, NOT NOT active AS b, NOT id = 1 AS c, NOT age IS NULL AS d FROM person;

-- @@{ name=collateUnary }
SELECT -'5' COLLATE NOCASE AS a;
