-- The participant and the row are locked by lock_commission_statement.
WITH paid AS (
  UPDATE commission_statement
  SET status = 'paid', revision = revision + 1, paid_minor = $5, paid_before_minor = $6,
      credited_minor = $7, reference = $8
  WHERE id = $1
  RETURNING id, revision)
INSERT INTO commission_statement_step (commission_statement_id, revision, status, user_id,
                                       effective_on, known_at)
SELECT id, revision, 'paid', $2, $3, $4 FROM paid
