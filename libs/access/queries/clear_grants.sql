-- Under the lock of advance_revision.
DELETE FROM account_access WHERE account_id = $1
