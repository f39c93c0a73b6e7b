-- The row is locked by lock_sale_link and claimed; the step keeps who and when.
WITH verified AS (
  UPDATE sale_link SET status = 'verified', verified_by = $2, revision = revision + 1
  WHERE id = $1
  RETURNING id, revision, account_id, participant_id)
INSERT INTO sale_link_step (sale_link_id, revision, account_id, status, participant_id, user_id,
                            evidence, known_at)
SELECT id, revision, account_id, 'verified', participant_id, $2, '', $3 FROM verified
