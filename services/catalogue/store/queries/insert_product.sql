-- A new draft from its JSON; the unique code refuses a second one.
INSERT INTO product (id, code, name, kind, unit, status, version, pricing, billing, term, revenue,
                     service_levels, purchasing, tax_code, commission_class, components, warnings,
                     metadata, indexation, attach, relations, proposal, option_groups,
                     bundle_price, created_at)
SELECT $1, doc ->> 'code', doc ->> 'name', doc ->> 'kind', doc ->> 'unit', 'draft', 0,
       doc -> 'pricing', doc -> 'billing', doc -> 'term', doc -> 'revenue',
       doc -> 'service_levels', doc -> 'purchasing', doc ->> 'tax_code',
       doc ->> 'commission_class', doc -> 'components', doc -> 'warnings', doc -> 'metadata',
       doc -> 'indexation', doc -> 'attach', doc -> 'relations', doc -> 'proposal',
       doc -> 'option_groups', doc -> 'bundle_price', $3
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
