-- An approval after a decision or a delegation; the caller holds the quote's row.
UPDATE approval
SET revision = $2, status = $3, waits_for = $4, decisions = doc -> 'decisions',
    delegations = doc -> 'delegations'
FROM (SELECT $5::jsonb AS doc) AS given
WHERE id = $1
