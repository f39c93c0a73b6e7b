-- The lines of a contract counted again, for its control totals. Reads only.
SELECT count(*) AS lines, coalesce(sum(term_total_minor), 0)::bigint AS total_minor
FROM contract_line WHERE contract_id = $1
