-- row values: comparisons, IS, BETWEEN, IN, CASE

-- @@{ name=rowValueEqual }
SELECT name FROM person WHERE (id, name) = (:id, 'ann');

-- @@{ name=order }
SELECT name FROM person WHERE (age, name) > (:n, 'a');

-- @@{ name=lessEqual }
SELECT name FROM person WHERE (id, height) <= (2, 9.5);

-- @@{ name=notEqual }
SELECT name FROM person WHERE (id, name) <> (1, 'ann');

-- @@{ name=is }
SELECT name FROM person WHERE (nick, age) IS (NULL, NULL);

-- @@{ name=isNot }
SELECT name FROM person WHERE (nick, age) IS NOT ('a', 30);

-- @@{ name=rowValueNested }
SELECT name FROM person WHERE ((id, name)) = ((1, 'ann'));

-- @@{ name=rowValueAsResult }
SELECT (1, 2) < (1, 3) AS a, (1, NULL) = (1, 2) AS b;

-- @@{ name=scrolling }
SELECT id, day FROM event WHERE (day, id) > (:day, :id) ORDER BY day, id LIMIT :limit;
