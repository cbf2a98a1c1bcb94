-- bind-parameter: all spellings, repeated and mixed

-- @@{ name=colon }
SELECT name FROM person WHERE id = :id;

-- @@{ name=at }
SELECT name FROM person WHERE id = @id;

-- @@{ name=dollar }
SELECT name FROM person WHERE id = $id;

-- @@{ name=question }
SELECT name FROM person WHERE id = ?;

-- @@{ name=numbered }
SELECT name FROM person WHERE id = ?1 OR age = ?2;

-- @@{ name=numberedTwice }
SELECT name FROM person WHERE id = ?1 OR age > ?1;

-- @@{ name=twice }
SELECT name FROM person WHERE name = :name OR nick = :name;

-- @@{ name=inSelect }
SELECT CAST(:n AS INTEGER) AS n, :word || '!' AS word;

-- @@{ name=negative }
SELECT name FROM person WHERE age > -:n;
