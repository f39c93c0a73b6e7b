-- What of the lines of some quotes their totals are worked out from, where a list leaves the lines
-- themselves out. Reads only.
SELECT quote_id, kind, ROW(term_minor, currency) AS term_total, ROW(net_minor, currency) AS net_amount, product -> 'billing' AS billing,
       CASE WHEN term_length IS NULL THEN product -> 'term'
            ELSE jsonb_set(coalesce(product -> 'term', '{}'), '{length}', term_length) END AS term,
       ramp_segment, change, option, chosen
FROM quote_line WHERE quote_id = ANY ($1::uuid[])
