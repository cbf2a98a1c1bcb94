-- The longest tracks of each album that has some, by place, with their share of the album.
WITH placed AS (
    SELECT
        AlbumId,
        Name,
        Milliseconds,
        rank() OVER longest AS place,
        CAST(Milliseconds AS REAL) / sum(Milliseconds) OVER (PARTITION BY AlbumId) AS share
    FROM Track
    WINDOW longest AS (PARTITION BY AlbumId ORDER BY Milliseconds DESC)
)
SELECT album.Title, placed.Name, placed.Milliseconds, placed.place, placed.share
FROM placed JOIN Album AS album ON album.AlbumId = placed.AlbumId
WHERE placed.place <= :places
ORDER BY album.AlbumId, placed.place, placed.Name;
