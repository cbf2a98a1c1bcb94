-- datefunc: date, time, datetime, julianday, unixepoch, strftime, timediff and modifiers

-- @@{ name=fixed }
SELECT date('2024-01-31') AS a, time('12:30:45') AS b, datetime('2024-01-31 12:00') AS c, julianday('2024-01-01') AS d, unixepoch('2024-01-01') AS e;

-- @@{ name=modifiers }
SELECT date('2024-01-31', '+1 month', 'start of month') AS a, datetime('2024-01-01', '-1 day', '+3 hours') AS b, date('2024-02-30', 'weekday 1') AS c;

-- @@{ name=epochs }
SELECT datetime(0, 'unixepoch') AS a, datetime(2460310.5, 'julianday') AS b, datetime(1700000000, 'auto') AS c;

-- @@{ name=columns }
SELECT date(day, '+1 day') AS a, strftime('%Y', day) AS b, unixepoch(day) AS c, julianday(day) AS d FROM event;

-- @@{ name=dateFormats }
SELECT strftime('%d.%m.%Y', '2024-01-02') AS a, strftime('%s', '2024-01-02') AS b, strftime('%H:%M', '12:34') AS c;

-- @@{ name=subsecond }
SELECT time('12:00:00.5', 'subsec') AS a, unixepoch('2024-01-01', 'subsec') AS b;

-- @@{ name=difference }
SELECT timediff('2024-02-01', '2024-01-01') AS a;

-- @@{ name=varyingNow }
SELECT date() AS a, time() AS b, datetime() AS c, julianday() AS d, unixepoch() AS e, strftime('%Y', 'now') AS f;

-- @@{ name=invalid }
SELECT date('nothing') AS a, strftime('%Y', 'x') AS b;

-- @@{ name=parameter }
SELECT date(:day, '+1 day') AS a, :day > date('2000-01-01') AS b;

-- @@{ name=where }
SELECT id FROM event WHERE date(day) BETWEEN date(:day) AND date(:day, '+7 days');
