-- Net unit prices of a product in the newest order lines that the caller sees, by nearest rank: the
-- first price that so large a share of them does not exceed. Only of quantities from $3 to $4. Reads only.
WITH newest AS (
  SELECT net_unit_price FROM order_line
  WHERE product_id = $1 AND currency = $2 AND quantity > 0 AND quantity BETWEEN $3 AND $4
  ORDER BY id DESC LIMIT $5
)
SELECT count(*) AS won_lines, min(net_unit_price) AS lowest,
       percentile_disc(0.25) WITHIN GROUP (ORDER BY net_unit_price) AS lower_quartile,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY net_unit_price) AS median,
       percentile_disc(0.75) WITHIN GROUP (ORDER BY net_unit_price) AS upper_quartile,
       max(net_unit_price) AS highest
FROM newest
