-- A new plan; nobody knows its id yet.
INSERT INTO commission_plan (id, name, created_at) VALUES ($1, $2, $3)
