-- The order that a deal was won by. Reads only.
SELECT id FROM "order" WHERE opportunity_id = $1
