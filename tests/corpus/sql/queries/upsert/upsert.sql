-- upsert-clause: DO NOTHING, DO UPDATE, conflict targets, several clauses, excluded

-- @@{ name=doNothing }
INSERT INTO code (k, v) VALUES ('x', 1) ON CONFLICT DO NOTHING;

-- @@{ name=doNothingTarget }
INSERT INTO code (k, v) VALUES ('x', 1) ON CONFLICT (k) DO NOTHING;

-- @@{ name=doUpdate }
INSERT INTO code (k, v) VALUES (:key, :v) ON CONFLICT (k) DO UPDATE SET v = excluded.v;

-- @@{ name=doUpdateAny }
INSERT INTO code (k, v) VALUES ('x', 9) ON CONFLICT DO UPDATE SET v = v + 1;

-- @@{ name=doUpdateWhere }
INSERT INTO code (k, v) VALUES ('x', 9) ON CONFLICT (k) DO UPDATE SET v = excluded.v WHERE excluded.v > code.v;

-- @@{ name=doUpdateAlias }
INSERT INTO code AS c (k, v) VALUES ('x', 9) ON CONFLICT (k) DO UPDATE SET v = c.v + excluded.v;

-- @@{ name=doUpdateRow }
INSERT INTO person (id, name, height) VALUES (1, 'ann', 9) ON CONFLICT (id) DO UPDATE SET (nick, age) = ('new', 99);

-- @@{ name=doUpdateSubquery }
INSERT INTO code (k, v) VALUES ('x', 9) ON CONFLICT (k) DO UPDATE SET v = (SELECT count(*) FROM person WHERE height > :height);

-- @@{ name=doUpdateSeveral }
INSERT INTO person (name, nick, height) VALUES ('bob', 'b', 1.5) ON CONFLICT (name) DO UPDATE SET nick = excluded.nick, height = excluded.height + :x, age = coalesce(age, 0) + 1;

-- @@{ name=targetExpression }
INSERT INTO event (day, kind, amount) VALUES ('2024-01-01', 'in', 8) ON CONFLICT (day, kind) WHERE amount > 0 DO UPDATE SET amount = excluded.amount;

-- @@{ name=targetCollate }
INSERT INTO pk_text (k, a) VALUES ('k', 'z') ON CONFLICT (k COLLATE BINARY) DO UPDATE SET a = excluded.a;

-- @@{ name=targetComposite }
INSERT INTO composite (a, b, c) VALUES (1, 'x', 3.5) ON CONFLICT (a, b) DO UPDATE SET c = excluded.c;

-- @@{ name=targetRowid }
INSERT INTO note (id, body) VALUES (1, 'again') ON CONFLICT (id) DO UPDATE SET body = note.body || excluded.body;

-- @@{ name=targetDescending }
INSERT INTO composite (a, b, c) VALUES (2, 'y', 3.5) ON CONFLICT (b, a) DO NOTHING;

-- @@{ name=severalClauses }
INSERT INTO person (id, name, height) VALUES (1, 'bob', 1.5) ON CONFLICT (id) DO UPDATE SET nick = 'by id' ON CONFLICT (name) DO NOTHING;

-- @@{ name=severalAndRest }
INSERT INTO person (id, name, height) VALUES (99, 'bob', 1.5) ON CONFLICT (id) DO NOTHING ON CONFLICT (name) DO UPDATE SET nick = 'by name' WHERE nick IS NULL ON CONFLICT DO NOTHING;

-- @@{ name=fromSelect }
INSERT INTO code (k, v) SELECT kind, sum(amount) FROM event WHERE true GROUP BY kind ON CONFLICT (k) DO UPDATE SET v = excluded.v;

-- @@{ name=fromSelectWhere }
INSERT INTO code SELECT k, v + 1 FROM code WHERE v IS NOT NULL ON CONFLICT (k) DO UPDATE SET v = excluded.v;

-- @@{ name=orIgnoreAndUpsert }
INSERT OR IGNORE INTO code (k, v) VALUES ('x', 1) ON CONFLICT (k) DO UPDATE SET v = 4;

-- @@{ name=returning }
INSERT INTO code (k, v) VALUES (:key, :v) ON CONFLICT (k) DO UPDATE SET v = v + excluded.v RETURNING k, v;

-- @@{ name=returningNothing }
INSERT INTO code (k, v) VALUES ('x', 1) ON CONFLICT DO NOTHING RETURNING k;

-- @@{ name=excludedQuoted }
INSERT INTO "quoted table" (rowid, "a b", [c d]) VALUES (1, 'a', 1) ON CONFLICT (rowid) DO UPDATE SET `e f` = excluded."a b";
