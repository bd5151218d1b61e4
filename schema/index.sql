-- index.db: everything that can be found by searching.  Derived: made from ledger.db by following it, entry by
-- entry; may be deleted at any time and is then made again.  NOT trusted: whoever can change this file
-- can hide a record from a search, and cannot forge one, for what is shown is read from the ledger.
-- A file whose user_version differs from the program's is dropped and made again, never migrated.
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA application_id = 0x4D554E49;  -- 'MUNI'
PRAGMA user_version = 15;

-- Who follows the ledger in this file, and how far it has come.
CREATE TABLE follower(
  name     TEXT    PRIMARY KEY,
  version  INTEGER NOT NULL,  -- of what it writes; another version means: make the file again
  position INTEGER NOT NULL,  -- the entry it will apply next
  origin   TEXT    NOT NULL,  -- the ledger it follows
  root     BLOB    NOT NULL,  -- tree hash before the last entry applied: tells another ledger of the same name apart
  key      BLOB    NOT NULL   -- 16 random bytes: keys the hashes below, so that nobody can choose ids that collide
) STRICT;

-- The words stand in parts, so that no search and no merge has to go through all of them at once: a search asks the
-- part with the newest documents first and stops when it has enough.  A part takes versions in the order they were
-- captured until it is full; it is then joined into one run and not written again, but for the states below.
CREATE TABLE part(
  number    INTEGER PRIMARY KEY,  -- its words are in the table words_<number>
  base      INTEGER NOT NULL,     -- rowid there = base - document.doc
  documents INTEGER NOT NULL,
  writes    INTEGER NOT NULL,     -- how often it was written since its runs were last joined
  oldest    INTEGER NOT NULL,     -- document.doc
  newest    INTEGER NOT NULL      -- likewise
) STRICT;

-- The words of the first part; the tables of further parts are made like it, some before they are needed.
-- Contentless: the text itself stays sealed in the ledger.  rowid falls as the time posted grows, so that newest
-- first is the order in which the engine reads with the least work, and a range of dates is a range of rowids.
-- Facets are tokens that begin with U+E000 (a private character, taken out of all text) at the head of `body`:
-- keyed hashes of platform, source and account, reply, edited, superseded (also: by a fuller telling), deleted, unavailable, reported gone; and, for threads, of
-- the item answered (U+E001), of the item's other identifier (U+E002), and of the item that this is a former version of (U+E003).
CREATE VIRTUAL TABLE words_0 USING fts5(
  body,    -- facets, text, summary, descriptions of media
  author,  -- handle without its host, display name
  tags,
  content = '', columnsize = 0, detail = full, tokenize = 'unicode61 remove_diacritics 2'
);
-- Small pages: from 8 kB of rows on the engine keeps a way to skip among them, which phrases of common words need.
INSERT INTO words_0(words_0, rank) VALUES ('pgsz', 2000);
INSERT INTO words_0(words_0, rank) VALUES ('hashsize', 4194304);
INSERT INTO words_0(words_0, rank) VALUES ('automerge', 0);
INSERT INTO words_0(words_0, rank) VALUES ('crisismerge', 16);

-- One row a version: what a match in its part leads to.
CREATE TABLE document(
  doc   INTEGER PRIMARY KEY,  -- seconds since 1970 of the time posted, times 4, plus a slot
  seq   INTEGER NOT NULL,     -- the entry
  state INTEGER NOT NULL,     -- 0 current, 1 superseded, 2 deleted, 3 unavailable, 4 reported gone, 5 superseded by a fuller telling
  part  INTEGER NOT NULL      -- part.number
) STRICT;

-- Seconds all of whose slots are taken, and the second to try after.
CREATE TABLE full_second(
  second INTEGER PRIMARY KEY,
  next   INTEGER NOT NULL
) STRICT;

-- One row an item, by the keyed hash of its platform and id, in one of two tables: a new one in item_young, which is
-- moved over to item_old as a whole when it has grown.  Keys fall anywhere, so a batch that was put into a large table
-- would write nearly all of it anew.
CREATE TABLE item_old(
  key     INTEGER PRIMARY KEY,
  seq     INTEGER NOT NULL,  -- of its newest version
  doc     INTEGER NOT NULL,  -- likewise
  state   INTEGER NOT NULL,  -- 0 present, 1 a former version of another item, 2 deleted, 3 unavailable, 4 reported gone
  content INTEGER NOT NULL,  -- keyed digest of what makes the newest version, 47 bits
  raw     INTEGER NOT NULL   -- keyed digest of its bytes as last seen, 47 bits
) STRICT;

-- Likewise, of new items.
CREATE TABLE item_young(
  key     INTEGER PRIMARY KEY,
  seq     INTEGER NOT NULL,
  doc     INTEGER NOT NULL,
  state   INTEGER NOT NULL,
  content INTEGER NOT NULL,
  raw     INTEGER NOT NULL
) STRICT;

-- All of them.
CREATE VIEW item AS SELECT * FROM item_young UNION ALL SELECT * FROM item_old;

