-- Locks one participant: its plans and statements follow one another.
SELECT p.revision, p.user_id, p.valid_from, p.valid_to,
       (SELECT max(a.valid_from) FROM plan_assignment AS a WHERE a.participant_id = p.id)
         AS assigned_from
FROM participant AS p WHERE p.id = $1 FOR UPDATE
