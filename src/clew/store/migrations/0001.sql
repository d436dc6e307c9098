-- Version 1 of the file, from nothing.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- One row an entry of the log; never updated, never deleted.
CREATE TABLE log (seq INTEGER PRIMARY KEY, head BLOB NOT NULL, digest BLOB NOT NULL) STRICT;

-- The columns of an Observe, in bounded pieces of Arrow IPC.
CREATE TABLE piece (
    seq INTEGER NOT NULL, part INTEGER NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (seq, part)
) STRICT;

-- Raw replies, each once.
CREATE TABLE reply (
    digest TEXT PRIMARY KEY, media_type TEXT NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL
) STRICT;

CREATE TABLE run (
    id TEXT PRIMARY KEY, action TEXT NOT NULL, transform TEXT NOT NULL, settings TEXT NOT NULL,
    graph TEXT NOT NULL, label TEXT NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL,
    status TEXT NOT NULL
) STRICT;

CREATE TABLE task (
    run TEXT NOT NULL, position INTEGER NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL,
    tlp INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL DEFAULT '', lease_until INTEGER NOT NULL DEFAULT 0,
    outcome BLOB NOT NULL DEFAULT x'', PRIMARY KEY (run, position)
) STRICT;

-- What was asked in which task and which reply it got, in order: the ground of replay and cache.
CREATE TABLE exchange (
    run TEXT NOT NULL, position INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    provider TEXT NOT NULL, fingerprint TEXT NOT NULL, digest TEXT NOT NULL,
    status INTEGER NOT NULL, received INTEGER NOT NULL, headers TEXT NOT NULL,
    PRIMARY KEY (run, position, ordinal)
) STRICT;
CREATE INDEX exchange_asked ON exchange (provider, fingerprint, received);

-- A purchase is noted before it is sent; one without a reply is never sent again blindly.
CREATE TABLE purchase (
    provider TEXT NOT NULL, fingerprint TEXT NOT NULL, at INTEGER NOT NULL,
    digest TEXT NOT NULL DEFAULT '', PRIMARY KEY (provider, fingerprint)
) STRICT;

-- Disposable.
CREATE TABLE snapshot (
    name TEXT PRIMARY KEY, seq INTEGER NOT NULL, log_digest BLOB NOT NULL, form INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
