-- One chunk of a run, all of it: the groups at positions $2 < p <= $3 get their invoices, with the
-- ids in $4 in that order, or are set aside with the reason. Safe against a second writer by
-- invoice_line_item alone: an item is on one invoice at most. The run's row is locked.
-- $1 run, $5 division, $6 bill date, $7 seller's country, $8 seller's revision, $9 now
WITH rate AS MATERIALIZED (
  -- The table-driven determination: of each pair of countries and code, the newest by the tax point.
  SELECT DISTINCT ON (customer_country, tax_code) customer_country, tax_code, rate
  FROM tax_rate WHERE country = $7 AND valid_from <= $6::date
  ORDER BY customer_country, tax_code, valid_from DESC
), party AS MATERIALIZED (
  SELECT g.position, g.account_id, g.currency, g.bill_from, n.id AS invoice_id,
         c.revision, c.country, c.payment_days
  FROM bill_run_group AS g
  JOIN unnest($4::uuid[]) WITH ORDINALITY AS n (id, ordinal) ON n.ordinal = g.position - $2
  LEFT JOIN customer_head AS h ON h.account_id = g.account_id
  LEFT JOIN customer AS c ON c.account_id = g.account_id AND c.revision = h.revision
  WHERE g.bill_run_id = $1::uuid AND g.position > $2 AND g.position <= $3
), item AS MATERIALIZED (
  -- Windows rather than joins of these rows with each other: the planner takes them for few, and a
  -- chunk in which many are bad must not cost more than one in which none is.
  SELECT p.invoice_id, p.account_id, p.currency, p.revision, p.country, i.id, i.amount_minor,
         i.tax_code, r.rate, i.bill_on, coalesce(i.payment_days, p.payment_days) AS payment_days,
         row_number() OVER (PARTITION BY p.invoice_id ORDER BY i.bill_on, i.id) AS position,
         bool_or(r.rate IS NULL) OVER (PARTITION BY p.invoice_id) AS bad,
         min(i.tax_code) FILTER (WHERE r.rate IS NULL) OVER (PARTITION BY p.invoice_id)
           AS tax_code_without_rate
  FROM party AS p
  JOIN billable_item AS i ON i.account_id = p.account_id AND i.division_id = $5::uuid
    AND i.currency = p.currency AND i.bill_on BETWEEN p.bill_from AND $6::date
  LEFT JOIN rate AS r ON r.customer_country = p.country AND r.tax_code = i.tax_code
  WHERE NOT EXISTS (SELECT FROM invoice_line AS l WHERE l.billable_item_id = i.id)
    AND NOT EXISTS (SELECT FROM set_aside_item AS s WHERE s.billable_item_id = i.id AND s.held)
), problem AS MATERIALIZED (
  SELECT id, invoice_id, account_id, currency, bill_on, position,
         CASE WHEN revision IS NULL THEN 'ACCOUNT_NOT_FOUND'
              WHEN country IS NULL THEN 'ACCOUNT_WITHOUT_COUNTRY'
              ELSE 'TAX_RATE_MISSING' END AS code,
         CASE WHEN revision IS NULL THEN 'crm does not know the account.'
              WHEN country IS NULL THEN 'Enter the account''s country and run again.'
              ELSE format('No tax rate of %s for customers in %s and the tax code ''%s'' holds on %s. Enter it under /v1/tax_rates and run again.',
                          $7, country, tax_code_without_rate, $6) END AS detail
  FROM item WHERE bad
), listed AS (
  INSERT INTO bill_run_set_aside (id, bill_run_id, account_id, currency, code, detail, created_at)
  SELECT invoice_id, $1::uuid, account_id, currency, code, detail, $9::timestamptz
  FROM problem WHERE position = 1
), put_aside AS (
  INSERT INTO set_aside_item (billable_item_id, account_id, division_id, currency, bill_on, held,
                              code, detail, known_at)
  SELECT id, account_id, $5::uuid, currency, bill_on, false, code, detail, $9::timestamptz
  FROM problem
  ON CONFLICT (billable_item_id) DO UPDATE
  SET code = excluded.code, detail = excluded.detail, known_at = excluded.known_at
), billed_after_all AS (
  DELETE FROM set_aside_item AS s USING item AS i WHERE s.billable_item_id = i.id AND NOT i.bad
), tax AS MATERIALIZED (
  -- Once for each code and rate, on the sum of its lines; round() takes a half away from zero.
  SELECT invoice_id, account_id, currency, revision, tax_code, rate, count(*) AS lines,
         max(payment_days) AS payment_days, sum(amount_minor)::bigint AS base_minor,
         round(sum(amount_minor) * rate / 100)::bigint AS tax_minor
  FROM item WHERE NOT bad
  GROUP BY invoice_id, account_id, currency, revision, tax_code, rate
), added_tax AS (
  INSERT INTO invoice_tax (invoice_id, tax_code, rate, account_id, base_minor, tax_minor)
  SELECT invoice_id, tax_code, rate, account_id, base_minor, tax_minor FROM tax
), added_lines AS (
  INSERT INTO invoice_line (invoice_id, position, billable_item_id, account_id, net_minor, tax_rate)
  SELECT invoice_id, position, id, account_id, amount_minor, rate FROM item WHERE NOT bad
), added AS (
  -- No line falls due earlier than was agreed for it: the longest payment term holds.
  INSERT INTO invoice (id, account_id, division_id, bill_run_id, currency, issue_on, payment_days,
                       net_minor, tax_minor, line_count, customer_revision, seller_revision,
                       created_at)
  SELECT invoice_id, account_id, $5::uuid, $1::uuid, currency, $6::date, max(payment_days),
         sum(base_minor)::bigint, sum(tax_minor)::bigint, sum(lines), revision, $8, $9::timestamptz
  FROM tax GROUP BY invoice_id, account_id, currency, revision
  RETURNING id, account_id, currency, payment_days, net_minor, tax_minor, line_count
)
SELECT id, account_id, currency, payment_days, net_minor, tax_minor, line_count,
       (SELECT count(*) FROM problem WHERE position = 1) AS set_aside
FROM added
UNION ALL
SELECT NULL, NULL, NULL, 0, 0, 0, 0, (SELECT count(*) FROM problem WHERE position = 1)
ORDER BY id NULLS LAST
