-- What a process that ends had taken and not sent: others may have it at once.
WITH released AS (
  UPDATE webhook_delivery AS d SET claimed_until = NULL
  FROM unnest($1::uuid[], $2::bigint[]) AS t (id, claim)
  WHERE d.id = t.id AND d.claim = t.claim
  RETURNING d.endpoint_id
)
UPDATE webhook_endpoint_state AS s SET busy_until = NULL
WHERE s.endpoint_id IN (SELECT endpoint_id FROM released) AND s.busy_until IS NOT NULL
