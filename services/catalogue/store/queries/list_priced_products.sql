-- Of the products with these codes what decides whether a price fits them. A product that changes
-- meanwhile is looked at again when something is priced: no lock.
SELECT id, code, kind, status, pricing ->> 'model' AS model, pricing ->> 'package_size' AS package_size,
       coalesce(pricing ? 'basis', false) AS has_basis, bundle_price ->> 'method' AS bundle_method,
       ARRAY(SELECT l ->> 'code' FROM jsonb_array_elements(service_levels) AS l) AS service_levels
FROM product
WHERE code = ANY ($1)
