-- What decides where an edit or action looks things up, before its transaction. Reads only.
SELECT opportunity_id, account_id, division_id, currency, time_zone, contract_id FROM quote WHERE id = $1
