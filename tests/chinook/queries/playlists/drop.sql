-- Takes some tracks off every playlist.
DELETE FROM PlaylistTrack WHERE TrackId IN :ids;
