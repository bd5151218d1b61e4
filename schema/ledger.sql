-- ledger.db: the record.  NOT trusted: whoever can write this file can change it, and the chain of
-- hashes and the signed checkpoints prove that they did (docs/formats/entry.md).  Append-only:
-- the triggers below stop our own mistakes; the proof does not rest on them.
-- Never migrated in place, never rebuilt.
PRAGMA application_id = 0x4D554E4C;  -- 'MUNL'
PRAGMA user_version = 1;

-- The archive this file belongs to: one row, written by `muniment init`.
CREATE TABLE archive(
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  origin TEXT NOT NULL,  -- the log's name, in every leaf and checkpoint
  schema TEXT NOT NULL   -- SHA-256 of this file as it was when the archive was made, hexadecimal
) STRICT;

-- One row for each thing captured, seen, searched, decided or disclosed, in the order it was sealed.
-- With `archive.origin` a row gives the seven lines of its leaf.
CREATE TABLE entry(
  seq        INTEGER PRIMARY KEY,                           -- 0, 1, 2 … without gaps; the leaf index
  time       INTEGER NOT NULL,                              -- milliseconds since 1970 UTC, our clock; never decreasing
  kind       TEXT    NOT NULL,                              -- capture, exchange, disclosure …
  root       BLOB    NOT NULL CHECK (length(root) = 32),    -- RFC 6962 tree hash of the leaves 0 … seq-1
  commitment BLOB    NOT NULL CHECK (length(commitment) = 32)  -- B: binds every word of the body
) STRICT;

-- The body of an entry, sealed with its secret in keys.db.  Gone after a disposal.
CREATE TABLE body(
  seq    INTEGER PRIMARY KEY,  -- the entry
  sealed BLOB NOT NULL         -- AES-256-GCM of the compressed fields (docs/formats/archive.md)
) STRICT;

-- Full tiles of the tree: 256 hashes side by side (C2SP tlog-tiles).  Everything here can be
-- computed from `entry`; it is kept so that proofs need few reads.
CREATE TABLE tile(
  level  INTEGER NOT NULL,                             -- 0: leaves; L: roots of the tiles of level L-1
  idx    INTEGER NOT NULL,                             -- 0, 1, 2 … within the level
  root   BLOB    NOT NULL CHECK (length(root) = 32),   -- tree hash of the 256 hashes
  hashes BLOB    NOT NULL CHECK (length(hashes) = 8192),
  PRIMARY KEY (level, idx)
) STRICT;

-- Signed checkpoints (C2SP signed notes), by tree size.
CREATE TABLE checkpoint(
  size INTEGER PRIMARY KEY,  -- how many entries the note covers
  note TEXT NOT NULL
) STRICT;

CREATE TRIGGER archive_is_final BEFORE UPDATE ON archive
BEGIN SELECT RAISE(ABORT, 'the archive''s identity is never changed'); END;
CREATE TRIGGER archive_stays BEFORE DELETE ON archive
BEGIN SELECT RAISE(ABORT, 'the archive''s identity is never removed'); END;
CREATE TRIGGER archive_is_one BEFORE INSERT ON archive
WHEN EXISTS (SELECT 1 FROM archive)
BEGIN SELECT RAISE(ABORT, 'the archive has its identity already'); END;

-- INSERT is guarded too: INSERT OR REPLACE slips past the triggers on UPDATE and DELETE.
CREATE TRIGGER entry_extends_chain BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry)
  OR NEW.time < (SELECT time FROM entry WHERE seq = NEW.seq - 1)
BEGIN SELECT RAISE(ABORT, 'an entry must follow the last one (L1, L2)'); END;
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed (L1)'); END;
CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never removed (L1)'); END;

CREATE TRIGGER body_belongs BEFORE INSERT ON body
WHEN EXISTS (SELECT 1 FROM body WHERE seq = NEW.seq) OR NOT EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a body is written once, with its entry (L3)'); END;
CREATE TRIGGER body_is_final BEFORE UPDATE ON body
BEGIN SELECT RAISE(ABORT, 'a body is never changed (L3)'); END;
CREATE TRIGGER body_stays BEFORE DELETE ON body
BEGIN SELECT RAISE(ABORT, 'a body leaves only by disposal (L3)'); END;

CREATE TRIGGER tile_is_new BEFORE INSERT ON tile
WHEN EXISTS (SELECT 1 FROM tile WHERE level = NEW.level AND idx = NEW.idx)
BEGIN SELECT RAISE(ABORT, 'a tile is written once'); END;
CREATE TRIGGER tile_is_final BEFORE UPDATE ON tile
BEGIN SELECT RAISE(ABORT, 'a tile is never changed'); END;
CREATE TRIGGER tile_stays BEFORE DELETE ON tile
BEGIN SELECT RAISE(ABORT, 'a tile is never removed'); END;

CREATE TRIGGER checkpoint_grows BEFORE INSERT ON checkpoint
WHEN NEW.size <= (SELECT max(size) FROM checkpoint)
BEGIN SELECT RAISE(ABORT, 'a checkpoint covers more than the one before'); END;
CREATE TRIGGER checkpoint_is_final BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END;
