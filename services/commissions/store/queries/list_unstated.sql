-- Locks the participants, in id order, of at most $2 statements to make of months before $1. Who
-- else makes or pays statements of them waits here; credits that refer to them do not, so that the
-- consumers and this cannot wait for each other.
SELECT g.participant_id, g.currency, g.period
FROM (SELECT participant_id, currency, period FROM unstated_credit WHERE period < $1::date
      GROUP BY participant_id, currency, period
      ORDER BY participant_id, currency, period LIMIT $2) AS g
JOIN participant AS p ON p.id = g.participant_id
ORDER BY g.participant_id, g.currency, g.period
FOR NO KEY UPDATE OF p
