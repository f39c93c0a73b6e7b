-- Replaces the draft by its JSON. The row is locked by lock_product before; code and kind never
-- change.
UPDATE product
SET revision = revision + 1, name = doc ->> 'name', unit = doc ->> 'unit',
    pricing = doc -> 'pricing', billing = doc -> 'billing', term = doc -> 'term',
    revenue = doc -> 'revenue', service_levels = doc -> 'service_levels',
    purchasing = doc -> 'purchasing', tax_code = doc ->> 'tax_code',
    commission_class = doc ->> 'commission_class', components = doc -> 'components',
    warnings = doc -> 'warnings', metadata = doc -> 'metadata', indexation = doc -> 'indexation',
    attach = doc -> 'attach', relations = doc -> 'relations', proposal = doc -> 'proposal',
    option_groups = doc -> 'option_groups', bundle_price = doc -> 'bundle_price'
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
