-- keys.db: the secrets that unseal bodies.  Trusted for confidentiality only: whoever has this file
-- and ledger.db can read everything; whoever lacks it can read nothing, and can still verify the chain.
-- Deleting a row is disposal: the body of that entry can never be read again.
PRAGMA application_id = 0x4D554E4B;  -- 'MUNK'
PRAGMA user_version = 1;

-- One secret an entry (docs/formats/archive.md).
CREATE TABLE secret(
  seq    INTEGER PRIMARY KEY,                       -- the entry's number, from 0
  secret BLOB NOT NULL CHECK (length(secret) = 32)  -- random, never derived from a master key
) STRICT;

-- A secret is written once: changing one would make its body unreadable.
CREATE TRIGGER secret_is_final BEFORE UPDATE ON secret
BEGIN SELECT RAISE(ABORT, 'a secret is never changed'); END;
CREATE TRIGGER secret_is_new BEFORE INSERT ON secret
WHEN EXISTS (SELECT 1 FROM secret WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'this entry has its secret already'); END;
