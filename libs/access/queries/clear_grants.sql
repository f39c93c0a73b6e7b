-- Under the lock of advance_revisions.
DELETE FROM account_access WHERE account_id = ANY ($1::uuid[])
