-- The options of a quote in the order of their lines, each with its products and what it comes to.
-- Reads only.
SELECT option, alternative_group, chosen, currency, sum(term_minor)::bigint AS term_minor,
       string_agg(product_name, ', ' ORDER BY position) AS products
FROM quote_line WHERE quote_id = $1 AND option IS NOT NULL
GROUP BY option, alternative_group, chosen, currency ORDER BY min(position)
