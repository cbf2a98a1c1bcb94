CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    -- A day as `2026-11-20`.
    due TEXT,
    done BOOLEAN NOT NULL DEFAULT FALSE,
    priority INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX task_by_state ON task (done, priority DESC);
