-- The earliest of what several consumers miss.
INSERT INTO resend_request AS r (topic, partition, from_seq) VALUES ($1, $2, $3)
ON CONFLICT (topic, partition) DO UPDATE SET from_seq = least(r.from_seq, excluded.from_seq)
