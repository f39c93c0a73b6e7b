-- Under lock_closure. The account with all below it (affected), and all above it, whose links reach
-- down. UNION ends the walk even in a tree that is none. An account not heard of yet is its own root.
WITH RECURSIVE
below (account_id) AS (
  SELECT $1::uuid
  UNION
  SELECT node.account_id FROM below JOIN account_node AS node ON node.parent_id = below.account_id
),
above (account_id) AS (
  SELECT node.parent_id FROM account_node AS node
  WHERE node.account_id = $1 AND node.parent_id IS NOT NULL
  UNION
  SELECT node.parent_id FROM above JOIN account_node AS node ON node.account_id = above.account_id
  WHERE node.parent_id IS NOT NULL
)
SELECT tree.account_id, node.parent_id, tree.affected
FROM (SELECT account_id, true AS affected FROM below
      UNION ALL
      SELECT account_id, false FROM above
      WHERE account_id NOT IN (SELECT account_id FROM below)) AS tree
LEFT JOIN account_node AS node ON node.account_id = tree.account_id
ORDER BY tree.account_id
