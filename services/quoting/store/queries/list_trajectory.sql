-- The revisions of a quote that changed a quantity or a price, oldest first. Reads only.
SELECT revision, version, known_at AS at, changed_by, ROW(term_minor, currency) AS term_total,
       effective_discount_percent, products
FROM quote_revision WHERE quote_id = $1 AND products IS NOT NULL ORDER BY revision
