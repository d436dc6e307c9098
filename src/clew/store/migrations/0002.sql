-- Version 2: the log holds everything; run, task, exchange, purchase and meta are an index of it.
DROP TABLE snapshot;

CREATE TABLE task_new (
    run TEXT NOT NULL, position INTEGER NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL,
    tlp INTEGER NOT NULL, state TEXT NOT NULL, outcome BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (run, position)
) STRICT;
INSERT INTO task_new SELECT run, position, type, value, tlp,
    CASE state WHEN 'leased' THEN 'queued' ELSE state END, outcome FROM task;
DROP TABLE task;
ALTER TABLE task_new RENAME TO task;

-- Who works on which task now: no fact, and gone when the work is done.
CREATE TABLE lease (
    run TEXT NOT NULL, position INTEGER NOT NULL, owner TEXT NOT NULL, until INTEGER NOT NULL,
    seal BLOB NOT NULL, PRIMARY KEY (run, position)
) STRICT;
