-- Locks a payment; its invoices are locked after it, in the order of their ids.
SELECT id, revision, account_id, amount_minor, allocated_minor, currency, received_on, reversed_on
FROM payment WHERE id = $1::uuid FOR UPDATE
