-- Steps never change: no lock. Those of sale links that the caller sees in full.
SELECT id, sale_link_id, revision, status, user_id, reason, effective_on, known_at
FROM sale_link_step
