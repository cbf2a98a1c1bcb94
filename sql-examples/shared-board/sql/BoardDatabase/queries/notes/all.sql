-- The whole board, oldest first.
-- @@{ queryResult=Note }
SELECT id, text, done FROM note ORDER BY id;
