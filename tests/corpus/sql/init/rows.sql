INSERT INTO person (id, name, nick, age, height, score, active, photo, born, extra) VALUES
    (1, 'ann', 'a', 30, 1.5, 2.5, TRUE, x'01', '2024-01-02', 'x'),
    (2, 'bob', NULL, NULL, 1.75, NULL, FALSE, NULL, NULL, NULL),
    (3, 'cid', '', 0, 2.0, 0.0, TRUE, x'', '1999-12-31', 7),
    (4, 'dee', 'd%', 17, 1.25, -3.5, FALSE, x'ff00', '2010-06-15', 1.5);
INSERT INTO address (id, person_id, city, zip) VALUES (1, 1, 'Oslo', NULL), (2, 1, 'rome', '1'), (9, 3, 'bern', NULL);
INSERT INTO note (id, person_id, body, meta) VALUES
    (1, 1, 'hello world', '{"tag":"a","n":[1,2,3],"deep":{"x":1.5}}'),
    (2, NULL, 'again', NULL),
    (3, 3, 'x', '[10, "ten", null, true]');
INSERT INTO code VALUES ('changes', 1), ('note', NULL), ('x', 5);
INSERT INTO tree VALUES (1, NULL, 'root'), (2, 1, 'left'), (3, 1, 'right'), (4, 2, 'leaf');
INSERT INTO event VALUES
    (1, '2024-01-01', 'in', 5, 1.5), (2, '2024-01-01', 'out', 3, NULL), (3, '2024-01-02', 'in', 7, 2.25),
    (4, '2024-02-01', 'out', 7, 0.5), (5, '2024-02-02', 'in', 1, NULL);
INSERT INTO conflicts VALUES (1, 'b', 'c', 2, 3);
INSERT INTO checked VALUES (1, 5, 'five'), (2, 6, NULL);
INSERT INTO defaults DEFAULT VALUES;
INSERT INTO references_all (id, a, b) VALUES (1, 4, NULL), (2, NULL, 3);
INSERT INTO generated (a, b) VALUES (1, 2), (3, 4);
INSERT INTO composite VALUES (1, 'x', 1.5), (2, 'y', NULL);
INSERT INTO part VALUES (1, 'x', 10);
INSERT INTO pk_descending VALUES (NULL, 'no key'), (2, 'two');
INSERT INTO pk_ascending VALUES (5, 'five');
INSERT INTO pk_text VALUES ('k', 'a'), (NULL, 'none');
INSERT INTO strict_one VALUES (1, 1, NULL, NULL, NULL, NULL), (2, 2, 'b', 'c', 1.5, x'aa');
INSERT INTO strict_keyed VALUES ('a', 1), ('b', 'text');
INSERT INTO keyed_strict VALUES (1, 'a');
INSERT INTO "quoted table" VALUES ('a', 1, x'00', 1.5), ('b', NULL, NULL, NULL);
INSERT INTO type_names VALUES (1, 'b', 'c', 1.5, 2.5, 3, 4, 5, NULL, NULL, 6, '2024-01-02 03:04:05', '{"a":1}');
INSERT INTO words ("order", window, rows, row, offset, end, asc, range) VALUES (1, 2, 3, 4, 5, 6, 7, 8);
INSERT INTO doc (rowid, title, body) VALUES (1, 'first', 'the quick brown fox'), (2, 'second', 'lazy dogs sleep'), (3, 'third', 'quick dogs run');
INSERT INTO note_text (note_text) VALUES ('rebuild');
INSERT INTO tagged VALUES ('t1', 'alpha beta'), ('t2', 'gamma');
INSERT INTO place VALUES (1, 0, 10, 0, 10, 'big', 3), (2, 4, 5, 4, 5, 'small', NULL), (3, 20, 30, 20, 30, NULL, 1);
INSERT INTO grid VALUES (1, 0, 5), (2, 10, 20);
