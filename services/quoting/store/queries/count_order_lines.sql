-- The order's lines counted again, for its control totals. Reads only.
SELECT count(*) AS lines, coalesce(sum(term_minor), 0)::bigint AS term_minor,
       coalesce(sum(net_minor) FILTER (WHERE kind = 'one_off'), 0)::bigint AS one_off_minor
FROM order_line WHERE order_id = $1
