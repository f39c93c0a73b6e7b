-- What a document bills of each contract and class; a repeated one inserts nothing.
INSERT INTO billed (document_id, contract_id, commission_class, invoice_id, account_id, net_minor,
                    currency, effective_on, known_at)
SELECT $1, l.contract_id, l.commission_class, $2, $3, sum(line.net_minor), $4, $5, $6
FROM unnest($7::uuid[], $8::bigint[]) AS line (order_line_id, net_minor)
JOIN sale_line AS l ON l.order_line_id = line.order_line_id
GROUP BY l.contract_id, l.commission_class
ON CONFLICT (contract_id, document_id, commission_class) DO NOTHING
