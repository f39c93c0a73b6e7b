-- Plans never change: no lock. $1 an id, or null for all.
SELECT id, revision, name, rate_percent, created_at FROM commission_plan
WHERE $1::uuid IS NULL OR id = $1
