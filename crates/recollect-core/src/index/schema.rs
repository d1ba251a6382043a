//! Tables. Nothing here outlives the process: another schema is another build
//! of the index, never a migration.

pub(crate) const SCHEMA: &str = "
CREATE TABLE project (
    row  INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL           -- as the newest record spells it
) STRICT;

CREATE TABLE memory (
    row         INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE,   -- 16 bytes
    kind        TEXT NOT NULL,
    type        TEXT,                   -- of an observation or event
    title       TEXT NOT NULL,
    at          INTEGER NOT NULL,       -- Unix milliseconds
    project     INTEGER NOT NULL REFERENCES project(row),
    session     TEXT,                   -- key of the session
    src         TEXT NOT NULL,
    trust       TEXT NOT NULL,
    flag        TEXT,                   -- why it is not recalled by itself
    is_pinned   INTEGER NOT NULL,
    is_archived INTEGER NOT NULL,
    tokens      INTEGER NOT NULL,       -- estimated cost of the full memory
    stamp       TEXT NOT NULL,          -- orders what happened in one millisecond
    record      TEXT NOT NULL,          -- JSON as stored, before edits
    content     BLOB,                   -- 16 bytes, equal for equal texts; null if never folded
    is_folded   INTEGER NOT NULL        -- shown through an earlier one that says the same
) STRICT;
CREATE INDEX memory_by_time ON memory(at, stamp);
CREATE INDEX memory_by_project ON memory(project, at, stamp);
CREATE INDEX memory_by_content ON memory(content, project) WHERE content IS NOT NULL;
CREATE INDEX memory_by_session ON memory(session, at, stamp) WHERE session IS NOT NULL;

-- Contentless: the text is stored once, in memory.record, and the fields of a
-- row are made again from there when it is removed.
CREATE VIRTUAL TABLE memory_text USING fts5(
    title, subtitle, narrative, facts, concepts, files,
    content='', tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO memory_text(memory_text, rank) VALUES ('secure-delete', 1);

CREATE TABLE edit (
    id         BLOB PRIMARY KEY,
    of         BLOB NOT NULL,
    stamp      TEXT NOT NULL,
    record     TEXT NOT NULL,
    of_stamp   TEXT,                    -- of the memory, if the edit says it
    of_project TEXT                     -- id, likewise
) STRICT;
CREATE INDEX edit_by_memory ON edit(of, stamp, id);

CREATE TABLE session_end (
    id      BLOB PRIMARY KEY,
    session TEXT NOT NULL,
    project TEXT,                       -- id, if the record says it
    at      INTEGER NOT NULL,           -- Unix milliseconds
    stamp   TEXT NOT NULL,
    record  TEXT NOT NULL
) STRICT;
CREATE INDEX session_end_by_session ON session_end(session, at);

-- Of kinds that this version does not know; a newer version shows them.
CREATE TABLE unknown (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE dead (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE wipe (
    project TEXT,                       -- id, or null for all
    before  TEXT NOT NULL               -- stamp
) STRICT;
";
