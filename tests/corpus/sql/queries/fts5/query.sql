-- fts5: MATCH, ranks, auxiliary functions, columns, commands

-- @@{ name=match }
SELECT title, body FROM doc WHERE doc MATCH :wanted;

-- @@{ name=matchEqual }
SELECT title FROM doc WHERE doc = :wanted;

-- @@{ name=matchFunction }
SELECT title FROM doc(:wanted);

-- @@{ name=matchColumn }
SELECT title FROM doc WHERE body MATCH 'quick';

-- @@{ name=matchPhrase }
SELECT rowid, title FROM doc WHERE doc MATCH '"quick brown" OR NEAR(lazy dogs, 3)';

-- @@{ name=matchFilter }
SELECT title FROM doc WHERE doc MATCH 'title : first';

-- @@{ name=matchPrefix }
SELECT title FROM doc('sl*');

-- @@{ name=rank }
SELECT title, rank FROM doc(:wanted) ORDER BY rank;

-- @@{ name=rankFunction }
SELECT title FROM doc WHERE doc MATCH :wanted AND rank MATCH 'bm25(10.0, 5.0)' ORDER BY rank;

-- @@{ name=bm25 }
SELECT title, bm25(doc) AS score, bm25(doc, 2.0, 1.0) AS weighted FROM doc WHERE doc MATCH 'quick' ORDER BY bm25(doc);

-- @@{ name=snippet }
SELECT snippet(doc, 1, '<b>', '</b>', '…', 4) AS part, highlight(doc, 1, '[', ']') AS whole FROM doc WHERE doc MATCH :wanted;

-- @@{ name=joined }
SELECT n.id, n.body, t.rank FROM note_text AS t JOIN note AS n ON n.id = t.rowid WHERE t.body MATCH 'hello';

-- @@{ name=subquery }
SELECT id FROM note WHERE id IN (SELECT rowid FROM note_text WHERE note_text MATCH 'hello');

-- @@{ name=all }
SELECT * FROM doc;

-- @@{ name=unindexed }
SELECT tag FROM tagged WHERE tagged MATCH 'alpha';

-- @@{ name=vocabulary }
SELECT term, doc AS documents, cnt FROM doc_words WHERE term > 'd';

-- @@{ name=count }
SELECT count(*) AS n FROM doc WHERE doc MATCH 'dogs';

-- @@{ name=insert }
INSERT INTO doc (title, body) VALUES (:word, :body);

-- @@{ name=insertRowid }
INSERT INTO doc (rowid, title) VALUES (77, 'seventy seven');

-- @@{ name=update }
UPDATE doc SET body = :body WHERE rowid = :id;

-- @@{ name=delete }
DELETE FROM doc WHERE rowid = :id;

-- @@{ name=deleteMatch }
DELETE FROM doc WHERE doc MATCH 'lazy';

-- @@{ name=optimize }
INSERT INTO doc (doc) VALUES ('optimize');

-- @@{ name=merge }
INSERT INTO doc (doc, rank) VALUES ('merge', 16);

-- @@{ name=rebuild }
INSERT INTO note_text (note_text) VALUES ('rebuild');

-- @@{ name=deleteExternal }
INSERT INTO note_text (note_text, rowid, body) VALUES ('delete', 3, 'x');

-- @@{ name=configure }
INSERT INTO doc (doc, rank) VALUES ('rank', 'bm25(10.0, 1.0)');
