-- One product ($1) or all of them (null). Reads only.
SELECT id, revision, code, name, kind, unit, status, version, pricing, billing, term, revenue,
       service_levels, purchasing, tax_code, commission_class, components, warnings, metadata,
       created_at, indexation, attach, relations, proposal, option_groups, bundle_price
FROM product
WHERE $1::uuid IS NULL OR id = $1
