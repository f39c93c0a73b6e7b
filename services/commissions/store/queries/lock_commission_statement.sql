-- Locks the participant, whose payments follow one another, and then the statement.
SELECT s.revision, s.status, s.participant_id, s.currency, p.user_id
FROM commission_statement AS s JOIN participant AS p ON p.id = s.participant_id
WHERE s.id = $1 FOR UPDATE OF p, s
