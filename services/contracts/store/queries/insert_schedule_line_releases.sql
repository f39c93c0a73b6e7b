-- Append-only; a line is released once, by its primary key.
INSERT INTO schedule_line_release (schedule_line_id, release_batch_id, account_id, payment_days,
                                   released_on, known_at)
SELECT n.schedule_line_id, n.release_batch_id, n.account_id, n.payment_days, $1, $2
FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[])
  AS n (schedule_line_id, release_batch_id, account_id, payment_days)
