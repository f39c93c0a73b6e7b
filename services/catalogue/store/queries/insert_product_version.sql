-- Appends a version; its number is unique per product, and counted under the product's lock.
INSERT INTO product_version (id, product_id, version, effective_from, product, published_at)
VALUES ($1, $2, $3, $4, jsonb_strip_nulls($5::jsonb), $6)
