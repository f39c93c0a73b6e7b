-- The revisions of a quote that changed a quantity, a price or a first day, oldest first. Reads only.
SELECT revision, version, known_at AS at, changed_by, action, reason, ROW(term_minor, currency) AS term_total,
       effective_discount_percent, products
FROM quote_revision WHERE quote_id = $1 AND products IS NOT NULL ORDER BY revision
