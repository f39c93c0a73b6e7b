-- What was asked for and not bought, once for each quote and product.
INSERT INTO residual_demand (id, status, account_id, quote_id, order_id, product_id, product_code,
                             first_asked, peak_asked, bought, quantity, last_asked, created_at)
SELECT r.id, 'open', $1, $2, $3, r.product_id, r.product_code, r.first_asked, r.peak_asked,
       r.bought, r.quantity, r.last_asked, $4
FROM unnest($5::uuid[], $6::uuid[], $7::text[], $8::numeric[], $9::numeric[], $10::numeric[],
            $11::numeric[], $12::numeric[])
     AS r(id, product_id, product_code, first_asked, peak_asked, bought, quantity, last_asked)
