-- Immutable documents: written once, with their lines, in one transaction.
INSERT INTO release_batch (id, account_id, division_id, released_on, control_totals, created_at)
SELECT n.id, n.account_id, n.division_id, $1, n.control_totals, $2
FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::jsonb[])
  AS n (id, account_id, division_id, control_totals)
