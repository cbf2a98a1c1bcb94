-- update-stmt: OR ABORT, FAIL, IGNORE, REPLACE, ROLLBACK

-- @@{ name=orAbort }
UPDATE OR ABORT code SET v = 1 WHERE k = 'x';

-- @@{ name=orFail }
UPDATE OR FAIL code SET v = 1 WHERE k = 'x';

-- @@{ name=orIgnore }
UPDATE OR IGNORE code SET k = 'x';

-- @@{ name=orReplace }
UPDATE OR REPLACE code SET k = 'x' WHERE k = 'note';

-- @@{ name=orRollback }
UPDATE OR ROLLBACK code SET v = 2;

-- @@{ name=failingUnique }
UPDATE code SET k = 'x';
