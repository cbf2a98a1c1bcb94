-- Every artist, those without an album too.
SELECT artist.ArtistId, artist.Name, album.AlbumId, album.Title
FROM Artist AS artist
    LEFT JOIN Album AS album ON album.ArtistId = artist.ArtistId
ORDER BY artist.ArtistId, album.AlbumId;
