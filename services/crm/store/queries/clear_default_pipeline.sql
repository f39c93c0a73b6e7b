-- Makes room for another default; the unique index decides when two want to be it at once.
UPDATE pipeline SET is_default = false, revision = revision + 1 WHERE is_default AND id <> $1
