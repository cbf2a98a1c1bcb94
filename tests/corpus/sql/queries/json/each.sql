-- json_each, json_tree and their binary forms

-- @@{ name=each }
SELECT key, value, type, atom, id, parent, fullkey, path FROM json_each('{"a": 1, "b": [2]}');

-- @@{ name=eachPath }
SELECT value FROM json_each(:doc, :path);

-- @@{ name=tree }
SELECT fullkey, atom FROM json_tree('{"a": [1, {"b": null}]}') WHERE atom IS NOT NULL;

-- @@{ name=treePath }
SELECT key, type FROM json_tree(:doc, '$.a');

-- @@{ name=ofColumn }
SELECT n.id, j.value AS number FROM note AS n, json_each(n.meta, '$.n') AS j;

-- @@{ name=ofColumnLeft }
SELECT n.id, j.value AS number FROM note AS n LEFT JOIN json_each(n.meta, '$.n') AS j;

-- @@{ name=joined }
SELECT n.id, j.key, t.label FROM note AS n JOIN json_each(n.meta, '$.n') AS j ON j.value > 1 JOIN tree AS t ON t.id = j.value;

-- @@{ name=typed }
SELECT CAST(j.value AS INTEGER) AS number FROM json_each('[1, 2]') AS j;

-- @@{ name=inIn }
SELECT name FROM person WHERE name IN (SELECT value FROM json_each('["ann", "bob"]'));

-- @@{ name=listParameter }
SELECT name FROM person WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(:doc, '$.a'));

-- @@{ name=binaryEach }
SELECT key FROM jsonb_each('[1, 2]');

-- @@{ name=binaryTree }
SELECT fullkey FROM jsonb_tree(jsonb('{"a": 1}'));

-- @@{ name=hidden }
SELECT key FROM json_each WHERE json = '[5, 6]';

-- @@{ name=insertFrom }
INSERT INTO code (k, v) SELECT key, value FROM json_each('{"j1": 1, "j2": 2}');
