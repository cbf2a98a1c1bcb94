-- expr in WHERE

-- @@{ name=equal }
SELECT name FROM person WHERE id = :id;

-- @@{ name=between }
SELECT name FROM person WHERE age BETWEEN :lo AND :hi;

-- @@{ name=nullSafe }
SELECT name FROM person WHERE nick IS :nick;

-- @@{ name=isNotNull }
SELECT name, age FROM person WHERE age IS NOT NULL;

-- @@{ name=optionalParameter }
SELECT name FROM person WHERE :name IS NULL OR name = :name;

-- @@{ name=existsCorrelated }
SELECT name FROM person AS p WHERE EXISTS (SELECT 1 FROM address WHERE person_id = p.id);

-- @@{ name=notExists }
SELECT name FROM person AS p WHERE NOT EXISTS (SELECT * FROM address AS a WHERE a.person_id = p.id);

-- @@{ name=inSubquery }
SELECT name FROM person WHERE id IN (SELECT person_id FROM address WHERE city = :city);

-- @@{ name=notInSubquery }
SELECT name FROM person WHERE id NOT IN (SELECT person_id FROM address);

-- @@{ name=aliasOfResult }
SELECT age * 2 AS double FROM person WHERE double > :n;

-- @@{ name=booleanColumn }
SELECT name FROM person WHERE active;

-- @@{ name=notBoolean }
SELECT name FROM person WHERE NOT active;

-- @@{ name=booleanParameter }
SELECT name FROM person WHERE active = :active;

-- @@{ name=scalarSubquery }
SELECT name FROM person WHERE height = (SELECT max(height) FROM person);

-- @@{ name=rowValue }
SELECT id FROM note WHERE (id, person_id) = (:id, :person_id);
