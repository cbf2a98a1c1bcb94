-- A track as other programs want it.
SELECT
    json_object('id', TrackId, 'name', Name, 'composer', Composer) AS json,
    CAST(Name AS BLOB) AS bytes,
    hex(Name) AS hex,
    typeof(Composer) AS kind,
    ifnull(printf('%.1f MB', Bytes / 1048576.0), '') AS size,
    Bytes / 1048576.0 AS megabytes,
    Milliseconds / 60000 AS minutes,
    Milliseconds % 60000 AS rest,
    -UnitPrice AS discount,
    Milliseconds > 300000 AND Composer IS NOT NULL AS remarkable,
    NULL AS absent -- @@{ field=absent, propertyType=i64 }
FROM Track
WHERE TrackId = :track_id;
