-- A residual demand to be closed.
SELECT revision, status FROM residual_demand WHERE id = $1 FOR UPDATE
