-- How many tasks there are and how many of them are done.
SELECT
    COUNT(*) AS total,
    -- @@{ field=finished, notNull=true }
    COALESCE(SUM(done), 0) AS finished
FROM task;
