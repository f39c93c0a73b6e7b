-- The next number of the gapless series. Its row is locked from here to the commit, so this is the
-- last statement of the transaction.
WITH taken AS (
  UPDATE number_series SET next = next + 1 WHERE name = 'order' RETURNING next - 1 AS number
)
UPDATE "order" SET number = 'O-' || to_char(taken.number, 'FM999999999000000') FROM taken
WHERE id = $1 RETURNING "order".number
