-- What an invoice bills of each contract; a repeated invoice inserts nothing.
INSERT INTO billed (invoice_id, contract_id, account_id, net_minor, currency, effective_on, known_at)
SELECT $1, line.contract_id, $2, sum(line.net_minor), $3, $4, $5
FROM unnest($6::uuid[], $7::bigint[]) AS line (contract_id, net_minor)
GROUP BY line.contract_id
ON CONFLICT (contract_id, invoice_id) DO NOTHING
