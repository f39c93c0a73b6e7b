-- The account that a deal known here belongs to. Reads only.
SELECT account_id, bool_or(selected) AS has_selected FROM quote WHERE opportunity_id = $1
GROUP BY account_id
