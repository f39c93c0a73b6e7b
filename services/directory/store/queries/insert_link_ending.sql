-- In the transaction that sets the end, after it: the row's lock is held. No row for a link without end.
INSERT INTO responsibility_link_ending (link_id, valid_to, known_at, ended_by, request_id)
SELECT id, valid_to, $2, $3, $4 FROM responsibility_link WHERE id = $1 AND valid_to IS NOT NULL
