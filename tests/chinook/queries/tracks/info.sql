-- What a listing shows of the tracks of an album.
SELECT * FROM TrackInfo WHERE AlbumId = :album_id ORDER BY TrackId;
