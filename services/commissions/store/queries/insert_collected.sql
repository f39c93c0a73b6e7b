-- What a payment pays of each invoice now, less what was known before: a repeat adds nothing.
-- Payments of an account follow one another, since their key does.
INSERT INTO collected (payment_id, revision, invoice_id, account_id, amount_minor, effective_on,
                       known_at)
SELECT $1, $2, coalesce(now.invoice_id, before.invoice_id), $3,
       coalesce(now.amount_minor, 0) - coalesce(before.amount_minor, 0), $4, $5
FROM (SELECT invoice_id, sum(amount_minor) AS amount_minor
      FROM unnest($6::uuid[], $7::bigint[]) AS a (invoice_id, amount_minor)
      GROUP BY invoice_id) AS now
FULL JOIN (SELECT invoice_id, sum(amount_minor) AS amount_minor FROM collected
           WHERE payment_id = $1 GROUP BY invoice_id) AS before
  ON before.invoice_id = now.invoice_id
WHERE coalesce(now.amount_minor, 0) <> coalesce(before.amount_minor, 0)
RETURNING invoice_id
