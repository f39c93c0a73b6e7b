-- What a process that ends had taken and not sent: others may have it at once.
UPDATE webhook_delivery AS d SET claimed_until = NULL
FROM unnest($1::uuid[], $2::bigint[]) AS t (id, claim)
WHERE d.id = t.id AND d.claim = t.claim
