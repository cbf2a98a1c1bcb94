-- The composers whose first name begins with a pattern.
SELECT DISTINCT
    Composer,
    substr(Composer, 1, instr(Composer || ' ', ' ') - 1) AS first_name,
    length(Composer) AS letters,
    nullif(instr(Composer, '/'), 0) AS slash,
    iif(Composer LIKE '%,%', 'many', 'one') AS count
FROM Track
WHERE Composer GLOB :pattern AND Composer IS NOT NULL
ORDER BY Composer;
