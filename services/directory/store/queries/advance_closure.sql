-- Under lock_closure: the revision of every account that this closing changes.
UPDATE access_closure SET revision = revision + 1 RETURNING revision
