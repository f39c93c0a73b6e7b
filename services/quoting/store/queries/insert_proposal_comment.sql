-- A comment, unless the same stands there already: a form that was sent twice. The caller holds the
-- proposal's row, so two of them come one after the other.
INSERT INTO proposal_comment (id, proposal_id, account_id, name, text, created_at)
SELECT $1::uuid, $2::uuid, $3::uuid, $4::text, $5::text, $6::timestamptz
WHERE NOT EXISTS (SELECT FROM proposal_comment
                  WHERE proposal_id = $2 AND text = $5 AND name IS NOT DISTINCT FROM $4)
