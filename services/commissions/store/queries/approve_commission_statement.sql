-- The row is locked by lock_commission_statement.
WITH approved AS (
  UPDATE commission_statement SET status = 'approved', revision = revision + 1 WHERE id = $1
  RETURNING id, revision)
INSERT INTO commission_statement_step (commission_statement_id, revision, status, user_id,
                                       effective_on, known_at)
SELECT id, revision, 'approved', $2, $3, $4 FROM approved
