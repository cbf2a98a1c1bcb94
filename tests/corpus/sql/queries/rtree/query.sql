-- rtree: ranges, auxiliary columns, integers

-- @@{ name=contains }
SELECT id, label FROM place WHERE min_x <= :x AND max_x >= :x;

-- @@{ name=overlaps }
SELECT id FROM place WHERE max_x >= 1.0 AND min_x <= 6.0 AND max_y >= 1.0 AND min_y <= 6.0;

-- @@{ name=all }
SELECT * FROM place;

-- @@{ name=auxiliary }
SELECT label, size FROM place WHERE id = :id;

-- @@{ name=joined }
SELECT p.name, l.label FROM person AS p JOIN place AS l ON l.id = p.id;

-- @@{ name=integers }
SELECT id, x1 - x0 AS width FROM grid WHERE x0 >= 0;

-- @@{ name=insert }
INSERT INTO place (id, min_x, max_x, min_y, max_y, label) VALUES (50, 1.0, 2.0, 3.0, 4.0, :label);

-- @@{ name=insertInteger }
INSERT INTO grid VALUES (:n, 3, 4);

-- @@{ name=update }
UPDATE place SET max_x = max_x + 1, label = 'wide' WHERE id = 1;

-- @@{ name=delete }
DELETE FROM place WHERE id = :id;

-- @@{ name=check }
SELECT rtreecheck('place') AS a;

-- @@{ name=aggregate }
SELECT min(min_x) AS a, max(max_y) AS b, count(*) AS n FROM place;
