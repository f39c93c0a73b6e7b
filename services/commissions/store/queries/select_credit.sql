-- Credits never change: no lock.
SELECT id, account_id, participant_id, sale_link_id, plan_id,
       ROW(billed_to_date_minor, currency) AS billed_to_date, ROW(amount_minor, currency) AS amount,
       known_at
FROM credit
