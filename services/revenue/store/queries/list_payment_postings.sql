-- Reads only: what is posted for a payment. The events of an account come one after the other, so no
-- one else posts for it meanwhile; if one did, journal_entry_source would refuse the second.
SELECT e.kind, e.source, e.division_id, e.invoice_id, e.currency,
       (SELECT sum(debit_minor)::bigint FROM journal_line WHERE journal_entry_id = e.id)
         AS amount_minor
FROM journal_entry AS e WHERE e.payment_id = $1::uuid
