-- The user's links on the account and on all above it, for an explanation, nearest first.
WITH RECURSIVE up (account_id, distance) AS (
  SELECT $1::uuid, 0
  UNION ALL
  SELECT node.parent_id, up.distance + 1
  FROM up JOIN account_node AS node ON node.account_id = up.account_id
  WHERE node.parent_id IS NOT NULL AND up.distance < 100
)
SELECT link.id, link.account_id, link.valid_from, link.valid_to, up.distance,
       link.valid_from <= business_date()
         AND (link.valid_to IS NULL OR business_date() < link.valid_to) AS valid
FROM up JOIN responsibility_link AS link ON link.account_id = up.account_id
WHERE link.user_id = $2
ORDER BY valid DESC, up.distance, link.id
