-- For the relay of the topics' owner. If it ends before it has sent them, the consumer asks again.
DELETE FROM resend_request WHERE topic = ANY($1::text[]) RETURNING topic, partition, from_seq
