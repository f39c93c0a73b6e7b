-- Residual demands as the API shows them. Reads only.
SELECT id, revision, status, account_id, quote_id, order_id, product_id, product_code, first_asked,
       peak_asked, bought, quantity, reason, created_at
FROM residual_demand
