-- create-trigger: AFTER, BEFORE and INSTEAD OF; INSERT, UPDATE, UPDATE OF and DELETE; WHEN; FOR EACH ROW.
CREATE TRIGGER note_made AFTER INSERT ON note BEGIN
    INSERT INTO audit (at, what) VALUES (new.id, 'note ''' || new.body || ''' made; all done');
END;

CREATE TRIGGER IF NOT EXISTS note_changed BEFORE UPDATE OF body, meta ON note FOR EACH ROW
    WHEN old.body IS NOT new.body
BEGIN
    INSERT INTO audit VALUES (old.id, 'note changed');
    UPDATE code SET v = coalesce(v, 0) + 1 WHERE k = 'changes';
END;

CREATE TRIGGER main.note_gone AFTER DELETE ON note BEGIN
    DELETE FROM audit WHERE at = old.id AND CASE WHEN old.id > 0 THEN 1 ELSE 0 END;
    SELECT count(*) FROM audit;
END;

CREATE TRIGGER adult_insert INSTEAD OF INSERT ON adult BEGIN
    INSERT OR IGNORE INTO person (name, age, height) VALUES (new.who, new.years, 1.5);
END;

CREATE TRIGGER adult_update INSTEAD OF UPDATE OF years ON adult BEGIN
    UPDATE person SET age = new.years WHERE name = old.who;
END;

CREATE TRIGGER adult_delete INSTEAD OF DELETE ON adult BEGIN
    DELETE FROM person WHERE name = old.who;
END;

-- raise-function: all four forms.
CREATE TRIGGER checked_raise BEFORE INSERT ON checked WHEN new.n > 900 BEGIN
    SELECT CASE
        WHEN new.n = 901 THEN raise(IGNORE)
        WHEN new.n = 902 THEN raise(ABORT, 'too much')
        WHEN new.n = 903 THEN raise(FAIL, 'far ' || 'too much')
        ELSE raise(ROLLBACK, 'by far too much')
    END;
END;

-- create-trigger: a body with upsert, common table expression and several statements.
CREATE TRIGGER event_counted AFTER INSERT ON event BEGIN
    INSERT INTO code (k, v) SELECT new.kind, new.amount WHERE true
        ON CONFLICT (k) DO UPDATE SET v = v + excluded.v;
    UPDATE tree SET label = label || '!' FROM (SELECT max(id) AS top FROM tree) AS t WHERE tree.id = t.top AND new.amount > 100;
END;
