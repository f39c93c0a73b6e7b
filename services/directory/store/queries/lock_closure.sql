-- Serialises the closing of links over the tree: what is read after it includes all that was closed
-- before.
SELECT revision FROM access_closure FOR UPDATE
