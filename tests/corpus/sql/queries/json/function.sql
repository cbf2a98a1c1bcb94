-- json1: every function and operator

-- @@{ name=parse }
SELECT json(meta) AS a, json_valid(meta) AS b, json_error_position(meta) AS c FROM note;

-- @@{ name=extract }
SELECT json_extract(meta, '$.tag') AS a, json_extract(meta, '$.n[0]', '$.tag') AS b, meta ->> '$.tag' AS c FROM note;

-- @@{ name=arrows }
SELECT meta -> '$.n' AS a, meta -> 'n' -> 0 AS b, meta ->> '$.n[1]' AS c, CAST(meta ->> '$.n[1]' AS INTEGER) AS d FROM note;

-- @@{ name=build }
SELECT json_array(1, 'a', NULL) AS a, json_object('k', id, 'n', name) AS b, json_array() AS c, json_object() AS d FROM person;

-- @@{ name=change }
SELECT json_set(meta, '$.x', 1) AS a, json_insert(meta, '$.x', 1) AS b, json_replace(meta, '$.tag', 'b') AS c, json_remove(meta, '$.tag') AS d, json_patch(meta, '{"tag":null}') AS e FROM note;

-- @@{ name=look }
SELECT json_type(meta) AS a, json_type(meta, '$.tag') AS b, json_array_length(meta, '$.n') AS c, json_array_length(meta) AS d FROM note;

-- @@{ name=texts }
SELECT json_quote(name) AS a, json_pretty('[1]') AS b, json_quote(1.5) AS c FROM person;

-- @@{ name=binary }
SELECT json(jsonb(meta)) AS a, jsonb_extract(meta, '$.n') AS b, json(jsonb_array(1, 2)) AS c, jsonb_object('a', 1) AS d FROM note;

-- @@{ name=binaryChange }
SELECT json(jsonb_set(meta, '$.x', 1)) AS a, jsonb_remove(meta, '$.tag') AS b, json(jsonb_patch(meta, '{}')) AS c FROM note;

-- @@{ name=groups }
SELECT json_group_array(json_object('id', id)) AS a, json_group_object(kind, amount) AS b, json(jsonb_group_array(id)) AS c FROM event;

-- @@{ name=where }
SELECT id FROM note WHERE meta ->> '$.tag' = :word OR json_extract(meta, '$.n[0]') = :n;

-- @@{ name=parameter }
SELECT json_extract(:doc, :path) AS a, :doc ->> :path AS b;

-- @@{ name=store }
UPDATE note SET meta = json_set(coalesce(meta, '{}'), '$.seen', json('true')) WHERE id = :id;

-- @@{ name=storeReturning }
UPDATE note SET meta = json_insert('[]', '$[#]', body) RETURNING id, meta ->> 0 AS first;
