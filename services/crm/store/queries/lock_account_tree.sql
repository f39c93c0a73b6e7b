-- One change of the tree at a time: two at once could each be lawful and together make a cycle.
-- Taken after the account's own row, by every change of a parent.
SELECT pg_advisory_xact_lock(hashtext('crm.account_tree'))
