-- Which of the ids is no division; divisions are never deleted, so the answer stays true.
SELECT id FROM unnest($1::uuid[]) AS wanted (id)
WHERE NOT EXISTS (SELECT FROM division WHERE division.id = wanted.id)
