-- crm has a newer revision: it is fetched before the next document. Repeats and late ones change
-- nothing. Accounts that were never billed are not of interest.
UPDATE customer_head SET announced = $2 WHERE account_id = $1::uuid AND announced < $2
