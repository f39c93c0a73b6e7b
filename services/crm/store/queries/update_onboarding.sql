-- Replaces an onboarding by its JSON. The row is locked by lock_onboarding before.
UPDATE onboarding
SET revision = revision + 1, name = doc ->> 'name', steps = doc -> 'steps',
    blocks_sale = (doc ->> 'blocks_sale')::boolean, completed_on = (doc ->> 'completed_on')::date,
    metadata = doc -> 'metadata'
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
