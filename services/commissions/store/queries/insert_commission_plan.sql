-- A new plan; nobody knows its id yet.
INSERT INTO commission_plan (id, name, rate_percent, created_at) VALUES ($1, $2, $3, $4)
