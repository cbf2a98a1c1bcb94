-- corefunc: scalar functions of text, numbers and values

-- @@{ name=textCase }
SELECT upper(name) AS a, lower(name) AS b, length(name) AS c, octet_length(name) AS d FROM person;

-- @@{ name=trims }
SELECT trim(body) AS a, trim(body, 'h') AS b, ltrim(body) AS c, ltrim(body, 'h') AS d, rtrim(body, 'd') AS e FROM note;

-- @@{ name=parts }
SELECT substr(name, 2) AS a, substr(name, 1, 2) AS b, substring(name, -1) AS c, instr(name, 'b') AS d FROM person;

-- @@{ name=replaces }
SELECT replace(name, 'a', 'b') AS a, replace(name, :word, 'x') AS b FROM person;

-- @@{ name=hexes }
SELECT hex(photo) AS a, unhex('00ff') AS b, unhex('zz') AS c, unhex('0-0', '-') AS d FROM person;

-- @@{ name=quoting }
SELECT quote(name) AS a, quote(photo) AS b, quote(NULL) AS c, quote(1.5) AS d FROM person;

-- @@{ name=characters }
SELECT char(65, 66) AS a, unicode('A') AS b, char() AS c;

-- @@{ name=formats }
SELECT printf('%d-%s', id, name) AS a, format('%05.1f', height) AS b FROM person;

-- @@{ name=concats }
SELECT concat(name, nick, 1) AS a, concat_ws('-', name, nick, 2) AS b FROM person;

-- @@{ name=numbers }
SELECT abs(score) AS a, abs(-5) AS b, sign(score) AS c, round(height) AS d, round(height, 1) AS e FROM person;

-- @@{ name=minMax }
SELECT min(1, 2) AS a, max(1, 2.5) AS b, min(name, 'b') AS c, max(age, 5) AS d FROM person;

-- @@{ name=coalesces }
SELECT coalesce(nick, name) AS a, ifnull(nick, 'none') AS b, nullif(name, 'bob') AS c FROM person;

-- @@{ name=choices }
SELECT iif(active, 'yes', 'no') AS a, iif(age > 3, 1) AS b, if(active, 1, 2) AS c FROM person;

-- @@{ name=choicesOfMany }
SELECT iif(id = 1, 'a', id = 2, 'b', 'c') AS a FROM person;

-- @@{ name=types }
SELECT typeof(extra) AS a, typeof(:any) AS b, subtype(meta) AS c FROM person, note;

-- @@{ name=likelihoods }
SELECT likely(active) AS a, unlikely(age) AS b, likelihood(height, 0.5) AS c FROM person;

-- @@{ name=blobs }
SELECT zeroblob(3) AS a, length(zeroblob(:n)) AS b;

-- @@{ name=versions }
SELECT sqlite_version() AS a, sqlite_source_id() <> '' AS b, sqlite_compileoption_used('THREADSAFE') AS c, sqlite_compileoption_get(0) <> '' AS d;

-- @@{ name=varyingRandoms }
SELECT random() AS a, randomblob(4) AS b, abs(random() % 10) AS c;

-- @@{ name=connection }
SELECT changes() >= 0 AS a, total_changes() >= 0 AS b, last_insert_rowid() >= 0 AS c;

-- @@{ name=soundex }
SELECT unistr('\u0041') AS a, unistr_quote('a') AS b;

-- @@{ name=inWhere }
SELECT name FROM person WHERE length(name) = :n AND lower(name) = :name;

-- @@{ name=inOrder }
SELECT name FROM person ORDER BY length(nick), instr(name, :word);

-- @@{ name=nested }
SELECT upper(substr(trim(body), 1, length(body) / 2)) AS a FROM note;
