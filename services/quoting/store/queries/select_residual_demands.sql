-- Residual demands as the API shows them. Reads only.
SELECT id, revision, status, account_id, quote_id, order_id, product_id, product_code, first_asked,
       peak_asked, last_asked, bought, quantity, reason, opportunity_id, pursued_by, pursued_at,
       created_at
FROM residual_demand
