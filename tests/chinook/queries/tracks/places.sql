-- The tracks of an album by their length, with places of every kind.
SELECT
    Name,
    rank() OVER longest AS place,
    dense_rank() OVER longest AS dense,
    percent_rank() OVER longest AS percent,
    cume_dist() OVER longest AS share,
    first_value(Name) OVER longest AS winner,
    nth_value(Name, 2) OVER longest AS second,
    last_value(Composer) OVER (longest GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS below,
    count(*) FILTER (WHERE Milliseconds > 200000) OVER whole AS long,
    sum(Milliseconds) OVER (longest ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS others
FROM Track
WHERE AlbumId = :album_id
WINDOW longest AS (ORDER BY Milliseconds DESC), whole AS (PARTITION BY AlbumId)
ORDER BY place, Name;
