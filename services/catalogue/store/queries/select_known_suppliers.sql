-- Which of these suppliers exist. Suppliers are never deleted: no lock.
SELECT id FROM supplier WHERE id = ANY($1)
