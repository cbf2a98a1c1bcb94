-- A page of the albums that have `:part` in their title; a `%` or `_` in it means itself.
SELECT album.AlbumId, album.Title, artist.Name AS artist
FROM Album AS album JOIN Artist AS artist ON artist.ArtistId = album.ArtistId
WHERE album.Title
    LIKE '%' || replace(replace(replace(:part, '\', '\\'), '%', '\%'), '_', '\_') || '%' ESCAPE '\'
ORDER BY album.Title, album.AlbumId
LIMIT :most OFFSET :skipped;
