-- One customer's snapshot and which one is current. An older revision that comes late is kept and
-- does not become the current one.
WITH kept AS (
  INSERT INTO customer (account_id, revision, name, country, payment_days, address_lines,
                        tax_numbers, known_at)
  VALUES ($1::uuid, $2, $3, $4, $5, $6::text[], $7::text[], $8)
  ON CONFLICT (account_id, revision) DO NOTHING
)
INSERT INTO customer_head (account_id, revision, announced) VALUES ($1::uuid, $2, $2)
ON CONFLICT (account_id) DO UPDATE
SET revision = greatest(customer_head.revision, excluded.revision),
    announced = greatest(customer_head.announced, excluded.announced)
