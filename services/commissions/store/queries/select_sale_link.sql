-- As the caller may see them, masked where needed. $1 an id, or null for all; $2 whether the
-- caller may claim; $3 an account, $4 a contract, or null. No index serves what is masked: those
-- two are looked for in the table, where the caller's policies leave out what is seen masked only.
SELECT id, revision, status, masked, account_id, division_id, order_id, contract_id,
       CASE WHEN crm_price_minor IS NOT NULL THEN ROW(crm_price_minor, currency) END AS crm_price,
       CASE WHEN contract_price_minor IS NOT NULL
            THEN ROW(contract_price_minor, currency) END AS contract_price,
       CASE WHEN crm_price_minor IS NOT NULL
            THEN ROW(contract_price_minor - crm_price_minor, currency) END AS variance,
       accepted_on, delivery_start, product_names, delivery_month, price_band, participant_id,
       split_revision, verified_by, created_at
FROM recognisable_sale_link
WHERE ($1::uuid IS NULL OR id = $1) AND ($2 OR NOT masked)
  AND ($3::uuid IS NULL OR id IN (SELECT l.id FROM sale_link AS l WHERE l.account_id = $3))
  AND ($4::uuid IS NULL OR id IN (SELECT l.id FROM sale_link AS l WHERE l.contract_id = $4))
