-- All quotes of a deal, in id order, so that two selections never deadlock.
SELECT id, selected FROM quote WHERE opportunity_id = $1 ORDER BY id FOR UPDATE
