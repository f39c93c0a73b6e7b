-- Serialises the closing of links over the tree: what is read after it includes all that was closed
-- before. Its number is the revision of every account that this closing changes.
UPDATE access_closure SET revision = revision + 1 RETURNING revision