-- What happened to an item after its first capture; an item that was seen once has no row.
CREATE TABLE history(
  key  INTEGER NOT NULL,  -- item.key
  seq  INTEGER NOT NULL,  -- the entry
  what INTEGER NOT NULL,  -- 0 a version, 1 seen again, 2 deletion seen, 3 unavailable seen, 4 reported gone
  PRIMARY KEY (key, seq)
) STRICT, WITHOUT ROWID;

-- Platforms that anything was captured from.
CREATE TABLE platform(
  name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Every name an account was ever seen with: identifier, handle, handle without host, display name; folded.
CREATE TABLE account_name(
  name    TEXT    NOT NULL,
  account INTEGER NOT NULL,  -- keyed hash of platform and the platform's identifier (or handle)
  PRIMARY KEY (name, account)
) STRICT, WITHOUT ROWID;

-- Sources as the ledger's entries leave them.
CREATE TABLE source(
  number   INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL UNIQUE,
  platform TEXT    NOT NULL,
  url      TEXT    NOT NULL,
  since    INTEGER NOT NULL DEFAULT 0,  -- when this address took the place of another, milliseconds; 0: never
  state    INTEGER NOT NULL,            -- 0 active, 1 paused, 2 removed, 3 never added: only named by captures
  private  INTEGER NOT NULL,            -- 1: private addresses may be asked
  complete INTEGER NOT NULL DEFAULT 0,  -- end of the last complete poll of this address, milliseconds since 1970; 0: none
  cursor   TEXT    NOT NULL DEFAULT '', -- what that poll answered
  credential TEXT  NOT NULL DEFAULT ''  -- the name of what it logs in with
) STRICT;

-- Items captured by a source and believed present: what to ask after when a listing leaves them out.
CREATE TABLE held(
  source INTEGER NOT NULL,
  key    INTEGER NOT NULL,  -- item.key
  id     TEXT    NOT NULL,
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_by_item ON held(key);

-- What the last good answer to a source's address said of its own version, for conditional requests.
CREATE TABLE validator(
  source   INTEGER NOT NULL,
  url      TEXT    NOT NULL,
  etag     TEXT    NOT NULL,
  modified TEXT    NOT NULL,
  PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;

-- One row a poll of a source.
CREATE TABLE coverage(
  seq      INTEGER PRIMARY KEY,  -- the entry
  source   INTEGER NOT NULL,
  started  INTEGER NOT NULL,  -- milliseconds since 1970
  finished INTEGER NOT NULL,
  outcome  TEXT    NOT NULL   -- complete, partial, failed
) STRICT;
CREATE INDEX coverage_by_source ON coverage(source);  -- and by its entry

-- Answers of polls whose end is not in the ledger: of the one under way, or of one whose program was killed.
CREATE TABLE unended(
  source INTEGER NOT NULL,
  seq    INTEGER NOT NULL,  -- the exchange
  PRIMARY KEY (source, seq)
) STRICT, WITHOUT ROWID;

-- Files at an address that versions of items name, one row each, as the ledger's `media` entries leave them: what is
-- held, what is to be fetched, what was refused.
CREATE TABLE media(
  version INTEGER NOT NULL,  -- the entry that names it
  place   INTEGER NOT NULL,  -- N of its media.N.url
  source  INTEGER NOT NULL,  -- source.number; 0: the item came from a saved file
  state   INTEGER NOT NULL,  -- 0 never asked for, 1 held, 2 to be asked for again, 3 refused
  entry   INTEGER NOT NULL,  -- the newest `media` entry about it; 0: there is none
  due     INTEGER NOT NULL,  -- when it may be asked for again, milliseconds since 1970
  content INTEGER NOT NULL,  -- keyed digest of the file's SHA-256; 0: it is not held
  PRIMARY KEY (version, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_open ON media(source) WHERE state <> 1;
CREATE INDEX media_content ON media(content) WHERE content <> 0;

-- Entries that are about no item, by kind: what registers are made from (sources, gaps, possible requests, decisions,
-- searches, disclosures);
-- of exchanges those that could not be read, and those that read one of these again.  Pages of saved files that were read
-- stand here by their bytes: kind is "page-" and the keyed digest of their SHA-256; "unread-" for those that could not be.
CREATE TABLE registered(
  kind TEXT    NOT NULL,
  seq  INTEGER NOT NULL,  -- the entry
  PRIMARY KEY (kind, seq)
) STRICT, WITHOUT ROWID;

-- Small pictures made of files that entries hold, so that each is made once; the oldest go when there are too many.
-- Sealed under the secret of the entry that holds the file: when it is gone nobody can read them, and whoever has only
-- this file can put no other picture in their place.
CREATE TABLE thumbnail(
  number  INTEGER PRIMARY KEY,      -- in the order they were made
  content INTEGER NOT NULL UNIQUE,  -- keyed digest of the file's SHA-256, as in media
  entry   INTEGER NOT NULL,         -- whose media.N.file it was made of ...
  place   INTEGER NOT NULL,         -- ... and N
  salt    BLOB    NOT NULL,         -- 16 random bytes: its key seals nothing else
  sealed  BLOB    NOT NULL          -- a PNG
) STRICT;
