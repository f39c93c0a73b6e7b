-- 5. Opening deferred + billed - recognised = closing, contract by contract, netted to asset or liability
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT c.id::text AS example,
         c.billed_minor <> coalesce(b.net_minor, 0)
           OR c.recognised_minor <> coalesce(j.recognised, 0)
           OR coalesce(j.liability - j.asset, 0) <> c.billed_minor - c.recognised_minor
           OR coalesce(least(j.liability, j.asset), 0) <> 0 AS differs
  FROM revenue.revenue_contract AS c
  LEFT JOIN (
    SELECT revenue_contract_id,
           coalesce(sum(credit_minor - debit_minor)
                      FILTER (WHERE ledger_account = 'contract_liability'), 0) AS liability,
           coalesce(sum(debit_minor - credit_minor)
                      FILTER (WHERE ledger_account = 'contract_asset'), 0) AS asset,
           coalesce(sum(credit_minor - debit_minor)
                      FILTER (WHERE ledger_account = 'revenue'), 0) AS recognised
    FROM revenue.journal_line WHERE revenue_contract_id IS NOT NULL
    GROUP BY revenue_contract_id) AS j ON j.revenue_contract_id = c.id
  LEFT JOIN (
    SELECT i.order_id, sum(billed.net_minor) AS net_minor
    FROM (SELECT l.billable_item_id, l.net_minor FROM billing.invoice_line AS l
          JOIN billing.issued_invoice AS s ON s.invoice_id = l.invoice_id
          UNION ALL
          SELECT billable_item_id, -net_minor FROM billing.credit_note_line) AS billed
    JOIN billing.billable_item AS i ON i.id = billed.billable_item_id
    GROUP BY i.order_id) AS b ON b.order_id = c.order_id
) AS contracts
