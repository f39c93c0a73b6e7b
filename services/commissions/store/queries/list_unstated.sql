-- Locks the participants, in id order, of statements to make of months before $1: those that the
-- first $3 credits belong to, at most $2. Read in the index's order, so that a slice reads no more
-- than that. Who else makes or pays statements of them waits here; credits that refer to them do
-- not, so that the consumers and this cannot wait for each other.
SELECT g.participant_id, g.currency, g.period
FROM (SELECT DISTINCT participant_id, currency, period
      FROM (SELECT participant_id, currency, period FROM unstated_credit WHERE period < $1::date
            ORDER BY period, participant_id, currency LIMIT $3) AS first
      ORDER BY period, participant_id, currency LIMIT $2) AS g
JOIN participant AS p ON p.id = g.participant_id
ORDER BY g.participant_id, g.currency, g.period
FOR NO KEY UPDATE OF p
