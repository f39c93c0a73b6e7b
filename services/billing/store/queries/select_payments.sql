-- Reads only. Serves list.
SELECT id, revision, account_id, ROW(amount_minor, currency) AS amount, method, received_on,
       reference, CASE WHEN reversed_on IS NULL THEN 'received' ELSE 'reversed' END AS status,
       ROW(CASE WHEN reversed_on IS NULL THEN amount_minor - allocated_minor ELSE 0 END, currency)
         AS unapplied,
       reversed_on, reversal_reason, created_at
FROM payment
