-- The orders that made and changed a contract, as they were accepted. Reads only.
SELECT count(*) AS orders FROM "order" WHERE contract_id = $1
