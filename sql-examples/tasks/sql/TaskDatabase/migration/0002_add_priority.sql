-- Version 1 had neither priorities nor their index.
ALTER TABLE task ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
CREATE INDEX task_by_state ON task (done, priority DESC);
