-- Demands that are new or have changed; the caller holds the quote's row.
INSERT INTO demand (quote_id, account_id, product_id, product_code, first_asked, peak_asked,
                    last_asked)
SELECT $1, $2, d.product_id, d.product_code, d.first_asked, d.peak_asked, d.last_asked
FROM unnest($3::uuid[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[])
     AS d(product_id, product_code, first_asked, peak_asked, last_asked)
ON CONFLICT (quote_id, product_id)
DO UPDATE SET peak_asked = excluded.peak_asked, last_asked = excluded.last_asked
