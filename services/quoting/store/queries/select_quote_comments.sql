-- The remarks on quotes, with what customers wrote on the pages of their proposals. Reads only.
SELECT id, quote_id, quote_version, quote_clause_id, side, text, created_by, created_at
FROM quote_comment
UNION ALL
SELECT c.id, p.quote_id, p.quote_version, NULL::uuid, 'customer', c.text, NULL::uuid, c.created_at
FROM proposal_comment c
JOIN proposal p ON p.id = c.proposal_id
