-- How much there is of everything.
SELECT
    (SELECT count(*) FROM Artist) AS artists,
    (SELECT count(*) FROM Album) AS albums,
    (SELECT count(*) FROM Track) AS tracks,
    (SELECT sum(Total) FROM Invoice) AS revenue;
