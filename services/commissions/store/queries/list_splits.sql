-- Splits never change: no lock. Of sale links at the steps whose splits are asked for; those that
-- the caller only recognises answer none.
SELECT s.sale_link_id, s.revision, s.participant_id, s.percent
FROM sale_split AS s
JOIN unnest($1::uuid[], $2::bigint[]) AS wanted (sale_link_id, revision)
  ON wanted.sale_link_id = s.sale_link_id AND wanted.revision = s.revision
ORDER BY s.sale_link_id, s.revision, s.participant_id
