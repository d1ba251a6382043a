//! Tables. Nothing here outlives the process but in an image: another schema is
//! another build of the index, never a migration.

pub(crate) const SCHEMA: &str = "
-- What is asked of all memories is kept in `Rows`; this is what the few that are
-- shown are made of.
CREATE TABLE memory (
    row    INTEGER PRIMARY KEY,
    record TEXT NOT NULL                -- JSON as stored, before edits
) STRICT;

CREATE TABLE edit (
    id         BLOB PRIMARY KEY,
    of         BLOB NOT NULL,
    is_high    INTEGER NOT NULL,        -- its trust
    stamp      TEXT NOT NULL,
    record     TEXT NOT NULL,
    of_stamp   TEXT,                    -- of the memory, if the edit says it
    of_project TEXT                     -- id, likewise
) STRICT;
CREATE INDEX edit_by_memory ON edit(of, is_high, stamp, id);

-- What the edits of a memory come to: those of high trust, and where there are
-- others too, all of them, which is what a memory of low trust gets.
CREATE TABLE edited (
    of        BLOB NOT NULL,
    is_of_low INTEGER NOT NULL,
    sum       TEXT NOT NULL,            -- JSON of an edit
    PRIMARY KEY (of, is_of_low)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_end (
    id      BLOB PRIMARY KEY,
    session TEXT NOT NULL,
    project TEXT,                       -- id, if the record says it
    is_high INTEGER NOT NULL,           -- its trust
    at      INTEGER NOT NULL,           -- Unix milliseconds
    stamp   TEXT NOT NULL,
    record  TEXT NOT NULL
) STRICT;
CREATE INDEX session_end_by_session ON session_end(session, at);

-- Which ids are a project's own.
CREATE TABLE alias (
    id      BLOB PRIMARY KEY,
    project TEXT NOT NULL,              -- id
    at      INTEGER NOT NULL,           -- Unix milliseconds
    stamp   TEXT NOT NULL,
    record  TEXT NOT NULL
) STRICT;

-- Lines of use records; those of memories that are gone go with them.
CREATE TABLE use_line (
    record     BLOB NOT NULL,
    of         BLOB NOT NULL,
    stamp      TEXT NOT NULL,
    recalled   INTEGER NOT NULL,
    reinforced INTEGER NOT NULL,
    at         INTEGER NOT NULL,        -- Unix milliseconds
    PRIMARY KEY (record, of)
) STRICT, WITHOUT ROWID;
CREATE INDEX use_by_memory ON use_line(of);

-- Of kinds that this version does not know; a newer version shows them.
CREATE TABLE unknown (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE dead (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE wipe (
    project TEXT,                       -- id, or null for all
    before  TEXT NOT NULL               -- stamp
) STRICT;
";
