-- The newest lines of a product, where their quotes are decided and stand for their deals, by how much
-- was taken off the list over their term: none, then bands that exclude their lower end and include
-- their upper. Reads only.
WITH newest AS (
  SELECT quote_id, term_minor, list_term_minor FROM quote_line
  WHERE product_id = $1 AND currency = $2 AND chosen AND quantity > 0 AND quantity BETWEEN $3 AND $4
  ORDER BY id DESC LIMIT $5
), decided AS (
  SELECT q.status = 'accepted' AS won, 100 - 100.0 * l.term_minor / nullif(l.list_term_minor, 0) AS discount
  FROM newest l
  JOIN LATERAL (SELECT status, selected FROM quote WHERE id = l.quote_id) q
    ON q.selected AND q.status IN ('accepted', 'declined', 'expired')
)
SELECT b.above, b.upto, count(*) FILTER (WHERE d.won) AS won, count(*) FILTER (WHERE NOT d.won) AS lost,
       round(100.0 * count(*) FILTER (WHERE d.won) / count(*), 2) AS win_rate
FROM (VALUES (NULL, 0), (0, 5), (5, 10), (10, 20), (20, 30), (30, 100)) AS b(above, upto)
JOIN decided d ON d.discount <= b.upto AND (b.above IS NULL OR d.discount > b.above)
GROUP BY b.above, b.upto ORDER BY b.upto
