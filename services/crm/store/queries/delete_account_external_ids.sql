-- Before the new list is inserted; the account's row is locked.
DELETE FROM account_external_id WHERE account_id = $1
