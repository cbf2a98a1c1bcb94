-- insert-stmt: OR ABORT, FAIL, IGNORE, REPLACE, ROLLBACK, and REPLACE INTO

-- @@{ name=orAbort }
INSERT OR ABORT INTO code (k) VALUES ('a');

-- @@{ name=orFail }
INSERT OR FAIL INTO code (k) VALUES ('a');

-- @@{ name=orIgnore }
INSERT OR IGNORE INTO code (k, v) VALUES ('x', 1), ('y', 2);

-- @@{ name=orReplace }
INSERT OR REPLACE INTO code (k, v) VALUES ('x', 1);

-- @@{ name=orRollback }
INSERT OR ROLLBACK INTO code (k) VALUES ('a');

-- @@{ name=replaceInto }
REPLACE INTO code (k, v) VALUES (:key, :v);

-- @@{ name=replaceSelect }
REPLACE INTO code SELECT k, v + 1 FROM code;

-- @@{ name=varyingReplaceDefault }
REPLACE INTO defaults DEFAULT VALUES;

-- @@{ name=replaceOfIndex }
INSERT OR REPLACE INTO person (id, name, height) VALUES (9, 'bob', 1.0);

-- @@{ name=constraintReplaces }
INSERT INTO conflicts (a, b, e) VALUES (2, 'b', 9);

-- @@{ name=constraintIgnores }
INSERT INTO conflicts (a, b, e) VALUES (NULL, 'z', 10);

-- @@{ name=constraintDefault }
INSERT INTO conflicts (a, d, e) VALUES (3, NULL, 11);

-- @@{ name=failingUnique }
INSERT INTO code (k) VALUES ('x');

-- @@{ name=failingNotNull }
INSERT INTO tree (id, label) VALUES (77, NULL);

-- @@{ name=failingCheck }
INSERT INTO checked (n) VALUES (5000);

-- @@{ name=failingRaise }
INSERT INTO checked (n) VALUES (902);

-- @@{ name=raiseIgnore }
INSERT INTO checked (n) VALUES (901);

-- @@{ name=failingRaiseFail }
INSERT INTO checked (n) VALUES (903);

-- @@{ name=failingForeignKey }
INSERT INTO address (person_id, city) VALUES (999, 'nowhere');

-- @@{ name=failingStrict }
INSERT INTO strict_one (a) VALUES ('text');
