-- The plan is locked by lock_commission_plan.
UPDATE commission_plan SET revision = revision + 1 WHERE id = $1
